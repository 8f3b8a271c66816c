import type { Disposable, Inspector } from "../core/inspectorPort";
import type { Streams } from "./terminal";

/** What the command line needs of its surroundings; the roof gives the real ones, tests their own. */
export interface World {
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly version: string;
  /** IANA name; the machine's own zone when absent. */
  readonly timeZone?: string;
  /** How long `watch` waits with its verdict; a second when absent. */
  readonly settleMs?: number;
  /** With directories: look there and nowhere else. */
  createInspector(stateDirs: readonly string[], places: WritingPlaces): Inspector;
  /** Calls the listener when somebody wants the program to end (a signal), until it is disposed of. */
  onStop(listener: () => void): Disposable;
}

/** Where things are written, as far as somebody named a place; relative paths are of the working directory. */
export interface WritingPlaces {
  /** Base of journals, backups and receipts (`--backup-dir`). */
  readonly backupDir: string | undefined;
  /** Of kept copies (`--keep-dir`). */
  readonly keepDir: string | undefined;
}
