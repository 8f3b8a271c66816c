import * as l10n from "@vscode/l10n";
import type { Ending, FileHead, Opening, ZoneHint } from "../core/conversation/model";
import type { KeptMark } from "../core/keep/keptMark";
import { INDEX_VERSION } from "../core/index/serializeIndex";

/**
 * The text of a cache file. It holds what was learned of the files of one sessions directory and no message text:
 *
 *     {"format":"openclaw-session-inspector/cache","version":5,…,"headBytes":1234567}
 *     {"base":["a.jsonl","b.jsonl"],"bytes":[812,90],…}           heads, by column, 1,000 files per line
 *     ["a.jsonl",812,1774843200000.5,…,{…}]                       indexes, one line per file
 *
 * Heads come first and by column, because the first tree waits for them: 10,000 are parsed in about 15 ms. The indexes follow
 * in the background. `headBytes` is the length of the first two parts in bytes, header line not counted.
 */
const FORMAT = "openclaw-session-inspector/cache";

/** Raise it whenever heads are read or written differently; older files are then dropped. Indexes have a version of their own. */
const VERSION = 5;

/** How many heads share a line: few enough that parsing one does not hold up the event loop. */
export const HEADS_PER_LINE = 1_000;

/** By what a file is recognised as unchanged. */
export interface CachedFacts {
  readonly base: string;
  readonly bytes: number;
  /** Epoch ms with fractions, exactly as `stat` gave it. */
  readonly mtimeMs: number;
  /** The same of the last change of content or permissions: a file that became unreadable is no longer the same. */
  readonly ctimeMs: number;
  readonly inode: number;
  /** Permission bits. */
  readonly mode: number;
}

