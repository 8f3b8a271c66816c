import * as l10n from "@vscode/l10n";
import type { SessionFile, Snapshot } from "../core/conversation/model";
import type { TranscriptIndex } from "../core/index/transcriptIndex";
import { ReadError, type InspectorChange, type WatchState } from "../core/inspectorPort";
import type { SeenRotation } from "./explainWitness";
import { Announcer, explainedAnew, nothingWatched, watchStateChanged } from "./scanAnnouncer";
import { BackgroundIndexer, type IndexJob } from "./scanBackground";
import { CacheKeeper, type CacheKeeperOptions } from "./scanCacheKeeper";
import { isTranscriptName, type FileChange, type SessionFileReader } from "./scanDirectory";
import { EverythingScanned, noDirt, type ScanOptions } from "./scanEverything";
import type { IndexedFile } from "./scanIndex";
import type { ScannedRoot } from "./scanStateDir";
import { DirectoryWatch, type DirectoryWatchOptions } from "./watchDirectories";
import { planWatches, type WatchPlan } from "./watchPlan";
import { RunQueue } from "./watchQueue";

export interface LiveOptions extends Pick<
  ScanOptions,
  "env" | "home" | "trusted" | "readerOf" | "locate" | "keptFolder"
> {
  readonly cache: Omit<CacheKeeperOptions, "keepOut">;
  readonly restore: (cached: unknown) => IndexedFile | undefined;
  readonly platform: NodeJS.Platform;
  readonly log: (message: string) => void;
  readonly watch: Pick<DirectoryWatchOptions, "forcePolling" | "watchOne" | "maxWatches" | "pollMs">;
  /** Told of every new snapshot before those who listen are, with the rotations that were noticed. */
  readonly onNext?: (seen: readonly SeenRotation[]) => void;
}

/** Events come in bursts: a reset is a rename, a new file and a rewritten store within some milliseconds. */
const QUIET_MS = 40;
const MAX_WAIT_MS = 150;
/** Indexes are shown in batches, of so many files or after so long: each batch makes views draw again. */
const BATCH_FILES = 200;
const BATCH_MS = 250;

/**
 * The snapshot and what keeps it up to date: looks at the disk one after the other, indexing in the background, and events
 * that say where to look again.
 */
export class LiveInspection {
  private readonly abort = new AbortController();
  private readonly announcer: Announcer;
  private readonly everything: EverythingScanned;
  private readonly indexer: BackgroundIndexer;
  private readonly cache: CacheKeeper;
  private readonly queue: RunQueue;
  private dirt = noDirt();
  private running = false;
  /** Files that got their index and are not shown with it yet. */
  private arrivals = new Map<ScannedRoot, FileChange[]>();
  private arrivalTimer: NodeJS.Timeout | undefined;
  /** Roots of which indexes may tell more than was told when they arrived. */
  private readonly rough = new Set<ScannedRoot>();
  private waiting: (() => void)[] = [];
  private directoryWatch: DirectoryWatch | undefined;
  private plan: WatchPlan | undefined;
  private planning: Promise<void> = Promise.resolve();

  constructor(private readonly options: LiveOptions) {
    const { signal } = this.abort;
    const { log } = options;
    this.announcer = new Announcer(log, options.onNext);
    this.cache = new CacheKeeper({ ...options.cache, keepOut: () => this.everything.places });
    this.everything = new EverythingScanned({
      ...options,
      signal,
      loadCache: (realPath) => this.cache.load(realPath),
      onNewRoot: (root) => {
        this.indexer.restore(root);
      },
    });
    this.indexer = new BackgroundIndexer({
      jobs: () => this.unindexed(),
      readIndex: ({ root, file }, previous) => this.readerOf(root).readIndex(file.path, previous, signal),
      restore: options.restore,
      onDone: (root, change) => {
        this.arrived(root, change);
        this.cache.look(root);
      },
      onIdle: () => {
        this.settle();
      },
      log,
      signal,
    });
    this.queue = new RunQueue({
      run: () => this.run(),
      onError: (error) => {
        if (!signal.aborted) log(`looking at the disk failed: ${describe(error)}`);
      },
      quietMs: QUIET_MS,
      maxWaitMs: MAX_WAIT_MS,
    });
  }

