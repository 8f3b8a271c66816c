import * as l10n from "@vscode/l10n";
import type { WatchState } from "../core/inspectorPort";
import { watchOneDirectory, type WatchOneDirectory } from "./watchOneDirectory";
import { systemClock, type Clock } from "./watchQueue";

/** A directory whose entries matter. */
export interface FollowedDirectory {
  readonly path: string;
  /** Changes when another directory takes the place of this one: device and inode, `"2049:1311"`. */
  readonly identity: string;
  /** Why events cannot be had here (network file system), as a sentence. */
  readonly pollReason: string | undefined;
}

export interface DirectoryWatchOptions {
  /** Something happened to the entry `name` of a followed directory; undefined: any of them. */
  readonly onName: (directory: string, name: string | undefined) => void;
  /** Polling is due. The next one comes after the work that follows from this one. */
  readonly onPoll: (directories: readonly string[]) => Promise<void>;
  readonly onStateChange: () => void;
  readonly log: (message: string) => void;
  readonly forcePolling: boolean;
  /** The rest of the world; tests bring their own. */
  readonly watchOne?: WatchOneDirectory;
  readonly clock?: Clock;
  readonly maxWatches?: number;
  readonly pollMs?: number;
}

/** So many OS watches at most; Linux gives a user as few as 8,192 for everything that runs. */
const MAX_WATCHES = 100;
const POLL_MS = 2_000;
/** Polling uses at most one twentieth of the time. */
const POLL_SHARE = 20;
/** The system has no watches (inotify: ENOSPC) or no open files (EMFILE, ENFILE) left. */
const EXHAUSTED: ReadonlySet<string> = new Set(["ENOSPC", "EMFILE", "ENFILE"]);

/**
 * Follows a changing set of directories: by one OS watch per directory, or by polling where the system, the file system or
 * a setting does not let us. An event says only that something may have changed.
 */
export class DirectoryWatch {
  private readonly watchOne: WatchOneDirectory;
  private readonly clock: Clock;
  private readonly watches = new Map<string, { readonly identity: string; close(): void }>();
  private polled: readonly string[] = [];
  private followed: readonly FollowedDirectory[] = [];
  private exhausted: string | undefined;
  /** Directories that could not be watched, with their identity then. */
  private readonly broken = new Map<string, string>();
  private reason: string | undefined;
  private cancelPoll: (() => void) | undefined;
  private disposed = false;

  constructor(private readonly options: DirectoryWatchOptions) {
    this.watchOne = options.watchOne ?? watchOneDirectory;
    this.clock = options.clock ?? systemClock;
  }

  get state(): WatchState {
    const mode = this.polled.length > 0 ? "polling" : this.watches.size > 0 ? "events" : "off";
    return { mode, reason: this.reason, watches: this.watches.size };
  }

  /** Replaces what is followed; the most important directories first, for there may be more than we may watch. */
  follow(directories: readonly FollowedDirectory[]): void {
    if (this.disposed) return;
    this.followed = directories;
    const before = this.state;
    const { watched, polled, reason } = this.divide(directories);
    for (const [path, watch] of this.watches) {
      if (watched.get(path)?.identity === watch.identity) continue;
      watch.close();
      this.watches.delete(path);
    }
    this.polled = polled;
    this.reason = reason;
    for (const directory of watched.values()) this.begin(directory);
    this.schedulePoll();
    const { mode, reason: after } = this.state;
    if (mode !== before.mode || after !== before.reason) this.options.onStateChange();
  }

  dispose(): void {
    this.disposed = true;
    this.cancelPoll?.();
    for (const watch of this.watches.values()) watch.close();
    this.watches.clear();
    this.polled = [];
  }

  private divide(directories: readonly FollowedDirectory[]): {
    watched: Map<string, FollowedDirectory>;
    polled: string[];
    reason: string | undefined;
  } {
    const watched = new Map<string, FollowedDirectory>();
    const polled: string[] = [];
    const general = this.options.forcePolling
      ? l10n.t("Polling is chosen in the settings, so directories are looked at again every few seconds.")
      : this.exhausted;
    let reason = general;
    for (const directory of directories) {
      if (general !== undefined) {
        polled.push(directory.path);
      } else if (directory.pollReason !== undefined) {
        polled.push(directory.path);
        reason ??= directory.pollReason;
      } else if (this.broken.get(directory.path) === directory.identity) {
        polled.push(directory.path);
        reason ??= l10n.t("{0} cannot be watched, so it is looked at again every few seconds.", directory.path);
      } else if (watched.size >= (this.options.maxWatches ?? MAX_WATCHES)) {
        polled.push(directory.path);
        reason ??= l10n.t(
          "There are more directories than may be watched, so the others are looked at again every few seconds.",
        );
      } else {
        watched.set(directory.path, directory);
      }
    }
    return { watched, polled, reason };
  }

  private begin(directory: FollowedDirectory): void {
    const { path, identity } = directory;
    if (this.watches.has(path) || this.exhausted !== undefined) return;
    const watch = this.watchOne(path, {
      onName: (name) => {
        this.options.onName(path, name);
      },
      onReady: () => {
        // What happened between the listing and this moment came with no event.
        this.options.onName(path, undefined);
      },
      onError: (error) => {
        this.failed(directory, error);
      },
    });
    this.watches.set(path, {
      identity,
      close: () => {
        watch.close();
      },
    });
  }

  private failed({ path, identity }: FollowedDirectory, error: NodeJS.ErrnoException): void {
    if (this.disposed) return;
    this.options.log(`watching ${path} failed: ${error.message}`);
    this.watches.get(path)?.close();
    this.watches.delete(path);
    this.broken.set(path, identity);
    if (error.code !== undefined && EXHAUSTED.has(error.code)) this.exhausted ??= exhaustedSentence(error.code);
    this.follow(this.followed);
    // Perhaps it is gone; what became of it is seen by looking.
    this.options.onName(path, undefined);
  }

  private schedulePoll(): void {
    if (this.polled.length === 0) {
      this.cancelPoll?.();
      this.cancelPoll = undefined;
      return;
    }
    if (this.cancelPoll === undefined) this.pollAfter(this.options.pollMs ?? POLL_MS);
  }

  private pollAfter(delayMs: number): void {
    this.cancelPoll = this.clock.after(delayMs, () => {
      void this.poll();
    });
  }

  private async poll(): Promise<void> {
    const began = this.clock.now();
    try {
      await this.options.onPoll(this.polled);
    } catch (error) {
      this.options.log(`polling failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.cancelPoll = undefined;
    if (this.disposed || this.polled.length === 0) return;
    this.pollAfter(Math.max(this.options.pollMs ?? POLL_MS, (this.clock.now() - began) * POLL_SHARE));
  }
}

function exhaustedSentence(code: string): string {
  if (code === "ENOSPC") {
    return l10n.t(
      "The system's limit of file watches is reached (ENOSPC), so directories are looked at again every few seconds. On Linux, fs.inotify.max_user_watches raises the limit.",
    );
  }
  return l10n.t(
    "The system's limit of open files is reached ({0}), so directories are looked at again every few seconds.",
    code,
  );
}
