import { emptyCache, type CacheStore, type LoadedCache } from "./cacheStore";
import type { IndexedFile } from "./scanIndex";
import type { ScannedRoot } from "./scanStateDir";
import { systemClock, type Clock } from "./watchQueue";

/** A cache is written when nothing more was learned for so long … */
const QUIET_MS = 10_000;
/** … or so long after the first thing that is not in it yet: a conversation that goes on does not have it written all the time. */
const MAX_WAIT_MS = 120_000;

export interface CacheKeeperOptions {
  /** Undefined: nothing is kept. */
  readonly store: CacheStore | undefined;
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

  constructor(private readonly options: CacheKeeperOptions) {
    this.clock = options.clock ?? systemClock;
  }

  load(realPath: string): Promise<LoadedCache> {
    return this.options.store?.load(realPath) ?? Promise.resolve(emptyCache);
  }

  /** Something new may have been learned of the root. */
  look(root: ScannedRoot): void {
    if (this.options.store === undefined || root.directory.unsaved === (this.seen.get(root) ?? 0)) return;
    this.seen.set(root, root.directory.unsaved);
    const now = this.clock.now();
    this.dirtySince ??= now;
    this.cancel?.();
    const latest = this.dirtySince + MAX_WAIT_MS - now;
    this.cancel = this.clock.after(Math.max(0, Math.min(QUIET_MS, latest)), () => void this.save());
  }

  /** Writes what is not written yet. */
  save(): Promise<void> {
    const { store, serialize } = this.options;
    this.cancel?.();
    this.cancel = undefined;
    this.dirtySince = undefined;
    const roots = [...this.seen.keys()].filter(({ directory }) => directory.unsaved > 0);
    this.seen.clear();
    if (store === undefined || roots.length === 0) return this.saving;
    // One after the other: two writers of one file would only undo each other's work.
    this.saving = this.saving.then(async () => {
      for (const root of roots) await store.save(root.located.realPath, root.directory.cacheEntries(serialize));
    });
    return this.saving;
  }
}
