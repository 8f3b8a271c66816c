import { sep } from "node:path";
import type { FileHead, SessionFile } from "../core/conversation/model";
import { ReadError } from "../core/inspectorPort";
import type { KeptMark } from "../core/keep/keptMark";
import type { FileName } from "../core/names/fileName";
import { parseFileName } from "../core/names/parseFileName";
import type { Problem } from "../core/problem";
import type { CachedFacts } from "./cacheFormat";
import { emptyCache, type CacheEntry, type LoadedCache } from "./cacheStore";
import { problemOf } from "./readErrors";
import type { IndexedFile } from "./scanIndex";
import { concurrently } from "./scanLimit";
import { listDirectory, listName, sameFacts, type ListedName } from "./scanListing";
import { TimeSlice } from "./scanTimeSlice";

type Facts = Pick<ListedName, "bytes" | "mtimeMs" | "mode">;

/** How the files of a sessions directory are opened; the rules about links are not this file's business. */
export interface SessionFileReader {
  /** The facts of what a link leads to. Throws ReadError for what is no regular file, and for links that lead out. */
  follow(path: string): Promise<Facts>;
  /** Throws ReadError when the file cannot be read; damage is part of the head. */
  readHead(file: HeadRequest, signal: AbortSignal): Promise<FileHead>;
  /** The index of a file, continued from `previous` where it still begins as it did. Throws ReadError. */
  readIndex(path: string, previous: IndexedFile | undefined, signal: AbortSignal): Promise<IndexedFile>;
  /** Names of another grammar than that of a sessions directory. */
  readonly nameOf?: (base: string) => FileName;
  /** Of kept copies: what is known of them besides their content. */
  readonly readKept?: (base: string, bytes: number) => Promise<KeptMark>;
  /** The file that `base` tells of, which is read again when `base` changes. */
  readonly tellsOf?: (base: string) => string | undefined;
}

export interface HeadRequest {
  readonly path: string;
  readonly name: FileName;
  readonly bytes: number;
  /** Not a link or the like: listed as a regular file a moment ago. */
  readonly plain: boolean;
}

/** A file that is another than before; `before` is undefined when it came, `after` when it went. */
export interface FileChange {
  readonly before: SessionFile | undefined;
  readonly after: SessionFile | undefined;
}

interface Known {
  /** As `lstat` told it. */
  readonly listed: ListedName;
  readonly file: SessionFile;
  /** The latest index, of the file as it is or of its beginning. */
  readonly indexed: IndexedFile | undefined;
  /** `indexed` covers the file as it is. */
  readonly fresh: boolean;
}

/** What was appended up to this size is indexed at once, so that an entry and its count appear together; bytes. */
const INDEX_AT_ONCE_BYTES = 1024 * 1024;

/** So many heads are read at once. */
const HEADS_AT_ONCE = 24;

/** What is known of the files of one sessions directory, and how that is brought up to date. */
export class ScannedDirectory {
  private readonly known = new Map<string, Known>();
  private listed = false;
  /** All names, as `fold` makes them; undefined while nobody asked since one was added or removed. */
  private folded: Set<string> | undefined;
  private list: readonly SessionFile[] | undefined;
  private meant: ReadonlySet<string> = new Set();
  /** How many things were learned that `cacheEntries` would tell for the first time. */
  unsaved = 0;
  /** Why the directory cannot be listed; undefined also when there is none. */
  unreadable: NodeJS.ErrnoException | undefined;

  /** @param storeBase name of the store file: `session.store` may call it anything */
  constructor(
    readonly path: string,
    private readonly storeBase: string,
    private readonly reader: SessionFileReader,
  ) {}

  /** Every file, in no particular order; the same array as long as nothing changed. */
  get files(): readonly SessionFile[] {
    return (this.list ??= [...this.known.values()].map(({ file }) => file));
  }

  /** Whether the path is one of a file of this directory. */
  holds(path: string | undefined): boolean {
    return path !== undefined && path.lastIndexOf(sep) === this.path.length && path.startsWith(this.path);
  }

