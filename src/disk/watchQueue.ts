/** The part of the clock that a queue needs; tests bring their own. */
export interface Clock {
  now(): number;
  /** Calls back once after `delayMs`; the result cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The same clock for work that no process should be kept alive for. */
export const patientClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

export interface RunQueueOptions {
  readonly run: () => Promise<void>;
  /** Told of a run that failed and that nobody waited for. */
  readonly onError: (error: unknown) => void;
  /** A requested run starts when this long nothing more was requested, ms … */
  readonly quietMs: number;
  /** … but no later than this after the first request, ms. */
  readonly maxWaitMs: number;
  readonly clock?: Clock;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Work that follows events: debounced, never overlapping itself, and what arrives during a run is folded into one next run.
 * The work itself finds out what there is to do.
 */
export class RunQueue {
  private readonly clock: Clock;
  private cancelTimer: (() => void) | undefined;
  private firstRequestAt: number | undefined;
  private waiting: Waiting[] = [];
  private running = false;
  private disposed = false;

  constructor(private readonly options: RunQueueOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /** Something may have changed; run soon. */
  request(): void {
    if (this.disposed) return;
    this.firstRequestAt ??= this.clock.now();
    if (this.running) return;
    const latest = this.firstRequestAt + this.options.maxWaitMs - this.clock.now();
    this.startAfter(Math.max(0, Math.min(this.options.quietMs, latest)));
  }

  /** Run now, or right after the run that is under way. Resolves when a run that began after this call is over. */
  requestNow(): Promise<void> {
    if (this.disposed) return Promise.reject(new Error("The queue was disposed."));
    this.firstRequestAt ??= this.clock.now();
    const done = new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
    });
    if (!this.running) this.startAfter(0);
    return done;
  }

  dispose(): void {
    this.disposed = true;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    const waiting = this.waiting;
    this.waiting = [];
    for (const each of waiting) each.reject(new Error("The queue was disposed."));
  }

  private isRequested(): boolean {
    return this.firstRequestAt !== undefined;
  }

  private startAfter(delayMs: number): void {
    this.cancelTimer?.();
    this.cancelTimer = this.clock.after(delayMs, () => {
      this.cancelTimer = undefined;
      void this.start();
    });
  }

  private async start(): Promise<void> {
    const answered = this.waiting;
    this.waiting = [];
    this.firstRequestAt = undefined;
    this.running = true;
    try {
      await this.options.run();
      for (const each of answered) each.resolve();
    } catch (error) {
      if (answered.length === 0) this.options.onError(error);
      for (const each of answered) each.reject(error);
    }
    this.running = false;
    if (this.disposed || !this.isRequested()) return;
    if (this.waiting.length > 0) this.startAfter(0);
    else this.request();
  }
}
