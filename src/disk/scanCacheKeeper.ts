import { emptyCache, type CacheStore, type LoadedCache } from "./cacheStore";
import type { IndexedFile } from "./scanIndex";
import type { ScannedRoot } from "./scanStateDir";
import { patientClock, type Clock } from "./watchQueue";

/** A cache is written when nothing more was learned for so long … */
const QUIET_MS = 10_000;
/** … or so long after the first thing that is not in it yet: a conversation that goes on does not have it written all the time. */
const MAX_WAIT_MS = 120_000;

export interface CacheKeeperOptions {
  /** Undefined: nothing is kept. */
  readonly store: CacheStore | undefined;
  /** The real paths of all directories that nothing may be written into. */
  readonly keepOut: () => readonly string[];
  readonly serialize: (indexed: IndexedFile) => unknown;
  readonly clock?: Clock;
}

/** Loads what an earlier process learned, and writes down what this one learns. */
export class CacheKeeper {
  private readonly clock: Clock;
  /** How much each root had to be saved when it was looked at last. */
  private readonly seen = new Map<ScannedRoot, number>();
  private dirtySince: number | undefined;
  private cancel: (() => void) | undefined;
  private saving: Promise<void> = Promise.resolve();
  private disposed = false;

  constructor(private readonly options: CacheKeeperOptions) {
    this.clock = options.clock ?? patientClock;
  }

  async load(realPath: string): Promise<LoadedCache> {
    const { store, keepOut } = this.options;
    if (store === undefined || (await store.liesIn([...keepOut(), realPath]))) return emptyCache;
    return store.load(realPath);
  }

  /** Something new may have been learned of the root. */
  look(root: ScannedRoot): void {
    if (this.disposed || this.options.store === undefined || root.directory.unsaved === (this.seen.get(root) ?? 0))
      return;
    this.seen.set(root, root.directory.unsaved);
    const now = this.clock.now();
    this.dirtySince ??= now;
    this.cancel?.();
    const latest = this.dirtySince + MAX_WAIT_MS - now;
    this.cancel = this.clock.after(Math.max(0, Math.min(QUIET_MS, latest)), () => void this.save());
  }

  /** Writes what is known by now, and nothing after that. */
  dispose(): Promise<void> {
    const saved = this.save();
    this.disposed = true;
    return saved;
  }

  /** Writes what is not written yet. */
  save(): Promise<void> {
    if (this.disposed) return this.saving;
    const { store, serialize, keepOut } = this.options;
    this.cancel?.();
    this.cancel = undefined;
    this.dirtySince = undefined;
    const roots = [...this.seen.keys()].filter(({ directory }) => directory.unsaved > 0);
    this.seen.clear();
    if (store === undefined || roots.length === 0) return this.saving;
    // One after the other: two writers of one file would only undo each other's work.
    this.saving = this.saving.then(async () => {
      if (await store.liesIn(keepOut())) return;
      for (const [at, { located, directory }] of roots.entries()) {
        await store.save(located.realPath, directory.cacheEntries(serialize), at === roots.length - 1);
      }
    });
    return this.saving;
  }
}
