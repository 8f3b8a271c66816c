import * as l10n from "@vscode/l10n";
import type { Problem, ProblemCode } from "../problem";
import type { Position, TranscriptItem } from "./entry";
import type { BrokenRecord } from "./recordTexts";

/** What of a damaged line is shown, in characters. */
export const EXCERPT_CHARACTERS = 2_000;

type Damage = Extract<TranscriptItem, { kind: "damage" }>;

/**
 * Collects what is wrong with one line. The sentences name kinds, counts and places, never the line's own text: problems
 * are kept in the cache, which holds no message text. The text is in the excerpt.
 */
export class LineDamage {
  readonly items: Damage[] = [];
  private readonly codes = new Set<ProblemCode>();

  constructor(
    private readonly line: Uint8Array,
    private readonly position: Position,
    /** Damage is only counted: no sentence is made, and no excerpt. */
    private readonly counts = false,
  ) {}

  byteOrderMark(): void {
    this.add("line.byte-order-mark", () => l10n.t("The line begins with a byte order mark; it was read without it."));
  }

  invalidUtf8(): void {
    this.add("line.invalid-utf8", () =>
      l10n.t("The line holds bytes that are no valid UTF-8; they are shown as U+FFFD."),
    );
  }

  nulBytes(count: number): void {
    this.add("line.nul-bytes", () =>
      count === 1
        ? l10n.t("The line holds a NUL byte, as a crash or a full disk leaves behind.")
        : l10n.t("The line holds {0} NUL bytes, as a crash or a full disk leaves behind.", count),
    );
  }

  /** `complete`: whether a newline follows. */
  broken({ why, otherRecords }: BrokenRecord, complete: boolean): void {
    if (otherRecords) {
      this.add("line.half", () => l10n.t("Half a record shares the line with a whole one; the whole one was read."));
    } else if (!complete) {
      this.add("line.half", () =>
        l10n.t("The last line is half a record without a newline: still being written, or cut short by a crash."),
      );
    } else if (why.kind === "ends-early") {
      this.add("line.half", () => l10n.t("The line ends in the middle of a record; what follows was never written."));
    } else if (why.at === undefined) {
      this.add("line.not-json", () => l10n.t("The line is not valid JSON."));
    } else {
      const character = why.at + 1;
      this.add("line.not-json", () => l10n.t("The line is not valid JSON from character {0} on.", character));
    }
  }

  rawControlCharacters(): void {
    this.add("line.not-json", () =>
      l10n.t("The line is not valid JSON: control characters stand in it unescaped. It was read nonetheless."),
    );
  }

  secondRecord(): void {
    this.add("line.not-json", () =>
      l10n.t("More than one record stands in this line, without a newline between them; each was read."),
    );
  }

  unreadRest(bytes: number): void {
    this.add("line.too-long", () =>
      l10n.t("After the first thousand records in this line, {0} bytes more were not read.", bytes),
    );
  }

  notObject(): void {
    this.add("line.not-object", () =>
      l10n.t("The line is valid JSON, but no object; a transcript holds one object per line."),
    );
  }

  tooLong(): void {
    const { bytes } = this.position;
    this.add("line.too-long", () =>
      l10n.t("The line has {0} bytes, more than is read at once; only its beginning is shown.", bytes),
    );
  }

  unknownLayout(): void {
    this.add("line.unknown-layout", () =>
      l10n.t("The record is laid out in a way this version does not know; it is shown as it is."),
    );
  }

  headerMissing(): void {
    this.add("header.missing", () =>
      l10n.t(
        "The first line is not a session header. OpenClaw empties such a transcript when it opens it: copy the file before that.",
      ),
    );
  }

  headerNotFirst(headerAbove: boolean): void {
    if (headerAbove)
      this.add("header.second", () => l10n.t("A further session header stands in the middle of the transcript."));
    else
      this.add("header.not-first", () =>
        l10n.t("The session header does not stand in the first line of the transcript."),
      );
  }

  unknownVersion(version: number): void {
    this.add("header.version-unknown", () =>
      l10n.t("The header says version {0}, which this version of the inspector does not know.", version),
    );
  }

  /** Each kind of damage is told once per line. */
  private add(code: ProblemCode, message: () => string): void {
    if (this.codes.has(code)) return;
    this.codes.add(code);
    if (this.counts) {
      this.items.push({ kind: "damage", position: this.position, problem: { code, message: "" }, excerpt: "" });
      return;
    }
    const { line, offset } = this.position;
    const problem: Problem = { code, message: message(), ...(line === undefined ? {} : { line }), offset };
    this.items.push({ kind: "damage", position: this.position, problem, excerpt: excerptOf(this.line) });
  }
}

/** The beginning of a line as text; invalid bytes as U+FFFD. */
function excerptOf(line: Uint8Array): string {
  // A character has at most four bytes, and one cut in half at the end must not show as damage of its own.
  const bytes = line.subarray(0, 4 * EXCERPT_CHARACTERS + 4);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const cut = text.slice(0, EXCERPT_CHARACTERS);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
