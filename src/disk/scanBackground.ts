import type { SessionFile } from "../core/conversation/model";
import { ReadError } from "../core/inspectorPort";
import { emptyCache } from "./cacheStore";
import { problemOf } from "./readErrors";
import type { FileChange } from "./scanDirectory";
import type { IndexedFile } from "./scanIndex";
import type { ScannedRoot } from "./scanStateDir";
import { TimeSlice } from "./scanTimeSlice";

export interface IndexJob {
  readonly root: ScannedRoot;
  readonly file: SessionFile;
}

export interface BackgroundIndexerOptions {
  /** Every transcript that has no index, or an old one. */
  readonly jobs: () => Iterable<IndexJob>;
  /** Reads the file, from where `previous` ends when its beginning is still the same. Throws ReadError. */
  readonly readIndex: (job: IndexJob, previous: IndexedFile | undefined, signal: AbortSignal) => Promise<IndexedFile>;
  /** Makes an index of what the cache kept; undefined when it does not fit. */
  readonly restore: (cached: unknown) => IndexedFile | undefined;
  /** A file got its index, or the reason why it has none. */
  readonly onDone: (root: ScannedRoot, change: FileChange) => void;
  readonly onIdle: () => void;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal;
}

/** While one file is read, another is understood. */
const AT_ONCE = 2;

/**
 * Indexes every transcript that needs it, the newest first; a file somebody asks for goes before all others. What the cache
 * knows is taken from there.
 */
export class BackgroundIndexer {
  private queue: IndexJob[] = [];
  private readonly caches: ScannedRoot[] = [];
  private readonly running = new Map<string, Promise<FileChange | undefined>>();
  /** Files change by exchanging the object, so one that was tried in vain is not tried again until it changed. */
  private readonly tried = new WeakSet<SessionFile>();
  private workers = 0;
  private restoring = false;

  constructor(private readonly options: BackgroundIndexerOptions) {}

  get idle(): boolean {
    return this.queue.length === 0 && this.caches.length === 0 && this.workers === 0 && !this.restoring;
  }

  /** Takes what the root's cache knows, once. */
  restore(root: ScannedRoot): void {
    this.caches.push(root);
  }

  /** There may be something to do. */
  wake(): void {
    if (this.restoring || this.options.signal.aborted) return;
    if (this.caches.length > 0) {
      void this.restoreAll();
      return;
    }
    // Sorted so that the newest is taken from the end.
    this.queue = this.jobs().sort((one, other) => one.file.mtimeMs - other.file.mtimeMs);
    while (this.workers < Math.min(AT_ONCE, this.queue.length)) void this.work();
  }

  /** Indexes one file now. Undefined when it changed meanwhile. Rejects with the ReadError that kept it from being read. */
  now(job: IndexJob): Promise<FileChange | undefined> {
    const path = job.file.path;
    const running = this.running.get(path) ?? this.run(job).finally(() => this.running.delete(path));
    this.running.set(path, running);
    return running;
  }

  private jobs(): IndexJob[] {
    return [...this.options.jobs()].filter(({ file }) => !this.tried.has(file));
  }

  private async restoreAll(): Promise<void> {
    this.restoring = true;
    try {
      const slice = new TimeSlice();
      for (let root = this.caches.shift(); root !== undefined; root = this.caches.shift()) {
        for await (const cached of (await root.cache).indexes()) {
          if (slice.over()) await slice.rest();
          if (this.options.signal.aborted) return;
          const indexed = this.options.restore(cached.index);
          const change = indexed && root.directory.setCachedIndex(cached, indexed);
          if (change !== undefined) this.options.onDone(root, change);
        }
        // What is not let go here stays in memory: some MB for ten thousand files.
        root.cache = Promise.resolve(emptyCache);
      }
    } finally {
      this.restoring = false;
    }
    this.wake();
    this.tellIdle();
  }

  private async work(): Promise<void> {
    this.workers++;
    try {
      for (let job = this.queue.pop(); job !== undefined; job = this.queue.pop()) {
        if (this.options.signal.aborted) return;
        // Vanished or changed since it was queued: the run that noticed it has queued what is there now.
        if (job.root.directory.fileAt(job.file.path) !== job.file) continue;
        this.tried.add(job.file);
        await this.now(job).catch((error: unknown) => {
          if (this.options.signal.aborted || error instanceof ReadError) return;
          this.options.log(`indexing a transcript failed: ${String(error)}`);
        });
      }
    } finally {
      this.workers--;
    }
    // What changed while it was read is read again.
    if (this.workers === 0 && this.jobs().length > 0) this.wake();
    this.tellIdle();
  }

  private tellIdle(): void {
    if (this.idle && !this.options.signal.aborted) this.options.onIdle();
  }

  private async run(job: IndexJob): Promise<FileChange | undefined> {
    const { file, root } = job;
    const { directory } = root;
    let change: FileChange | undefined;
    try {
      const { indexed: previous } = directory.indexedAt(file.path);
      change = directory.setIndex(file, await this.options.readIndex(job, previous, this.options.signal));
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      change = directory.setProblem(file, problemOf(error));
      throw error;
    } finally {
      if (change !== undefined) this.options.onDone(root, change);
    }
    return change;
  }
}
