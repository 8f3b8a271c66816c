import type { Conversation, SessionFile, Window } from "../conversation/model";
import type { Evidence, NamingRecord, NonEmpty } from "../evidence/evidence";
import type { ResetRecord, RestoreFact } from "./rotationFacts";
import type { Surroundings } from "../surroundings/surroundings";

/** Why a window ended. One file per cause in causes/. */
export type CauseKind =
  /** `/new` or `/reset`, bare or with a text behind it. */
  | "command"
  /** A client called `sessions.reset`: a button, the terminal interface, a script. */
  | "rpc"
  /** The daily boundary lay between, and this was the first turn after it. */
  | "daily"
  | "idle"
  /** 2026.7: the main conversation's row looked ended and its transcript was newer than the row. */
  | "ended-row"
  | "compaction-failure"
  | "role-conflict"
  | "history-corruption"
  | "memory-flush"
  /** Isolated heartbeats and cron jobs take a new session for every run, by design. */
  | "isolated-run"
  /** The index was lost or replaced, and everything in it began anew. */
  | "index-loss"
  /** The transcript behind a row was gone and began anew under its id. */
  | "transcript-missing"
  /** A compaction that truncates wrote a successor file. */
  | "compaction-successor"
  /** Somebody went back to a compaction checkpoint, or branched from one. */
  | "checkpoint-restore"
  | "deleted"
  /** Retention took it: too old, or too many. */
  | "pruned"
  /** Doctor moved a main conversation full of heartbeats aside (2026.5.5+). */
  | "doctor"
  /** The inspector set it aside, to give another conversation back: a restore, an undo or a switch-back. */
  | "restored";

/** `certain`: a record names it. `likely`: every condition holds, with known zone and version. `possible`: one is assumed. */
export type Confidence = "certain" | "likely" | "possible";

interface Judged {
  readonly cause: CauseKind;
  /** What speaks against it. */
  readonly against: readonly Evidence[];
  /** Whole sentences: what would settle it and is not there. */
  readonly missing: readonly string[];
}

/** A cause that holds. Without evidence there is none, and without a record that names it none is certain. */
export type Cause =
  | (Judged & { readonly confidence: "certain"; readonly evidence: readonly [NamingRecord, ...Evidence[]] })
  | (Judged & { readonly confidence: "likely" | "possible"; readonly evidence: NonEmpty<Evidence> });

/** A cause that people would think of, and why it is not this one, with numbers. */
export interface Excluded {
  readonly cause: CauseKind;
  readonly because: NonEmpty<Evidence>;
}

export type ExecutorKind =
  | "user-message"
  | "command"
  | "heartbeat"
  | "cron"
  | "exec-notice"
  | "system-event"
  | "inter-session"
  | "rpc"
  /** The gateway itself: a failed compaction, a conflict, retention. */
  | "gateway"
  /** OpenClaw Session Inspector, at somebody's request. */
  | "inspector"
  | "unknown";

/** Whose turn carried it out. Separate from why: a daily reset is executed by whoever speaks first after the boundary. */
export interface Executor {
  readonly kind: ExecutorKind;
  readonly evidence: readonly Evidence[];
}

/**
 * Whether anybody wanted it.
 * - `asked`: a command or a call · `configured`: a policy somebody wrote · `default`: a policy nobody wrote
 * - `design`: isolated runs, successors · `failure`: something broke · `unknown`: nobody can tell
 */
export type Origin = "asked" | "configured" | "default" | "design" | "failure" | "unknown";

export interface Between {
  /** The session that may be what followed. */
  readonly window: Window;
  /** The next one that is known of the conversation; it may be what followed as well. */
  readonly next: Window;
}

/** Between which windows, and when. */
export interface Boundary {
  /**
   * Stable across runs and while more is written: `<agent>/<old session id>`, for the second end of a session that was restored
   * `…/2`. The key of the reset record and of what was already announced. Not unique across state directories.
   */
  readonly id: string;
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  readonly agentId: string;
  /** Undefined where nothing tells which conversation it was. */
  readonly conversation: Conversation | undefined;
  readonly from: Window;
  /** Undefined: nothing followed, or nothing tells what did. */
  readonly to: Window | undefined;
  /** Why `to` is not known although the conversation went on: a session of no known conversation lies between. */
  readonly between?: Between | undefined;
  /** What the inspector kept that names the conversation or what followed. */
  readonly naming?: ResetRecord | undefined;
  /** When it was carried out, epoch ms; undefined when nothing tells. */
  readonly at: number | undefined;
  /** What tells when. */
  readonly atFrom: "archive-stamp" | "next-header" | "next-entry" | "next-trace" | "store-row" | "nothing";
  /** The archive of `from` that this boundary made, where there is one. */
  readonly archive: SessionFile | undefined;
}

/** What was set aside. Counts are undefined until the transcript is indexed. */
export interface Cost {
  readonly messages: number | undefined;
  /** Of the model's answers, as they report them. */
  readonly tokens: number | undefined;
  /** Epoch ms of the first and last entry. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
}

/** One window ended: why, and who carried it out. */
export interface Rotation extends Boundary {
  /** The likeliest first. Empty: unknown. */
  readonly causes: readonly Cause[];
  readonly excluded: readonly Excluded[];
  /** What was looked at, whatever came of it: never empty, so that "unknown" is no empty answer either. */
  readonly compared: NonEmpty<Evidence>;
  /** Whole sentences, for unknown: what would settle it. */
  readonly missing: readonly string[];
  readonly executedBy: Executor;
  readonly origin: Origin;
  readonly cost: Cost;
  readonly surroundings: Surroundings;
  /** The inspector's own restore that set this aside. */
  readonly restore?: RestoreFact | undefined;
  /** The inspector's own restore since which the conversation that ended here is current again. */
  readonly broughtBack?: RestoreFact | undefined;
  /** `openclaw/openclaw#58409`: signature and version fit, and the first cause is not contradicted. */
  readonly knownIssues: readonly KnownIssueMatch[];
}

export interface KnownIssueMatch {
  /** Number in openclaw/openclaw. */
  readonly issue: number;
  /** A whole sentence: what it is about, the cause quoted as reported where it was only reported. */
  readonly about: string;
}

/** Something in a log that looks like a rotation and is none. */
export interface LookAlike {
  readonly stateDir: string;
  readonly agentId: string | undefined;
  readonly key: string | undefined;
  readonly at: number;
  readonly evidence: Evidence;
}

export function firstCause(rotation: Pick<Rotation, "causes">): CauseKind | "unknown" {
  return rotation.causes[0]?.cause ?? "unknown";
}

/** Nobody asked for it and nobody configured it. */
export function isUnexpected({ origin }: Pick<Rotation, "origin">): boolean {
  return origin === "default" || origin === "failure" || origin === "unknown";
}
