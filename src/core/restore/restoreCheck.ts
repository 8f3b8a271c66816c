/** One thing that was looked at before a restore. */
export interface RestoreCheck {
  readonly code: CheckCode;
  readonly level: CheckLevel;
  /** A whole sentence that names the thing: what was found. */
  readonly text: string;
  /** A whole sentence: what to do about it. Undefined only when `ok`. */
  readonly remedy: string | undefined;
}

/**
 * `ok` · `warning`: shown, does not stop · `confirm`: stops until the user gives his word for exactly this · `blocker`: stops, and
 * nothing overrides it.
 */
export type CheckLevel = "ok" | "warning" | "confirm" | "blocker";

export type CheckCode =
  /** Does a gateway run here (lock file, port, `status: "running"`, live `.jsonl.lock`)? */
  | "gateway"
  | "run-in-progress"
  | "workspace-trust"
  /** Where sessions are kept: files, tables, or both. */
  | "era"
  | "source-readable"
  | "source-header"
  | "source-ids"
  | "source-answers"
  | "source-damage"
  | "source-masked"
  | "source-superset"
  | "already-current"
  | "target-name"
  /** Nothing on disk names the key of the window: it goes by the time, or by there being no other. */
  | "key-guessed"
  /** The conversation that is current now: what is known of it and that it is kept. */
  | "displaced"
  | "id-elsewhere"
  | "case-collision"
  | "index-readable"
  | "index-duplicate-key"
  | "index-symlink"
  | "index-size"
  | "containment"
  | "file-system"
  | "disk-space"
  | "owner-and-mode"
  | "writable"
  | "clock"
  | "freshness"
  | "retention"
  | "pruning"
  | "usage-counted-twice"
  | "checkpoints"
  | "vault"
  | "unfinished-restore"
  /** For undoing: is everything as the restore left it, and is the way back still in the vault? */
  | "changed-since";

/** What stops a plan: blockers always, `confirm` unless the user's word is there. */
export function stoppers(checks: readonly RestoreCheck[]): readonly RestoreCheck[] {
  return checks.filter(({ level }) => level === "blocker" || level === "confirm");
}