export interface CachedHead extends CachedFacts {
  readonly head: FileHead;
  /** Of kept copies: what their records say. */
  readonly kept?: KeptMark | undefined;
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

/** Every field of a head is named here: one that is missing does not compile. */
type HeadFields = { readonly [Field in keyof Required<FileHead>]: FileHead[Field] };

export function encodeHeads(files: readonly CachedHead[]): string {
  const column = <Value>(value: (file: CachedHead) => Value): Value[] => files.map(value);
  return JSON.stringify({
    base: column(({ base }) => base),
    bytes: column(({ bytes }) => bytes),
    mtimeMs: column(({ mtimeMs }) => mtimeMs),
    ctimeMs: column(({ ctimeMs }) => ctimeMs),
    inode: column(({ inode }) => inode),
    mode: shared(column(({ mode }) => mode)),
    // Nearly always the id that the name claims: then 0.
    headerId: column(({ base, head }) => (head.headerId === idOfBase(base) ? 0 : head.headerId)),
    headerAt: column(({ head }) => head.headerAt),
    firstEntryId: column(({ head }) => head.firstEntryId),
    firstAt: column(({ head }) => head.firstAt),
    lastAt: column(({ head }) => head.lastAt),
    headerVersion: shared(column(({ head }) => head.headerVersion)),
    cwd: shared(column(({ head }) => head.cwd)),
    sessionKey: shared(column(({ head }) => head.sessionKey)),
    opening: shared(column(({ head }) => head.opening && { ...head.opening, at: undefined, line: 0, offset: 0 })),
    openingAt: column(({ head }) => head.opening?.at),
    openingLine: column(({ head }) => head.opening?.line),
    openingOffset: column(({ head }) => head.opening?.offset),
    ending: shared(
      column(
        ({ head }) =>
          head.ending && { ...head.ending, inputTokens: undefined, lastUserAt: undefined, offset: undefined },
      ),
    ),
    endingTokens: column(({ head }) => head.ending?.inputTokens),
    endingUserAt: column(({ head }) => head.ending?.lastUserAt),
    endingOffset: column(({ head }) => head.ending?.offset),
    announced: shared(column(({ head }) => head.announced)),
    replayed: shared(column(({ head }) => head.replayed)),
    openClawVersion: shared(column(({ head }) => head.openClawVersion)),
    // Directories of kept copies only.
    ...(files.some(({ kept }) => kept !== undefined) ? { kept: column(({ kept }) => kept) } : {}),
  });
}

/** Undefined when the line is not what `encodeHeads` writes. */
export function decodeHeads(line: string): readonly CachedHead[] | undefined {
  try {
    return headsOf(new Columns(line));
  } catch (error) {
    if (error instanceof NotWritten) return undefined;
    throw error;
  }
}

function headsOf(columns: Columns): readonly CachedHead[] {
  const base = columns.of("base", isText);
  const bytes = columns.of("bytes", isNumber);
  const mtimeMs = columns.of("mtimeMs", isNumber);
  const ctimeMs = columns.of("ctimeMs", isNumber);
  const inode = columns.of("inode", isNumber);
  const mode = columns.shared("mode", isNumber);
  const headerId = columns.of("headerId", isIdOrMark);
  const headerAt = columns.of("headerAt", isNumberOrNull);
  const firstEntryId = columns.of("firstEntryId", isTextOrNull);
  const firstAt = columns.of("firstAt", isNumberOrNull);
  const lastAt = columns.of("lastAt", isNumberOrNull);
  const headerVersion = columns.shared("headerVersion", isNumberOrNull);
  const cwd = columns.shared("cwd", isTextOrNull);
  const sessionKey = columns.shared("sessionKey", isTextOrNull);
  const opening = columns.shared("opening", isOpeningOrNull);
  const openingAt = columns.of("openingAt", isNumberOrNull);
  const openingLine = columns.of("openingLine", isNumberOrNull);
  const openingOffset = columns.of("openingOffset", isNumberOrNull);
  const ending = columns.shared("ending", isEndingOrNull);
  const endingTokens = columns.of("endingTokens", isNumberOrNull);
  const endingUserAt = columns.of("endingUserAt", isNumberOrNull);
  const endingOffset = columns.of("endingOffset", isNumberOrNull);
  const announced = columns.shared("announced", isCommandOrNull);
  const replayed = columns.shared("replayed", isNumberOrNull);
  const openClawVersion = columns.shared("openClawVersion", isTextOrNull);
  const kept = columns.has("kept") ? columns.of("kept", isMarkOrNull) : [];
  return base.map((name, at) => {
    const id = headerId[at];
    const head: HeadFields = {
      headerId: id === 0 ? idOfBase(name) : (id ?? undefined),
      headerAt: headerAt[at] ?? undefined,
      headerVersion: headerVersion(at) ?? undefined,
      cwd: cwd(at) ?? undefined,
      firstEntryId: firstEntryId[at] ?? undefined,
      firstAt: firstAt[at] ?? undefined,
      lastAt: lastAt[at] ?? undefined,
      sessionKey: sessionKey(at) ?? undefined,
      opening: withOwn(opening(at), {
        at: openingAt[at] ?? undefined,
        line: openingLine[at] ?? 0,
        offset: openingOffset[at] ?? 0,
      }),
      ending: withOwn(ending(at), {
        inputTokens: endingTokens[at] ?? undefined,
        lastUserAt: endingUserAt[at] ?? undefined,
        offset: endingOffset[at] ?? undefined,
      }),
      announced: announced(at) ?? undefined,
      replayed: replayed(at) ?? undefined,
      openClawVersion: openClawVersion(at) ?? undefined,
      problem: undefined,
    };
    const facts = {
      bytes: bytes[at] ?? -1,
      mtimeMs: mtimeMs[at] ?? -1,
      ctimeMs: ctimeMs[at] ?? -1,
      inode: inode[at] ?? -1,
      mode: mode(at) ?? -1,
    };
    const mark = kept[at];
    return { base: name, ...facts, head, ...(mark ? { kept: { ...noMark, ...mark } } : {}) };
  });
}

/** What a line holds is not what was written here. */
class NotWritten extends Error {}

class Columns {
  private readonly fields: Readonly<Record<string, unknown>>;
  private readonly length: number;

  constructor(line: string) {
    const fields = parse(line);
    if (fields === undefined || !("base" in fields) || !Array.isArray(fields.base)) throw new NotWritten();
    this.fields = fields;
    this.length = fields.base.length;
  }

  has(name: string): boolean {
    return name in this.fields;
  }

  /** One value per file, all of them as expected. */
  of<Value>(name: string, is: (value: unknown) => value is Value): readonly Value[] {
    const values = this.fields[name];
    if (!Array.isArray(values) || values.length !== this.length || !values.every(is)) throw new NotWritten();
    return values;
  }

  /** A column written by `shared`; the value by position. */
  shared<Value>(name: string, is: (value: unknown) => value is Value): (at: number) => Value | undefined {
    const column = this.fields[name] as Readonly<Record<"values" | "at", unknown>> | undefined;
    const values = column?.values;
    const places = column?.at;
    if (!Array.isArray(values) || !values.every(is) || !Array.isArray(places)) throw new NotWritten();
    if (places.length !== this.length || !places.every(isNumber)) throw new NotWritten();
    const known: readonly Value[] = values.map(revive);
    return (at) => known[places[at] ?? -1];
  }
}

/** For columns with few different values: each value once, and for each file where it stands. */
function shared(values: readonly unknown[]): { readonly values: readonly unknown[]; readonly at: readonly number[] } {
  const places = new Map<string, number>();
  const different: unknown[] = [];
  const at = values.map((value) => {
    const text = JSON.stringify(value ?? null);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, different.length);
    return different.push(value) - 1;
  });
  return { values: different, at };
}