  fileAt(path: string): SessionFile | undefined {
    return this.holds(path) ? this.known.get(baseOf(path))?.file : undefined;
  }

  /** Whether the path is one of this directory and of no file in it: not even where names are told apart by less than bytes. */
  lacks(path: string): boolean {
    if (!this.listed || !this.holds(path)) return false;
    this.folded ??= new Set([...this.known.keys()].map(fold));
    return !this.folded.has(fold(baseOf(path)));
  }

  /** The latest index of a file, of the whole or of its beginning. */
  indexedAt(path: string): Pick<Known, "indexed" | "fresh"> {
    return this.known.get(baseOf(path)) ?? { indexed: undefined, fresh: false };
  }

  /** Lists the directory again and reads the heads of what changed; heads in the cache need not be read. */
  async scan(loading: Promise<LoadedCache>, signal: AbortSignal): Promise<readonly FileChange[]> {
    const [listing, cache] = await Promise.all([listDirectory(this.path), loading]);
    this.listed = listing.outcome !== "unreadable";
    this.unreadable = listing.outcome === "unreadable" ? listing.error : undefined;
    const names = listing.outcome === "listed" ? listing.names : [];
    const present = new Set(names.map(({ base }) => base));
    const gone = [...this.known.keys()].filter((base) => !present.has(base));
    return this.take(names, gone, cache, signal);
  }

  /** Looks at some names only. */
  async look(bases: Iterable<string>, signal: AbortSignal): Promise<readonly FileChange[]> {
    const names: ListedName[] = [];
    const gone: string[] = [];
    for (const base of bases) {
      const listed = await listName(this.path, base);
      if (listed !== undefined) names.push(listed);
      else if (this.known.has(base)) gone.push(base);
    }
    return this.take(names, gone, emptyCache, signal);
  }

  /** A file that a store row means is read as a transcript, whatever its name. Tells what looks different now. */
  async setMeant(bases: ReadonlySet<string>, signal: AbortSignal): Promise<readonly FileChange[]> {
    const before = this.meant;
    this.meant = bases;
    const changed = [...bases].filter(
      (base) => !before.has(base) && this.known.get(base)?.file.name.kind === "unknown",
    );
    const changes: FileChange[] = [];
    for (const base of changed) {
      const known = this.known.get(base);
      if (known !== undefined) changes.push(this.replace(known, await this.read(known.listed, undefined, signal)));
    }
    return changes;
  }

  /** Transcripts whose index is missing or out of date, and that can be read. */
  *unindexed(): Generator<SessionFile> {
    for (const { file, fresh } of this.known.values()) {
      if (!fresh && file.problem === undefined && this.isIndexed(file.name)) yield file;
    }
  }

  /** Keeps an index that was made of `of`. Undefined when the file changed meanwhile, so that it must be indexed again. */
  setIndex(of: SessionFile, indexed: IndexedFile): FileChange | undefined {
    const known = this.known.get(of.name.base);
    if (known?.file.bytes !== of.bytes || known.file.mtimeMs !== of.mtimeMs) return undefined;
    this.unsaved++;
    return this.replace(known, { ...known, file: { ...known.file, index: indexed.index }, indexed, fresh: true });
  }

  /** Takes an index from the cache: of the same file as it is now, or of its beginning. */
  setCachedIndex(cached: CachedFacts, indexed: IndexedFile): FileChange | undefined {
    const { base, bytes, inode } = cached;
    const known = this.known.get(base);
    if (known === undefined || known.indexed !== undefined || known.listed.inode !== inode) return undefined;
    if (sameFile(cached, known.listed)) {
      return this.replace(known, { ...known, file: { ...known.file, index: indexed.index }, indexed, fresh: true });
    }
    if (known.listed.bytes > bytes) this.known.set(base, { ...known, indexed });
    return undefined;
  }

