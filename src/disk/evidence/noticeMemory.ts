import { createHash } from "node:crypto";
import { lstat, open, readdir, rm } from "node:fs/promises";
import * as path from "node:path";
import { isInsideOrEqual } from "../../core/locations/containment";
import type { NoticeMemory } from "../../core/noticeMemory";
import { futureRealPath } from "../cacheStore";
import { errorCode, isAbsent } from "../readErrors";
import { makeDirectory } from "./makeDirectory";
import { TimeLimitError, withinTime } from "./timeLimit";

const CLAIM_DAYS = 400;
const DAY_MS = 24 * 60 * 60 * 1_000;
const LOOK = /^(\d{1,16})\.look$/;

export interface NoticeMemoryOptions {
  readonly log?: (message: string) => void;
  /** Epoch ms. */
  readonly now?: () => number;
  /** What takes too long is given up, and nothing is kept from then on. */
  readonly inTime?: typeof withinTime;
}

/**
 * A memory in a directory of our own, shared by all processes; without one it lasts as long as this process. A claim is an
 * empty file: whoever creates it has it. So is a look, named by its time: the latest one counts, and there is no moment at
 * which one process could put back what another has written.
 */
export function createNoticeMemory(directory: string | undefined, options: NoticeMemoryOptions = {}): NoticeMemory {
  return new StoredNoticeMemory(
    directory,
    options.log ?? (() => undefined),
    options.now ?? Date.now,
    options.inTime ?? withinTime,
  );
}

class StoredNoticeMemory implements NoticeMemory {
  private readonly claimed = new Set<string>();
  private readonly looks = new Map<string, number>();
  private readonly cleaned = new Set<string>();
  private readonly folders = new Map<string, Promise<string | undefined>>();
  private isStuck = false;

  constructor(
    private readonly directory: string | undefined,
    private readonly log: (message: string) => void,
    private readonly now: () => number,
    private readonly within: typeof withinTime,
  ) {}

  async claim(stateDir: string, rotationId: string): Promise<boolean> {
    const name = `${stateDir}\n${rotationId}`;
    if (this.claimed.has(name)) return false;
    // Taken before anything is waited for: two calls in this process must not both go on.
    this.claimed.add(name);
    const folder = await this.folderOf(stateDir, "claims");
    if (folder === undefined) return true;
    try {
      return await this.inTime(() => createOnly(path.join(folder, hashOf(rotationId))));
    } catch (error) {
      this.log(`nothing can be kept in ${folder}: ${String(error)}`);
      return true;
    } finally {
      await this.inTime(() => this.clean(folder)).catch(() => undefined); // told of above, if it does not answer
    }
  }

  async lastLook(stateDir: string): Promise<number | undefined> {
    const stored = await this.storedLooks(stateDir);
    const latest = Math.max(...stored, this.looks.get(stateDir) ?? -Infinity);
    return latest === -Infinity ? undefined : latest;
  }

  async looked(stateDir: string, at: number): Promise<void> {
    // A clock that runs ahead must not hide what happens until then.
    const until = Math.floor(Math.min(at, this.now()));
    if (!Number.isFinite(until) || until < 0) return;
    const before = await this.lastLook(stateDir);
    if (before !== undefined && before >= until) return;
    this.looks.set(stateDir, until);
    const folder = await this.folderOf(stateDir, "looks");
    if (folder === undefined) return;
    try {
      await this.inTime(() => createOnly(path.join(folder, `${String(until)}.look`)));
      const stored = await this.storedLooks(stateDir);
      const latest = Math.max(...stored);
      await this.inTime(async () => {
        for (const at of stored) if (at < latest) await rm(path.join(folder, `${String(at)}.look`), { force: true });
      });
    } catch (error) {
      this.log(`nothing can be kept in ${folder}: ${String(error)}`);
    }
  }

  private async storedLooks(stateDir: string): Promise<readonly number[]> {
    const folder = await this.folderOf(stateDir, "looks");
    if (folder === undefined) return [];
    try {
      return (await this.inTime(() => readdir(folder))).flatMap((name) => {
        const at = LOOK.exec(name)?.[1];
        return at === undefined ? [] : [Number(at)];
      });
    } catch (error) {
      if (!isAbsent(error)) this.log(`${folder} cannot be read: ${String(error)}`);
      return [];
    }
  }

  /** Undefined where nothing may be kept: in a state directory nothing is ever written. */
  private async folderOf(stateDir: string, what: "claims" | "looks"): Promise<string | undefined> {
    const { directory } = this;
    if (directory === undefined || this.isStuck) return undefined;
    let found = this.folders.get(stateDir);
    if (found === undefined) {
      found = this.inTime(() => Promise.all([futureRealPath(stateDir), futureRealPath(directory)])).then(
        ([forbidden, own]) =>
          isInsideOrEqual(path, forbidden, own) ? undefined : path.join(directory, hashOf(stateDir)),
        (error: unknown) => {
          this.log(`nothing can be kept in ${directory}: ${String(error)}`);
          return undefined;
        },
      );
      this.folders.set(stateDir, found);
    }
    const folder = await found;
    return folder === undefined ? undefined : path.join(folder, what);
  }

  private async inTime<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.within(`a file of ${this.directory ?? "notices"}`, work);
    } catch (error) {
      // Where the file system did not answer once, nobody waits again.
      if (error instanceof TimeLimitError) this.isStuck = true;
      throw error;
    }
  }

  /** Once per process and state directory: what is older than anything that could be announced again. */
  private async clean(folder: string): Promise<void> {
    if (this.cleaned.has(folder)) return;
    this.cleaned.add(folder);
    const oldest = this.now() - CLAIM_DAYS * DAY_MS;
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.join(folder, name);
      const facts = await lstat(file).catch(() => undefined);
      if (facts !== undefined && facts.mtimeMs < oldest) await rm(file, { force: true }).catch(() => undefined);
    }
  }
}

/** Makes an empty file; false when it is there already. */
async function createOnly(file: string): Promise<boolean> {
  await makeDirectory(path.dirname(file));
  try {
    await (await open(file, "wx", 0o600)).close();
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
