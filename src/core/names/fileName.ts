/**
 * The names of files in a sessions directory, told apart by name alone. The grammar and its
 * classification order are in parseFileName.ts; this file says what there is.
 */

/** Why a transcript was archived; part of its name. */
export type ArchiveReason = "reset" | "deleted" | "bak";

interface Named {
  /** The file's base name, exactly as on disk. */
  readonly base: string;
}

/** Live or orphan: only the store tells. */
export interface TranscriptName extends Named {
  readonly kind: "transcript";
  /** Everything before `.jsonl`. */
  readonly stem: string;
  /** The session id the name claims; the header's id is the true one. */
  readonly sessionId: string;
  /** `-topic-<topic>`, URL-decoded. */
  readonly topic: string | undefined;
  /** `2026-03-31T04-00-00-397Z_<uuid>`: forks and truncation successors. Epoch ms. */
  readonly prefixAt: number | undefined;
}

/** `<stem>.jsonl.<reason>.<stamp>[.<generation>][.zst]`: written once. */
export interface ArchiveName extends Named {
  readonly kind: "archive";
  readonly reason: ArchiveReason;
  readonly stem: string;
  readonly sessionId: string;
  readonly topic: string | undefined;
  readonly prefixAt: number | undefined;
  /** Moment of the rename, epoch ms; undefined when the stamp does not parse. */
  readonly at: number | undefined;
  /** The text after the reason, without generation and `.zst`, as written. */
  readonly stamp: string;
  /** `iso`: OpenClaw's own form; `epoch`: memory-core's `<epochMillis>`; `other`: anything else, kept. */
  readonly stampForm: "iso" | "epoch" | "other";
  /** 32 hex digits (7.2-beta+). */
  readonly generation: string | undefined;
  readonly zst: boolean;
}

export interface CheckpointName extends Named {
  readonly kind: "checkpoint";
  /** Everything before `.checkpoint.`: the session id, perhaps with prefix stamp or topic. */
  readonly stem: string;
  readonly sessionId: string;
  /** Not the `checkpointId`: the two are independent. */
  readonly uuid: string;
}

export interface TrajectoryName extends Named {
  readonly kind: "trajectory";
  /** Everything before `.trajectory.jsonl`. */
  readonly stem: string;
  readonly sessionId: string;
}

/** Files that belong to a session or the store but hold no conversation. */
export interface SideName extends Named {
  readonly kind: "side";
  readonly role:
    | "store"
    | "store-backup"
    | "store-side-file"
    | "lock"
    | "temporary"
    | "repair-backup"
    | "migrated"
    | "trajectory-pointer"
    | "acp-stream"
    | "codex-side-car"
    | "skills-prompts"
    | "cold-storage";
  /** `sessions.json.bak.<epochMillis>`: epoch ms. */
  readonly at?: number;
}

/** Shown, never touched. */
export interface UnknownName extends Named {
  readonly kind: "unknown";
}

export type FileName = TranscriptName | ArchiveName | CheckpointName | TrajectoryName | SideName | UnknownName;