  /** Keeps why a file cannot be indexed. */
  setProblem(of: SessionFile, problem: Problem): FileChange | undefined {
    const known = this.known.get(of.name.base);
    return known?.file === of ? this.replace(known, { ...known, file: { ...of, problem } }) : undefined;
  }

  /** What is worth remembering, the newest files first. */
  cacheEntries(serialize: (indexed: IndexedFile) => unknown): CacheEntry[] {
    const entries: CacheEntry[] = [];
    this.unsaved = 0;
    for (const { listed, file, indexed, fresh } of this.known.values()) {
      const { head, problem } = file;
      // A problem is a sentence about this moment; such a head is cheap to read again.
      if (listed.type !== "file" || head === undefined || head.problem !== undefined || problem !== undefined) continue;
      if (file.kept?.problem !== undefined) continue;
      const { base, bytes, mtimeMs, ctimeMs, inode, mode } = listed;
      const index = fresh && indexed !== undefined ? (): unknown => serialize(indexed) : undefined;
      entries.push({ base, bytes, mtimeMs, ctimeMs, inode, mode, head, kept: file.kept, index });
    }
    return entries.sort((one, other) => other.mtimeMs - one.mtimeMs);
  }

  private async take(
    names: readonly ListedName[],
    gone: readonly string[],
    cache: LoadedCache,
    signal: AbortSignal,
  ): Promise<readonly FileChange[]> {
    const changes: FileChange[] = [];
    const told = this.toldBy(names, gone);
    for (const base of gone) {
      changes.push({ before: this.known.get(base)?.file, after: undefined });
      this.known.delete(base);
      this.folded = undefined;
      this.list = undefined;
      this.unsaved++;
    }

    const toRead: { readonly listed: ListedName; readonly before: Known | undefined }[] = [];
    const slice = new TimeSlice();
    for (const listed of names) {
      if (slice.over()) await slice.rest();
      const before = this.known.get(listed.base);
      // Of a link these are the facts of the link, which stay the same while its target changes.
      const isSame = before !== undefined && listed.type !== "link" && sameFacts(before.listed, listed);
      if (isSame && !told.has(listed.base)) continue;
      const cached = before === undefined && listed.type === "file" ? cache.heads.get(listed.base) : undefined;
      const isWhole = cached?.kept !== undefined || this.reader.readKept === undefined;
      if (cached !== undefined && isWhole && sameFile(cached, listed)) {
        const file = this.describe(listed, this.nameOf(listed.base), { head: cached.head, kept: cached.kept });
        changes.push(this.replace(before, { listed, file, indexed: undefined, fresh: false }));
      } else {
        toRead.push({ listed, before });
      }
    }

    await concurrently(HEADS_AT_ONCE, toRead, async ({ listed, before }) => {
      signal.throwIfAborted();
      const after = await this.read(listed, before, signal);
      if (before !== undefined && listed.type === "link" && sameTarget(before.file, after.file)) return;
      if (after.file.head !== undefined) this.unsaved++;
      changes.push(this.replace(before, after));
    });
    return changes;
  }

  private async read(listed: ListedName, before: Known | undefined, signal: AbortSignal): Promise<Known> {
    const path = this.path + sep + listed.base;
    const name = before?.file.name ?? this.nameOf(listed.base);
    const readable = this.isIndexed(name) || name.kind === "trajectory";
    const plain = listed.type === "file";
    let facts: Facts = listed;
    let head: FileHead | undefined;
    let problem: Problem | undefined;
    const kept = readable ? await this.reader.readKept?.(listed.base, listed.bytes) : undefined;
    try {
      // Directories with names of their own (skills-prompts, cold) are as they should be; one called `x.jsonl` is not.
      if (!plain && (readable || listed.type !== "directory")) facts = await this.reader.follow(path);
      if (readable) head = await this.reader.readHead({ path, name, bytes: facts.bytes, plain }, signal);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      problem = problemOf(error);
    }
    const file = this.describe(facts, name, { head, problem, kept });
    if (before === undefined || !hasGrown(before, listed, file)) {
      return { listed, file, indexed: undefined, fresh: false };
    }
    // Until the index is continued, the old one still tells most of a file that only grew.
    const grown: Known = {
      listed,
      file: { ...file, index: before.file.index },
      indexed: before.indexed,
      fresh: false,
    };
    if (before.indexed === undefined || listed.bytes - before.indexed.index.bytes > INDEX_AT_ONCE_BYTES) return grown;
    try {
      const indexed = await this.reader.readIndex(path, before.indexed, signal);
      return { listed, file: { ...file, index: indexed.index }, indexed, fresh: true };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      return grown; // indexing in the background tries again, and keeps the reason when it fails
    }
  }