function idOfBase(base: string): string {
  return base.slice(0, Math.max(0, base.indexOf(".jsonl")));
}

export function encodeIndex({ base, bytes, mtimeMs, ctimeMs, inode, mode, index }: CachedIndex): string {
  return JSON.stringify([base, bytes, mtimeMs, ctimeMs, inode, mode, index]);
}

/** Undefined when the line is not what `encodeIndex` writes. */
export function decodeIndex(line: string): CachedIndex | undefined {
  const fields = parse(line);
  if (!Array.isArray(fields)) return undefined;
  const [base, bytes, mtimeMs, ctimeMs, inode, mode, index] = fields as unknown[];
  if (!isText(base) || !isNumber(bytes) || !isNumber(mtimeMs) || !isNumber(ctimeMs)) return undefined;
  if (!isNumber(inode) || !isNumber(mode)) return undefined;
  return { base, bytes, mtimeMs, ctimeMs, inode, mode, index };
}

/** Problems in an index are sentences; in another language they must be made anew. */
function language(): string {
  return l10n.t("Sentences in this language.");
}

function parse(line: string): object | undefined {
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

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value);
}

function isIdOrMark(value: unknown): value is string | 0 | null {
  return value === 0 || isTextOrNull(value);
}

function isTextOrNone(value: unknown): value is string | undefined {
  return value === undefined || isText(value);
}

function isCommandOrNull(value: unknown): value is "new" | "reset" | null {
  return value === null || value === "new" || value === "reset";
}

/** What a file has for itself, beside what it shares with others. */
function withOwn<Shared, Own>(shared: Shared | null | undefined, own: Own): (Shared & Own) | undefined {
  return shared === null || shared === undefined ? undefined : { ...shared, ...own };
}

function isOpeningOrNull(value: unknown): value is Opening | null {
  if (typeof value !== "object" || value === null) return value === null;
  const { heartbeat, sender, speaker, startup, typedCommand, zone, ...rest } = value as Fields<Opening>;
  const marks = [heartbeat, rest.systemEvents, rest.execNotice, rest.stamped, rest.currentTime];
  return (
    marks.every((mark) => typeof mark === "boolean") &&
    isText(speaker) &&
    [sender, startup, typedCommand].every(isTextOrNone) &&
    (zone === undefined || isZone(zone))
  );
}

function isMarkOrNull(value: unknown): value is (Partial<KeptMark> & Pick<KeptMark, "originalName">) | null {
  if (typeof value !== "object" || value === null) return value === null;
  const { at, sha256, originalName, originalPath, key, joinEvidence, joinRung, problem } = value as Fields<KeptMark>;
  return (
    isText(originalName) &&
    (at === undefined || isNumber(at)) &&
    [sha256, originalPath, key, joinEvidence, joinRung].every(isTextOrNone) &&
    problem === undefined
  );
}

function isZone(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { label, name, offsetMinutes } = value as Fields<ZoneHint>;
  return isText(label) && isTextOrNone(name) && (offsetMinutes === undefined || isNumber(offsetMinutes));
}

function isEndingOrNull(value: unknown): value is Ending | null {
  if (typeof value !== "object" || value === null) return value === null;
  const { speaker, stopReason, error, unanswered, compactions } = value as Fields<Ending>;
  return [speaker, stopReason, error].every(isTextOrNone) && typeof unanswered === "boolean" && isNumber(compactions);
}

type Fields<Of> = Readonly<Record<keyof Of, unknown>>;

/** JSON leaves out what is undefined. */
function revive<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if ("heartbeat" in value)
    return { ...noOpening, ...value, ...("zone" in value ? { zone: reviveZone(value.zone) } : {}) };
  return "unanswered" in value ? { ...noEnding, ...value } : value;
}

function reviveZone(zone: unknown): unknown {
  return typeof zone === "object" ? { name: undefined, offsetMinutes: undefined, ...zone } : zone;
}

const noMark: Omit<KeptMark, "originalName"> = {
  ...{ at: undefined, sha256: undefined, originalPath: undefined },
  ...{ key: undefined, joinEvidence: undefined, joinRung: undefined, problem: undefined },
};
const noOpening = { sender: undefined, startup: undefined, typedCommand: undefined, zone: undefined };
const noEnding = { speaker: undefined, stopReason: undefined, error: undefined };
