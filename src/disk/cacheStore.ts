import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import * as nodePath from "node:path";
import { isInsideOrEqual } from "../core/locations/containment";
import {
  decodeHeader,
  decodeHeads,
  decodeIndex,
  encodeHeader,
  encodeHeads,
  encodeIndex,
  HEADS_PER_LINE,
  type CachedHead,
  type CachedIndex,
} from "./cacheFormat";
import { TimeSlice } from "./scanTimeSlice";

/** What was learned of a sessions directory before this process started. */
export interface LoadedCache {
  readonly heads: ReadonlyMap<string, CachedHead>;
  /** The indexes, decoded little by little. */
  indexes(): AsyncGenerator<CachedIndex>;
}

/** What is worth remembering of one file. */
export interface CacheEntry extends CachedHead {
  /** Makes what is kept of the index; undefined while there is none. */
  readonly index: (() => unknown) | undefined;
}

const SUFFIX = ".cache";
const TEMPORARY = ".tmp";
/** All cache files together, bytes; one file alone gets half of it. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_AGE_MS = 90 * 24 * 60 * 60 * 1_000;
const ABANDONED_MS = 60 * 60 * 1_000;
const WRITE_BYTES = 512 * 1024;

/** Windows has neither flag. */
const READ_FLAGS =
  constants.O_RDONLY |
  ((constants as Partial<Record<string, number>>)["O_NOFOLLOW"] ?? 0) |
  ((constants as Partial<Record<string, number>>)["O_NONBLOCK"] ?? 0);

export const emptyCache: LoadedCache = {
  heads: new Map(),
  // eslint-disable-next-line @typescript-eslint/require-await, require-yield
  async *indexes() {
    return;
  },
};

/**
 * Keeps what is dear to learn between two starts: one file per sessions directory, in a directory of our own. Several
 * processes may share it: a file is replaced whole, and the last one to write wins. What does not fit any more (other
 * version, damage, too old, too much) is dropped; nothing depends on the cache but speed.
 */
export class CacheStore {
  private refused = false;

  constructor(
    private readonly directory: string,
    private readonly log: (message: string) => void,
    private readonly limits: { readonly totalBytes: number; readonly ageMs: number } = {
      totalBytes: MAX_TOTAL_BYTES,
      ageMs: MAX_AGE_MS,
    },
  ) {}

  /** Whether the cache would be written into one of these directories (their real paths): then it must not be used at all. */
  async liesIn(directories: readonly string[]): Promise<boolean> {
    const real = await futureRealPath(this.directory);
    const found = directories.find((directory) => isInsideOrEqual(nodePath, directory, real));
    if (found !== undefined && !this.refused) {
      this.refused = true;
      this.log(`no cache is kept: ${this.directory} lies in ${found}, where nothing is ever written`);
    }
    return found !== undefined;
  }

  /** What is known of the files in `sessionsDirectory` (its real path). */
  async load(sessionsDirectory: string): Promise<LoadedCache> {
    const path = this.pathOf(sessionsDirectory);
    const content = await this.read(path).catch((error: unknown) => {
      if (!isAbsent(error)) this.log(`the cache ${path} cannot be read: ${String(error)}`);
      return undefined;
    });
    if (content === undefined) return emptyCache;
    const loaded = await this.decode(content, path);
    if (loaded === undefined) this.log(`the cache ${path} is of another version or damaged, and is made anew`);
    return loaded ?? emptyCache;
  }

