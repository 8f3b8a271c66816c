import * as l10n from "@vscode/l10n";
import JSON5 from "json5";
import type { Problem } from "../problem";
import { formatNumber } from "../text/formatSize";
import { ByteCapture } from "./byteCapture";
import { type JsonKind, type JsonListener, JsonScanner } from "./jsonScanner";
import { StoreProblems } from "./storeProblems";
import type { StoreRow } from "./storeRow";
import { storeRowFromFields } from "./storeRowFields";

/**
 * Reads OpenClaw's index, `sessions.json` of 2026.1 – 2026.7, from chunks of any size. Bulky fields make up nearly all of a
 * large index; they are checked byte by byte and never held. The rows of a damaged index are read around the damage, which
 * OpenClaw does not do: it treats any index that does not parse as empty.
 *
 *   const reader = new StoreReader(path);
 *   for await (const chunk of stream) reader.push(chunk);
 *   const { rows, problems } = reader.end();
 */
export class StoreReader {
  private readonly assembler: RowAssembler;
  private readonly scanner: JsonScanner;
  private bytes = 0;

  /** @param file path of the index, named in problems */
  constructor(private readonly file?: string) {
    this.assembler = new RowAssembler(file, () => this.scanner.line);
    this.scanner = new JsonScanner(this.assembler, CHECKPOINT_FIELD_DEPTH);
  }

  /** The chunk's bytes are not needed any more when this returns. */
  push(chunk: Uint8Array): void {
    this.assembler.beginChunk(chunk, this.bytes);
    this.scanner.push(chunk);
    this.assembler.endChunk();
    this.bytes += chunk.length;
  }

  /** Rows in the order of the file; of two rows with one key the later one, as JSON.parse has it. */
  end(): { readonly rows: readonly StoreRow[]; readonly problems: readonly Problem[] } {
    const { assembler, scanner } = this;
    const outcome = scanner.end();
    const about = new StoreProblems(this.file);
    if (outcome === "empty") about.empty();
    else if (outcome !== "failed" && assembler.documentKind !== "object") about.notObject();
    if (scanner.deviation && outcome !== "empty") about.notJson(scanner.deviation, outcome === "failed");
    if (outcome === "cut") about.halfWritten(scanner.line, this.bytes, assembler.openRow);
    return { rows: [...assembler.rows.values()], problems: [...about.list(), ...assembler.problems.list()] };
  }
}

/** Members of the document are rows, their members fields; see JsonListener for what depth means. */
const ROW_DEPTH = 1;
const FIELD_DEPTH = 2;
const REPORT_FIELD_DEPTH = 3;
const CHECKPOINT_FIELD_DEPTH = 4;

/** Shown by name and size only: tens of KB per row, up to all of the system prompt. */
const bulkyFields = new Set(["skillsSnapshot", "systemPromptReport", "pluginDebugEntries", "pluginExtensions"]);

/** Bytes of one field, and of all fields of one row, beyond which a field is treated as bulky. */
const MAX_FIELD_BYTES = 64 * 1024;
const MAX_ROW_BYTES = 1024 * 1024;

/** Fields of one row that are told by name; OpenClaw writes some eighty. The sizes of all others are one sum, under `…`. */
const MAX_FIELDS = 5_000;
const otherFields = "…";

class RowAssembler implements JsonListener {
  readonly rows = new Map<string, StoreRow>();
  readonly problems: StoreProblems;
  documentKind: JsonKind | undefined;
  /** Key of the row that has begun and not ended. */
  openRow: string | undefined;

  private readonly keyCapture = new ByteCapture(MAX_FIELD_BYTES);
  private readonly valueCapture = new ByteCapture(MAX_FIELD_BYTES);

  private rowKey = "";
  private rowKind: JsonKind = "scalar";
  private rowLine = 1;
  private rowOffset = 0;
  private rowBytes = 0;
  private fields = new Map<string, unknown>();
  private skipped = new Map<string, number>();
  private report: { sessionKey: string | undefined; sessionId: string | undefined } | undefined;

  private field = "";
  private fieldLine = 1;
  private fieldOffset = 0;
  /** Name of the member of the report, or of a checkpoint, that is read now. */
  private inner = "";
  private innerOffset = 0;

  constructor(
    file: string | undefined,
    private readonly line: () => number,
  ) {
    this.problems = new StoreProblems(file);
  }

  beginChunk(chunk: Uint8Array, at: number): void {
    this.keyCapture.beginChunk(chunk, at);
    this.valueCapture.beginChunk(chunk, at);
  }

  endChunk(): void {
    this.keyCapture.endChunk();
    this.valueCapture.endChunk();
  }

  keyStart(depth: number, at: number): void {
    if (depth === ROW_DEPTH) {
      this.rowLine = this.line();
      this.rowOffset = at;
    }
    if (depth <= FIELD_DEPTH || depth === this.innerDepth()) this.keyCapture.start(at);
  }

  keyEnd(depth: number, at: number): void {
    if (depth > FIELD_DEPTH && depth !== this.innerDepth()) return;
    this.keyCapture.stop(at);
    const { overflow, size } = this.keyCapture;
    const name = overflow ? shortenedKey(this.keyCapture.text(), size - 2) : keyText(this.keyCapture.text());
    if (depth === ROW_DEPTH) {
      this.rowKey = this.openRow = overflow ? this.unusedKey(name) : name;
      if (overflow) this.problems.keyTooLong(this.rowKey, size - 2, this.rowLine, this.rowOffset);
    } else if (depth === FIELD_DEPTH) this.field = name;
    else this.inner = name;
  }

