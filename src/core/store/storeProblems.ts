import * as l10n from "@vscode/l10n";
import type { Problem, ProblemCode } from "../problem";
import { formatNumber } from "../text/formatSize";
import { visibleLine } from "../text/visibleText";
import type { Deviation } from "./jsonScanner";

/** Problems of one index, each with its sentence. A wrecked index has thousands of them; the first hundred are kept. */
export class StoreProblems {
  private readonly found: Problem[] = [];
  private more = 0;

  constructor(private readonly file: string | undefined) {}

  list(): readonly Problem[] {
    const last = this.found.at(-1);
    if (this.more === 0 || !last) return this.found;
    return [
      ...this.found,
      { ...last, message: l10n.t("{0} further problems of the session index are not listed.", this.more) },
    ];
  }

  empty(): void {
    this.add(
      "store.empty",
      l10n.t(
        "The session index is empty. OpenClaw starts every conversation anew and writes a new index with the next message.",
      ),
    );
  }

  notObject(): void {
    this.add(
      "store.not-object",
      l10n.t(
        "The session index holds no object of rows. OpenClaw treats it as empty and overwrites it with the next message.",
      ),
    );
  }

  halfWritten(line: number, offset: number, key: string | undefined): void {
    const what =
      key === undefined
        ? l10n.t("The session index ends in the middle, at line {0}.", line)
        : l10n.t("The session index ends in the middle of the row {0}, at line {1}.", visibleLine(key, 120), line);
    const effect = l10n.t(
      "The rows before it are shown. OpenClaw treats such an index as empty and overwrites it with the next message: copy the file before that.",
    );
    this.add("store.half-written", `${what} ${effect}`, { line, offset });
  }

  notJson(deviation: Deviation, stopped: boolean): void {
    const what = l10n.t("The session index is not valid JSON: {0} in line {1}.", describe(deviation), deviation.line);
    const effect = l10n.t(
      "OpenClaw treats such an index as empty and overwrites it with the next message (early versions, 2026.1, read JSON5): copy the file before that.",
    );
    const reading = stopped
      ? l10n.t("The rows before this place are shown; what follows could not be read.")
      : l10n.t("The rows were read around it.");
    this.add("store.not-json", `${what} ${reading} ${effect}`, deviation);
  }

  fieldUnreadable(key: string, field: string, line: number): void {
    this.add(
      "store.not-json",
      l10n.t(
        "The field {0} of the row {1} is not valid JSON and is shown as written.",
        visibleLine(field, 80),
        visibleLine(key, 120),
      ),
      { line },
    );
  }

  rowNotObject(key: string, line: number, offset: number): void {
    this.add("store.row-not-object", l10n.t("The row {0} is no object and names no session.", visibleLine(key, 120)), {
      line,
      offset,
    });
  }

  rowWithoutSession(key: string, line: number, offset: number): void {
    this.add(
      "store.row-without-session",
      l10n.t(
        "The row {0} names no usable session id. OpenClaw drops such rows (2026.5.17 and later); the next message starts a new session.",
        visibleLine(key, 120),
      ),
      { line, offset },
    );
  }

  keyTooLong(key: string, bytes: number, line: number, offset: number): void {
    this.add(
      "store.key-too-long",
      l10n.t(
        "A row of the session index has a key of {0} bytes, more than is read; it is shown as {1}.",
        formatNumber(bytes),
        visibleLine(key, 120),
      ),
      { line, offset },
    );
  }

  duplicateKey(key: string, line: number, offset: number): void {
    this.add(
      "store.duplicate-key",
      l10n.t("The row {0} stands twice in the session index; the later one counts.", visibleLine(key, 120)),
      {
        line,
        offset,
      },
    );
  }

  private add(
    code: ProblemCode,
    message: string,
    place: { readonly line?: number; readonly offset?: number } = {},
  ): void {
    if (this.found.length >= 100) {
      this.more++;
      return;
    }
    this.found.push({
      code,
      message,
      ...(this.file === undefined ? {} : { file: this.file }),
      ...(place.line === undefined ? {} : { line: place.line }),
      ...(place.offset === undefined ? {} : { offset: place.offset }),
    });
  }
}

function describe({ what, byte }: Deviation): string {
  switch (what) {
    case "byte order mark":
      return l10n.t("a byte order mark");
    case "comment":
      return l10n.t("a comment");
    case "trailing comma":
      return l10n.t("a comma with nothing after it");
    case "missing comma":
      return l10n.t("a missing comma");
    case "single quotes":
      return l10n.t("single quotes");
    case "bare word":
      return l10n.t("a word without quotes");
    case "control character":
      return l10n.t("a raw control character in a text");
    case "escape":
      return l10n.t("an unknown escape in a text");
    case "unexpected byte":
      return byte === 0 ? l10n.t("NUL bytes") : l10n.t("an unexpected {0}", JSON.stringify(visibleByte(byte)));
    case "text after the end":
      return byte === 0 ? l10n.t("NUL bytes after its end") : l10n.t("text after its end");
  }
}

function visibleByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `0x${byte.toString(16).padStart(2, "0")}`;
}