  /**
   * Replaces what is kept of `sessionsDirectory`. Never throws: a cache that cannot be written is only slower. Who saves several
   * directories has room made once, with the last of them: that looks at every cache file there is.
   */
  async save(sessionsDirectory: string, entries: readonly CacheEntry[], makeRoom = true): Promise<void> {
    const path = this.pathOf(sessionsDirectory);
    const temporary = `${path}.${process.pid}.${randomUUID()}${TEMPORARY}`;
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await this.write(temporary, entries);
      await rename(temporary, path);
      if (makeRoom) await this.evict(path);
    } catch (error) {
      this.log(`the cache ${path} cannot be written: ${String(error)}`);
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** What lies there may have been put there by anybody: a link is not followed, a pipe not waited for, a giant not loaded. */
  private async read(path: string): Promise<Buffer> {
    const file = await open(path, READ_FLAGS);
    try {
      const facts = await file.stat();
      if (!facts.isFile()) throw new Error("it is no regular file");
      if (facts.size > this.limits.totalBytes) throw new Error("it is too large");
      const content = Buffer.allocUnsafe(facts.size);
      const { bytesRead } = await file.read(content, 0, facts.size, 0);
      return content.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  private async decode(content: Buffer, path: string): Promise<LoadedCache | undefined> {
    const headerEnd = content.indexOf(10);
    const headBytes = headerEnd < 0 ? undefined : decodeHeader(content.toString("utf8", 0, headerEnd));
    if (headBytes === undefined) return undefined;
    const headsEnd = headerEnd + 1 + headBytes;
    const heads = new Map<string, CachedHead>();
    const slice = new TimeSlice();
    for (const line of lines(content, headerEnd + 1, headsEnd)) {
      const decoded = decodeHeads(line);
      if (decoded === undefined) return undefined;
      for (const head of decoded) heads.set(head.base, head);
      if (slice.over()) await slice.rest();
    }
    return { heads, indexes: () => this.decodeIndexes(content, headsEnd, path) };
  }

  private async *decodeIndexes(content: Buffer, from: number, path: string): AsyncGenerator<CachedIndex> {
    for (const line of lines(content, from, content.length)) {
      const decoded = decodeIndex(line);
      if (decoded === undefined) {
        this.log(`the cache ${path} is damaged; what follows in it is made anew`);
        return;
      }
      yield decoded;
    }
    await Promise.resolve();
  }

  private async write(temporary: string, entries: readonly CacheEntry[]): Promise<void> {
    const slice = new TimeSlice();
    const heads: string[] = [];
    for (let at = 0; at < entries.length; at += HEADS_PER_LINE) {
      heads.push(`${encodeHeads(entries.slice(at, at + HEADS_PER_LINE))}\n`);
      if (slice.over()) await slice.rest();
    }
    const headText = Buffer.from(heads.join(""), "utf8");
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.write(`${encodeHeader(headText.length)}\n`);
      await file.write(headText);
      let written = headText.length;
      let pending = "";
      for (const entry of entries) {
        if (entry.index === undefined) continue;
        pending += `${encodeIndex({ ...entry, index: entry.index() })}\n`;
        if (pending.length >= WRITE_BYTES) {
          const { bytesWritten } = await file.write(pending);
          written += bytesWritten;
          pending = "";
          // Entries come newest first: what does not fit is what is asked for least.
          if (written > this.limits.totalBytes / 2) break;
        }
        if (slice.over()) await slice.rest();
      }
      if (pending !== "") await file.write(pending);
    } finally {
      await file.close();
    }
  }

  /** Removes what is too old, then the oldest until the rest fits; `kept` stays. */
  private async evict(kept: string): Promise<void> {
    const now = Date.now();
    const files: { path: string; bytes: number; mtimeMs: number }[] = [];
    for (const base of await readdir(this.directory)) {
      const path = nodePath.join(this.directory, base);
      const facts = await lstat(path).catch(() => undefined);
      if (facts === undefined) continue;
      if (base.endsWith(TEMPORARY) && now - facts.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
      if (base.endsWith(SUFFIX) && path !== kept) files.push({ path, bytes: facts.size, mtimeMs: facts.mtimeMs });
    }
    let total = (await lstat(kept)).size;
    for (const { path, bytes, mtimeMs } of files.sort((one, other) => other.mtimeMs - one.mtimeMs)) {
      total += bytes;
      if (total > this.limits.totalBytes || now - mtimeMs > this.limits.ageMs) await rm(path, { force: true });
    }
  }

  private pathOf(sessionsDirectory: string): string {
    return nodePath.join(
      this.directory,
      createHash("sha256").update(sessionsDirectory).digest("hex").slice(0, 32) + SUFFIX,
    );
  }
}

function* lines(content: Buffer, from: number, to: number): Generator<string> {
  let start = from;
  while (start < to) {
    const end = content.indexOf(10, start);
    if (end < 0 || end > to) {
      // A last line without its newline was cut off: as good as damage.
      yield content.toString("utf8", start, Math.min(to, content.length));
      return;
    }
    yield content.toString("utf8", start, end);
    start = end + 1;
  }
}

/** Where a directory is by its real path, or will be once it is made. */
export async function futureRealPath(directory: string): Promise<string> {
  const missing: string[] = [];
  for (let at = nodePath.resolve(directory); ; at = nodePath.dirname(at)) {
    const real = await realpath(at).catch(() => undefined);
    if (real !== undefined) return nodePath.join(real, ...missing);
    if (nodePath.dirname(at) === at) return nodePath.resolve(directory);
    missing.unshift(nodePath.basename(at));
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
