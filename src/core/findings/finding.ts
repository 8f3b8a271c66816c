import type { Evidence, NonEmpty, Place } from "../evidence/evidence";
import type { KnownIssueMatch } from "../rotation/rotation";
import type { Deadline } from "./retention";

/**
 * Something worth a person's attention: an incident of a session, or (later) a rule about the config. One type, so that tree,
 * hover, notification and command line print the same sentence from the same function.
 */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /**
   * A plain sentence, one line, what tells it from its neighbours first (a side bar shows 30 characters):
   * "03-31 04:00 UTC main: daily reset that nobody configured".
   */
  readonly title: string;
  /** The numbers: what it cost, how much, since when. Whole sentences. */
  readonly detail: string;
  readonly evidence: NonEmpty<Evidence>;
  /** What to do next. Whole sentences. */
  readonly next: string;
  /** Where to look first. */
  readonly place: Place | undefined;
  readonly subject: FindingSubject;
  /** Epoch ms of what happened; findings are sorted by it, newest first. */
  readonly at: number | undefined;
  readonly knownIssues: readonly KnownIssueMatch[];
  /** Archives that are going to be deleted, the first to go first; only with `archive.will-be-deleted`. */
  readonly deadlines?: readonly Deadline[];
}

/** What it is about; names what views mark. */
export interface FindingSubject {
  /** As found. */
  readonly stateDir: string;
  readonly agentId?: string | undefined;
  readonly key?: string | undefined;
  readonly windowId?: string | undefined;
  /** `Boundary.id`, for findings about one rotation. */
  readonly rotationId?: string | undefined;
}

/** `error`: words are gone or are being lost · `warning`: something was cut or will be · `info`: good to know. */
export type Severity = "error" | "warning" | "info";

export type FindingCode =
  | "rotation.unexpected"
  | "rotation.no-successor"
  | "hole"
  | "saving.stopped"
  | "row.transcript-missing"
  | "row.transcript-young"
  | "row.shared-file"
  | "index.lost"
  | "heartbeat.not-isolated"
  | "heartbeat.nested-key"
  | "heartbeat.orphans"
  | "conversation.polluted"
  | "compaction.loop"
  | "compaction.soon-after-rotation"
  | "compaction.no-prior-history"
  | "seam.exec-and-heartbeat"
  | "lock.stale"
  | "transcript.damaged"
  | "transcript.masked"
  | "archive.will-be-deleted"
  | "checkpoint.lost-row";
