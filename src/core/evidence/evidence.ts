/** Where something stands that was compared: what a link leads to. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number | undefined;
  /** Byte offset of that line's first byte. */
  readonly offset?: number | undefined;
}

/** What kind of thing was looked at. */
export type EvidenceSource =
  | "file-name"
  | "file-attributes"
  | "transcript"
  | "trajectory"
  | "store"
  | "store-backup"
  | "config"
  | "log"
  | "commands-log"
  | "memory-note"
  | "cron-run"
  | "lock"
  | "reset-record"
  /** What the inspector wrote down of a restore that it made. */
  | "receipt"
  /** What OpenClaw does where nothing is configured, by its version. */
  | "default"
  /** The clock, the zone and the file system of the machine we run on. */
  | "machine";

/** One thing that was compared. Nothing is claimed without at least one of these. */
export interface Evidence {
  readonly source: EvidenceSource;
  /** A whole sentence with the values that were compared, never with message text. Made when it is asked for. */
  readonly text: string;
  readonly place: Place | undefined;
  /** Epoch ms at which the inspector wrote this down while it ran; undefined for what can still be seen on disk. */
  readonly recordedAt: number | undefined;
}

/**
 * A record that names the cause itself (a log line, `commands.log`, a startup prompt, the marks that only one remote call
 * leaves). Only `record` makes one, so a cause without any cannot be called certain.
 */
export interface NamingRecord extends Evidence {
  readonly [names]: true;
}
declare const names: unique symbol;

export type NonEmpty<T> = readonly [T, ...T[]];

/** `say` is called whenever the text is asked for: ten thousand rotations are judged, a few are read. */
export function evidence(source: EvidenceSource, say: () => string, place?: Place, recordedAt?: number): Evidence {
  return new Said(source, say, place, recordedAt);
}

/** Like `evidence`, for what names the cause. */
export function record(source: EvidenceSource, say: () => string, place?: Place, recordedAt?: number): NamingRecord {
  return new Said(source, say, place, recordedAt) as Evidence as NamingRecord;
}

class Said implements Evidence {
  readonly #say: () => string;

  constructor(
    readonly source: EvidenceSource,
    say: () => string,
    readonly place: Place | undefined,
    readonly recordedAt: number | undefined,
  ) {
    this.#say = say;
  }

  get text(): string {
    return this.#say();
  }
}