  get snapshot(): Snapshot {
    return this.announcer.snapshot;
  }

  get watching(): WatchState {
    return this.directoryWatch?.state ?? nothingWatched;
  }

  listen(listener: (change: InspectorChange) => void): { dispose(): void } {
    return this.announcer.listen(listener);
  }

  /** The explanations of what is shown are others now. */
  tellExplained(): void {
    this.announcer.tell(explainedAnew);
  }

  async refresh(): Promise<Snapshot> {
    this.dirt.everything = true;
    await this.queue.requestNow();
    return this.snapshot;
  }

  async whenIndexed(signal?: AbortSignal): Promise<Snapshot> {
    signal?.throwIfAborted();
    const settled = new Promise<void>((resolve) => {
      this.waiting.push(resolve);
    });
    this.settle();
    await (signal === undefined ? settled : Promise.race([settled, rejection(signal)]));
    return this.snapshot;
  }

  watch(): void {
    if (this.directoryWatch !== undefined || this.abort.signal.aborted) return;
    this.directoryWatch = new DirectoryWatch({
      ...this.options.watch,
      log: this.options.log,
      onName: (directory, name) => {
        this.happened(directory, name);
      },
      onPoll: async () => {
        this.dirt.everything = true;
        await this.queue.requestNow();
      },
      onStateChange: () => {
        this.announcer.tell(watchStateChanged);
      },
    });
    this.replan();
  }

  /** The real paths of all directories that nothing may be written into. */
  get places(): readonly string[] {
    return this.everything.places;
  }

  shows(path: string): boolean {
    return this.everything.rootOf(path)?.directory.fileAt(path) !== undefined;
  }

  /** A file that is shown, and the directory it must really lie in. Throws ReadError for any other path. */
  find(path: string): { readonly root: ScannedRoot; readonly file: SessionFile } {
    const root = this.everything.rootOf(path);
    const file = root?.directory.fileAt(path);
    if (root !== undefined && file !== undefined) return { root, file };
    const known = [...this.everything.scannedRoots()].some(({ directory }) => path.startsWith(directory.path));
    throw known
      ? new ReadError("vanished", path, l10n.t("{0} is no longer there.", path))
      : new ReadError("outside", path, l10n.t("{0} does not lie in a sessions directory that is shown.", path));
  }

  async index(path: string, signal?: AbortSignal): Promise<TranscriptIndex> {
    for (;;) {
      signal?.throwIfAborted();
      const { root, file } = this.find(path);
      const { indexed, fresh } = root.directory.indexedAt(path);
      if (fresh && indexed !== undefined) return indexed.index;
      if (!isTranscriptName(file.name)) {
        return (await this.readerOf(root).readIndex(path, undefined, signal ?? this.abort.signal)).index;
      }
      const change = this.indexer.now({ root, file });
      const index = (await (signal === undefined ? change : Promise.race([change, rejection(signal)])))?.after?.index;
      if (index !== undefined) return index;
      // It changed while it was read. Look at it, and read on from there.
      await this.lookAt(path, root);
    }
  }

  /** Writes what an earlier start did not know to the cache, now. */
  save(): Promise<void> {
    return this.cache.save();
  }

