import * as l10n from "@vscode/l10n";
import type { FileHead, Opening } from "../core/conversation/model";
import { INDEX_VERSION } from "../core/index/serializeIndex";

/**
 * The text of a cache file. It holds what was learned of the files of one sessions directory and no message text:
 *
 *     {"format":"openclaw-session-inspector/cache","version":1,…,"headBytes":1234567}
 *     {"base":["a.jsonl","b.jsonl"],"bytes":[812,90],…}           heads, by column, 1,000 files per line
 *     ["a.jsonl",812,1774843200000.5,1311,{…}]                    indexes, one line per file
 *
 * Heads come first and by column, because the first tree waits for them: 10,000 are parsed in about 15 ms. The indexes follow
 * in the background. `headBytes` is the length of the first two parts in bytes, header line not counted.
 */
const FORMAT = "openclaw-session-inspector/cache";

/** Raise it whenever heads are read or written differently; older files are then dropped. Indexes have a version of their own. */
const VERSION = 1;

/** How many heads share a line: few enough that parsing one does not hold up the event loop. */
export const HEADS_PER_LINE = 1_000;

/** By what a file is recognised as unchanged. */
export interface CachedFacts {
  readonly base: string;
  readonly bytes: number;
  /** Epoch ms with fractions, exactly as `stat` gave it. */
  readonly mtimeMs: number;
  readonly inode: number;
}

export interface CachedHead extends CachedFacts {
  readonly head: FileHead;
}

export interface CachedIndex extends CachedFacts {
  /** As given; whoever reads it back must not trust it. */
  readonly index: unknown;
}

export function encodeHeader(headBytes: number): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, index: INDEX_VERSION, language: language(), headBytes });
}

/** `headBytes`, or undefined when the file was written by another version, for another language, or is no cache. */
export function decodeHeader(line: string): number | undefined {
  const header = parse(line) as Readonly<Record<string, unknown>> | undefined;
  const expected = { format: FORMAT, version: VERSION, index: INDEX_VERSION, language: language() };
  if (Object.entries(expected).some(([name, value]) => header?.[name] !== value)) return undefined;
  return isNumber(header?.["headBytes"]) ? header["headBytes"] : undefined;
}

/** How each field of a head is told from damage. One that is missing here does not compile. */
const headFields: Readonly<Record<Exclude<keyof FileHead, "problem">, (value: unknown) => boolean>> = {
  headerId: isText,
  headerAt: isNumber,
  headerVersion: isNumber,
  cwd: isText,
  firstEntryId: isText,
  firstAt: isNumber,
  lastAt: isNumber,
  sessionKey: isText,
  opening: isOpening,
};

export function encodeHeads(files: readonly CachedHead[]): string {
  const columns: Record<string, readonly unknown[]> = {
    base: files.map(({ base }) => base),
    bytes: files.map(({ bytes }) => bytes),
    mtimeMs: files.map(({ mtimeMs }) => mtimeMs),
    inode: files.map(({ inode }) => inode),
  };
  for (const field of HEAD_FIELDS) columns[field] = files.map(({ head }) => head[field]);
  return JSON.stringify(columns);
}

/** Undefined when the line is not what `encodeHeads` writes. */
export function decodeHeads(line: string): readonly CachedHead[] | undefined {
  const columns = parse(line) as Readonly<Record<string, unknown>> | undefined;
  const bases = columns?.["base"];
  if (columns === undefined || !Array.isArray(bases)) return undefined;
  const column = (name: string, is: (value: unknown) => boolean): readonly unknown[] | undefined => {
    const values = columns[name];
    if (!Array.isArray(values) || values.length !== bases.length) return undefined;
    return values.every((value) => value === null || is(value)) ? values : undefined;
  };
  const bytes = column("bytes", isNumber);
  const mtimeMs = column("mtimeMs", isNumber);
  const inode = column("inode", isNumber);
  const fields = HEAD_FIELDS.map((field) => [field, column(field, headFields[field])] as const);
  if (!bases.every(isText) || bytes === undefined || mtimeMs === undefined || inode === undefined) return undefined;
  if (fields.some(([, values]) => values === undefined)) return undefined;
  return bases.map((base, at) => {
    const head: Record<string, unknown> = { problem: undefined };
    for (const [field, values] of fields) head[field] = revive(values?.[at]);
    return {
      base,
      bytes: bytes[at] as number,
      mtimeMs: mtimeMs[at] as number,
      inode: inode[at] as number,
      head: head as unknown as FileHead,
    };
  });
}

export function encodeIndex({ base, bytes, mtimeMs, inode, index }: CachedIndex): string {
  return JSON.stringify([base, bytes, mtimeMs, inode, index]);
}

/** Undefined when the line is not what `encodeIndex` writes. */
export function decodeIndex(line: string): CachedIndex | undefined {
  const fields = parse(line);
  if (!Array.isArray(fields)) return undefined;
  const [base, bytes, mtimeMs, inode, index] = fields as unknown[];
  if (!isText(base) || !isNumber(bytes) || !isNumber(mtimeMs) || !isNumber(inode)) return undefined;
  return { base, bytes, mtimeMs, inode, index };
}

/** Problems in an index are sentences; in another language they must be made anew. */
function language(): string {
  return l10n.t("Sentences in this language.");
}

function parse(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    // Half written or damaged: the caller drops the cache and says so.
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** JSON knows no `undefined`: it becomes null in a list, and is left out of an object. */
function revive(value: unknown): unknown {
  if (value === null) return undefined;
  return isOpening(value) ? { heartbeat: value.heartbeat, sender: value.sender } : value;
}

function isOpening(value: unknown): value is Opening {
  if (typeof value !== "object" || value === null) return false;
  const { heartbeat, sender } = value as Readonly<Record<"heartbeat" | "sender", unknown>>;
  return typeof heartbeat === "boolean" && (sender === undefined || isText(sender));
}

const HEAD_FIELDS = Object.keys(headFields) as (keyof typeof headFields)[];