  private nameOf(base: string): FileName {
    if (this.reader.nameOf !== undefined) return this.reader.nameOf(base);
    return base === this.storeBase ? { kind: "side", role: "store", base } : parseFileName(base);
  }

  private isIndexed(name: FileName): boolean {
    return isTranscriptName(name) || (name.kind === "unknown" && this.meant.has(name.base));
  }

  private describe(
    facts: Facts,
    name: FileName,
    { head, problem, kept }: { head: FileHead | undefined; problem?: Problem | undefined; kept: KeptMark | undefined },
  ): SessionFile {
    const { bytes, mtimeMs, mode } = facts;
    const path = this.path + sep + name.base;
    const file = { path, name, bytes, mtimeMs, mode, problem, head, index: undefined };
    return kept === undefined ? file : { ...file, kept };
  }

  /** Known files of which a record came, went or changed: what it says of them may be another thing now. */
  private toldBy(names: readonly ListedName[], gone: readonly string[]): ReadonlySet<string> {
    const { tellsOf } = this.reader;
    const told = new Set<string>();
    if (tellsOf === undefined || this.known.size === 0) return told;
    const add = (base: string): void => {
      const of = tellsOf(base);
      if (of !== undefined && this.known.has(of)) told.add(of);
    };
    for (const listed of names) {
      const before = this.known.get(listed.base);
      if (before === undefined || !sameFacts(before.listed, listed)) add(listed.base);
    }
    gone.forEach(add);
    return told;
  }

  private replace(before: Known | undefined, after: Known): FileChange {
    this.known.set(after.listed.base, after);
    if (before === undefined) this.folded = undefined;
    this.list = undefined;
    return { before: before?.file, after: after.file };
  }
}

export function isTranscriptName(name: FileName): boolean {
  return name.kind === "transcript" || name.kind === "archive" || name.kind === "checkpoint";
}

/** Whether both begin the same transcript. A first entry may have been added to a bare header: that makes another window. */
export function sameBeginning(one: SessionFile, other: SessionFile): boolean {
  return (
    one.head?.headerId === other.head?.headerId &&
    one.head?.headerAt === other.head?.headerAt &&
    one.head?.firstEntryId === other.head?.firstEntryId
  );
}

/** A file whose bytes were exchanged in place keeps its size now and then; then nothing of the old index is kept. */
function hasGrown(before: Known, listed: ListedName, file: SessionFile): boolean {
  return (
    before.listed.type === listed.type &&
    before.listed.inode === listed.inode &&
    before.listed.bytes < listed.bytes &&
    file.problem === undefined &&
    sameBeginning(before.file, file)
  );
}

function sameFile(cached: CachedFacts, listed: ListedName): boolean {
  return (
    cached.bytes === listed.bytes &&
    cached.mtimeMs === listed.mtimeMs &&
    cached.ctimeMs === listed.ctimeMs &&
    cached.inode === listed.inode &&
    cached.mode === listed.mode
  );
}

function sameTarget(one: SessionFile, other: SessionFile): boolean {
  return one.bytes === other.bytes && one.mtimeMs === other.mtimeMs && one.problem?.code === other.problem?.code;
}

/** Some file systems take names that differ by case, or by how an accent is written, for the same. */
function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf(sep) + 1);
}