  valueStart(depth: number, at: number, kind: JsonKind): void {
    if (depth === 0) this.documentKind = kind;
    else if (depth === ROW_DEPTH) {
      this.rowKind = kind;
      this.rowBytes = 0;
      this.fields = new Map();
      this.skipped = new Map();
      this.report = undefined;
      this.field = "";
    } else if (depth === FIELD_DEPTH) {
      this.fieldLine = this.line();
      this.fieldOffset = at;
      this.inner = "";
      if (this.field === "systemPromptReport") this.report = { sessionKey: undefined, sessionId: undefined };
      if (this.rowKind === "object" && !bulkyFields.has(this.field)) this.valueCapture.start(at);
    } else if (depth === this.innerDepth()) {
      this.innerOffset = at;
      if (this.isReportIdentity()) this.valueCapture.start(at);
      // Summaries of compactions are whole documents. Without them the list of checkpoints stays small.
      else if (this.isCheckpointSummary()) this.valueCapture.leaveOut(at, "null");
    }
  }

  valueEnd(depth: number, at: number): void {
    if (depth === ROW_DEPTH) this.endRow();
    else if (depth === FIELD_DEPTH) this.endField(at);
    else if (depth === this.innerDepth()) this.endInner(at);
  }

  /** Of keys that are too long only the beginning is known: that two of them begin alike does not make them one. */
  private unusedKey(name: string): string {
    let key = name;
    for (let number = 2; this.rows.has(key); number++) key = `${name} #${number}`;
    return key;
  }

  /** Depth of the members that are looked at inside the current field, if any. */
  private innerDepth(): number {
    if (this.field === "systemPromptReport") return REPORT_FIELD_DEPTH;
    return this.field === "compactionCheckpoints" ? CHECKPOINT_FIELD_DEPTH : -1;
  }

  private isReportIdentity(): boolean {
    return this.field === "systemPromptReport" && (this.inner === "sessionKey" || this.inner === "sessionId");
  }

  private isCheckpointSummary(): boolean {
    return this.field === "compactionCheckpoints" && this.inner === "summary";
  }

  private endInner(at: number): void {
    if (this.isReportIdentity() && this.report) {
      this.valueCapture.stop(at);
      const value = this.valueCapture.overflow ? undefined : parseValue(this.valueCapture.text());
      if (typeof value?.value === "string") this.report[this.inner as "sessionKey"] = value.value;
    } else if (this.isCheckpointSummary()) {
      this.valueCapture.resume(at);
      this.skip("compactionCheckpoints.summary", at - this.innerOffset);
    }
    this.inner = ""; // what follows may be an element without a name
  }

  private endField(at: number): void {
    if (this.rowKind !== "object") return;
    const size = at - this.fieldOffset;
    if (this.isOneTooMany()) {
      this.valueCapture.stop(at);
      this.skip(otherFields, size);
      return;
    }
    if (bulkyFields.has(this.field)) {
      this.skip(this.field, size);
      return;
    }
    this.valueCapture.stop(at);
    this.fields.delete(this.field); // of two fields with one name the later one counts
    this.skipped.delete(this.field);
    if (this.valueCapture.overflow || this.rowBytes + size > MAX_ROW_BYTES) {
      this.skip(this.field, size);
      return;
    }
    this.rowBytes += size;
    const text = this.valueCapture.text();
    const parsed = parseValue(text);
    if (!parsed) this.problems.fieldUnreadable(this.rowKey, this.field, this.fieldLine);
    this.fields.set(this.field, parsed ? parsed.value : text);
  }

  private isOneTooMany(): boolean {
    const { field, fields, skipped } = this;
    return fields.size + skipped.size >= MAX_FIELDS && !fields.has(field) && !skipped.has(field);
  }

  private skip(name: string, size: number): void {
    this.skipped.set(name, (this.skipped.get(name) ?? 0) + size);
  }

  private endRow(): void {
    this.openRow = undefined;
    this.field = "";
    if (this.documentKind !== "object") return;
    const { rowKey, rowLine, rowOffset } = this;
    if (this.rows.has(rowKey)) this.problems.duplicateKey(rowKey, rowLine, rowOffset);
    if (this.rowKind !== "object") {
      this.rows.delete(rowKey);
      this.problems.rowNotObject(rowKey, rowLine, rowOffset);
      return;
    }
    const skipped = Object.fromEntries(this.skipped);
    const row = storeRowFromFields(rowKey, this.fields, { skipped, ...(this.report && { report: this.report }) });
    if (row.sessionId === undefined) this.problems.rowWithoutSession(rowKey, rowLine, rowOffset);
    this.rows.set(rowKey, row);
  }
}

/**
 * `agent:main:x:kkkk… (70,013 bytes)`, of a key that is too long to be held.
 *
 * @param raw how it begins, with its quote
 * @param bytes its length without quotes
 */
function shortenedKey(raw: string, bytes: number): string {
  const [, beginning = ""] = /^.?([^"\\]{0,60})/su.exec(raw.slice(0, 200)) ?? [];
  return l10n.t("{0}… ({1} bytes)", beginning, formatNumber(bytes));
}

function keyText(raw: string): string {
  const value = parseValue(raw)?.value;
  return typeof value === "string" ? value : raw;
}

/** Strict JSON, else JSON5, else with raw control characters in texts escaped. Undefined when none of them reads it. */
function parseValue(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The scanner has noted what is not strict here; the value may be readable all the same.
  }
  try {
    return { value: JSON5.parse<unknown>(text) };
  } catch {
    // JSON5 knows no raw newlines in texts either.
  }
  try {
    return { value: JSON.parse(escapeControls(text)) as unknown };
  } catch {
    return undefined;
  }
}

function escapeControls(text: string): string {
  return text.replace(/[\0-\x1f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