  dispose(): void {
    if (this.abort.signal.aborted) return;
    void this.cache.dispose();
    this.abort.abort();
    clearTimeout(this.arrivalTimer);
    this.directoryWatch?.dispose();
    this.queue.dispose();
    this.announcer.dispose();
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private async lookAt(path: string, root: ScannedRoot): Promise<void> {
    this.note(root.directory.path, path.slice(root.directory.path.length + 1));
    await this.queue.requestNow();
  }

  private async run(): Promise<void> {
    const dirt = this.dirt;
    this.dirt = noDirt();
    this.running = true;
    let changes: readonly FileChange[];
    try {
      changes = await this.everything.look(dirt);
    } catch (error) {
      // Whatever it was, the next look does not rely on this one.
      this.dirt.everything = true;
      this.running = false;
      // What arrived meanwhile is shown all the same, and who waits is answered with what there is.
      this.indexer.wake();
      this.settle();
      throw error;
    }
    this.running = false;
    for (const root of dirt.retell) this.rough.delete(root);
    const isFirst = this.snapshot.stateDirs.length === 0;
    this.announcer.announce(this.everything.snapshot, isFirst ? [] : pathsOf(changes));
    for (const root of this.everything.scannedRoots()) this.cache.look(root);
    if (dirt.everything) this.replan();
    this.indexer.wake();
    this.settle();
  }

  private *unindexed(): Generator<IndexJob> {
    for (const root of this.everything.scannedRoots()) {
      for (const file of root.directory.unindexed()) yield { root, file };
    }
  }

  private arrived(root: ScannedRoot, change: FileChange): void {
    const changes = this.arrivals.get(root) ?? [];
    changes.push(change);
    this.arrivals.set(root, changes);
    if (changes.length === BATCH_FILES) {
      clearTimeout(this.arrivalTimer);
      this.arrivalTimer = undefined;
    }
    this.arrivalTimer ??= setTimeout(
      () => {
        this.arrivalTimer = undefined;
        this.settle();
      },
      changes.length >= BATCH_FILES ? 0 : BATCH_MS,
    );
  }

  /** Shows what arrived, tells anew what that may have changed, and answers who waits once nothing is left to do. */
  private settle(): void {
    // A run that is under way tells what it found at its end, and then comes here.
    if (this.running || this.abort.signal.aborted) return;
    if (this.arrivals.size > 0 && (this.arrivalTimer === undefined || this.indexer.idle)) this.showArrivals();
    if (!this.indexer.idle || this.arrivals.size > 0) return;
    if (this.rough.size > 0) {
      for (const root of this.rough) this.dirt.retell.add(root);
      this.queue.request();
      return;
    }
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private showArrivals(): void {
    clearTimeout(this.arrivalTimer);
    this.arrivalTimer = undefined;
    const arrivals = this.arrivals;
    this.arrivals = new Map();
    for (const [root, changes] of arrivals) {
      if (!this.everything.patch(root, changes)) this.rough.add(root);
    }
    this.announcer.announce(this.everything.snapshot, []);
  }

  private happened(directory: string, name: string | undefined): void {
    if (this.plan === undefined) return;
    const meaning = this.plan.meaningOf(directory, name);
    if (meaning === "nothing") return;
    if (meaning === "everything") this.dirt.everything = true;
    else if (meaning === "directory") this.dirt.directories.add(directory);
    else this.note(directory, name ?? "");
    this.queue.request();
  }

  private note(directory: string, name: string): void {
    const names = this.dirt.names.get(directory) ?? new Set();
    names.add(name);
    this.dirt.names.set(directory, names);
  }

  private replan(): void {
    this.planning = this.planning.then(async () => {
      if (this.directoryWatch === undefined || this.abort.signal.aborted) return;
      try {
        this.plan = await planWatches(this.everything.stateDirs, this.snapshot.lookedAt, this.options.platform);
        this.directoryWatch.follow(this.plan.directories);
      } catch (error) {
        this.options.log(`watching failed: ${describe(error)}`);
      }
    });
  }

  private readerOf({ located }: ScannedRoot): SessionFileReader {
    return this.options.readerOf(located.within);
  }
}

/** Documents are made of transcripts and traces; other files are only listed. */
function pathsOf(changes: readonly FileChange[]): readonly string[] {
  const paths = new Set<string>();
  for (const { before, after } of changes) {
    const file = after ?? before;
    if (file !== undefined && (isTranscriptName(file.name) || file.name.kind === "trajectory")) paths.add(file.path);
  }
  return [...paths];
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
