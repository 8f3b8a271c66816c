import type { TranscriptIndex } from "../index/transcriptIndex";
import type { KeptMark } from "../keep/keptMark";
import type { ConfigFacts } from "../surroundings/surroundings";
import type { SpeakerKind } from "../transcript/speaker";
import type { FileName } from "../names/fileName";
import type { Problem } from "../problem";
import type { StoreRow } from "../store/storeRow";

/**
 * The model everything above disk reads: state directories, their agents, conversations, windows and files (design: "the
 * words"). Plain immutable data; a change makes new objects only along the changed path, so `===` tells what changed.
 */

/** One file in a sessions directory, as last seen. Times are epoch ms, sizes bytes. */
export interface SessionFile {
  /** Absolute path as found (not resolved). */
  readonly path: string;
  readonly name: FileName;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** Permission bits, where the platform has them. */
  readonly mode: number;
  /** Why it cannot be read (not a regular file, no permission, link out of the state directory, …). */
  readonly problem: Problem | undefined;
  /** First lines: known soon after the listing. */
  readonly head: FileHead | undefined;
  /** Counts: known once the file was indexed. */
  readonly index: TranscriptIndex | undefined;
  /** Present on copies that were kept out of OpenClaw's reach: they lie in the folder of kept copies. */
  readonly kept?: KeptMark | undefined;
}

/** What a bounded read of the first and last bytes tells; enough to place a file. */
export interface FileHead {
  readonly headerId: string | undefined;
  readonly headerAt: number | undefined;
  readonly headerVersion: number | undefined;
  readonly cwd: string | undefined;
  readonly firstEntryId: string | undefined;
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** Trajectories: the key and id every record carries (2026.4.22 to 2026.7). */
  readonly sessionKey: string | undefined;
  /** Who opened the transcript, by its first user message. Absent where nobody looked. */
  readonly opening?: Opening | undefined;
  /** The first message, or the one after a typed command, is OpenClaw's own answer to a bare `/new` or `/reset` (2026.5.18+). */
  readonly announced?: "new" | "reset" | undefined;
  /** How the transcript ends. Absent where nobody looked. */
  readonly ending?: Ending | undefined;
  /** Messages at the beginning that are older than the header: a restart put them in again (2026.4.29–7.35). */
  readonly replayed?: number | undefined;
  /** Trajectories: the OpenClaw version that wrote it. */
  readonly openClawVersion?: string | undefined;
  readonly problem: Problem | undefined;
}

/** What the first user message tells of its sender (opening.ts), without any of its text. */
export interface Opening {
  /** The message is the prompt of a heartbeat. */
  readonly heartbeat: boolean;
  /** A fingerprint of the sender block that OpenClaw puts before the text; undefined when there is none. */
  readonly sender: string | undefined;
  /** Whose turn it was (speaker.ts): `user`, `heartbeat`, `cron`, `exec-notice`, `startup`, `system-event`, … */
  readonly speaker: SpeakerKind;
  /** Of a startup prompt: the command it stands for, where the wording tells. */
  readonly startup: "new" | "reset" | undefined;
  /** The words begin with `/new` or `/reset`, literally: kept from 2026.7, else refused and nothing was reset. */
  readonly typedCommand: "new" | "reset" | undefined;
  /** `System:` lines stand before the words. */
  readonly systemEvents: boolean;
  /** One of those is the notice of a finished command. */
  readonly execNotice: boolean;
  /** The message carries the gateway's stamp, `[Mon 2026-03-30 09:15 UTC]`. Without one a `/new ` was cut off (up to 2026.5.18). */
  readonly stamped: boolean;
  /** The words end in a `Current time:` line, as machine prompts do (up to 2026.4.25). */
  readonly currentTime: boolean;
  /** What stamp, system lines or `Current time:` tell of the gateway's zone. */
  readonly zone: ZoneHint | undefined;
  /** Epoch ms of the row. */
  readonly at: number | undefined;
  /** Of the row: line from 1, byte offset. */
  readonly line: number;
  readonly offset: number;
}

export interface ZoneHint {
  /** As written: `UTC`, `GMT+9`, `EST`. */
  readonly label: string;
  /** `Asia/Tokyo`, from a `Current time:` line. */
  readonly name: string | undefined;
  /** Minutes ahead of UTC, by comparing the local time that is written with the row's own time, to a quarter of an hour. */
  readonly offsetMinutes: number | undefined;
}

/** What the last entries tell, without any of their text. */
export interface Ending {
  /** Whose the last message is; undefined when no message lies in what was read. */
  readonly speaker: SpeakerKind | undefined;
  /** Of the last answer of the model. */
  readonly stopReason: string | undefined;
  /** What its error message is about, by wording: only these are told apart. */
  readonly error: "overflow" | "role-order" | "other" | undefined;
  /** Tokens that the last answer counted as its input, cache included. */
  readonly inputTokens: number | undefined;
  /** The last message is a person's and no answer follows. */
  readonly unanswered: boolean;
  /** Entries of type `compaction` among what was read. */
  readonly compactions: number;
  /** Epoch ms of the last message that a person sent, when it lies in what was read. */
  readonly lastUserAt: number | undefined;
  /** Byte offset of the last entry's line. */
  readonly offset: number | undefined;
}

/** Kinds of windows, as `list --json` names them. */
export type WindowKind = "live" | "reset" | "deleted" | "bak" | "checkpoint" | "orphan" | "trajectory-only" | "missing";

/**
 * One stretch of a conversation that the agent remembered as a whole. Its identity is (agent, header id, first entry id),
 * never the file name: one id can have several windows, and one window several files.
 */
export interface Window {
  /**
   * Stable across runs and renames of the file: `<agent>/<header id>/<first entry id or "-">`. A file whose head could not be
   * read has no such identity and goes by its name: `<agent>/<id of the name>/~<base name>`.
   */
  readonly windowId: string;
  readonly agentId: string;
  readonly sessionId: string;
  readonly kind: WindowKind;
  /** The copy that is shown: the live one, else the fullest. None for `missing` and `trajectory-only`. */
  readonly primary: SessionFile | undefined;
  /** The other files that hold (part of) this window: archives, supersets, `.bak`, checkpoints. */
  readonly copies: readonly SessionFile[];
  /** Run traces with this session id; documents of their own, not transcripts. */
  readonly trajectories: readonly SessionFile[];
  /** When it was set aside: the stamp of its newest archive (epoch ms). Undefined while current or orphaned. */
  readonly archivedAt: number | undefined;
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** How it was joined to its conversation; undefined for orphans. */
  readonly join: Join | undefined;
  /** What is wrong with what is known of it. Damage stands with the files; `problemsOfWindow` gives everything. */
  readonly problems: readonly Problem[];
}

/** One rung of the ladder that leads from a transcript to its session key. */
export type JoinRung =
  | "store-row"
  | "usage-family"
  | "session-file-name"
  | "system-prompt-report"
  | "trajectory"
  | "checkpoint-list"
  | "store-backup"
  | "bootstrap-context"
  | "memory-note"
  | "cron-run"
  | "heartbeat-prompt"
  | "kept-copy"
  | "time-adjacency"
  | "chain"
  | "only-conversation";

export interface Join {
  readonly key: string;
  readonly rung: JoinRung;
  /** A whole sentence: what was compared, with the values. Made when it is asked for, so `{ ...join }` loses it. */
  readonly evidence: string;
  /** Other rungs that name another key. Both are shown. */
  readonly disagreeing: readonly { readonly rung: JoinRung; readonly key: string; readonly evidence: string }[];
}

/** What a key is about; groups the tree so that machines do not bury people's chats. */
export type ConversationGroup = "people" | "heartbeat" | "cron" | "subagent" | "other";

export interface Conversation {
  /** The session key, `agent:main:main`; what the user thinks of as "my chat". */
  readonly key: string;
  readonly agentId: string;
  readonly group: ConversationGroup;
  /** What people say: "main", "Telegram · direct chat 5551234". */
  readonly label: string;
  readonly row: StoreRow | undefined;
  /** The current one first (when there is one), then newest first. */
  readonly windows: readonly Window[];
  /** Epoch ms of the newest sign of life of any window. */
  readonly lastActivityAt: number | undefined;
  readonly problems: readonly Problem[];
}

/** Where sessions of an agent are kept. A store outside the state directory is a root of its own, named as such. */
export interface SessionRoot {
  /** Absolute path of the sessions directory. */
  readonly path: string;
  /** Absolute path of the store file (`sessions.json`, or as `session.store` says). */
  readonly storePath: string;
  readonly outside: boolean;
  /** `outside` roots are read only in a trusted workspace. */
  readonly read: boolean;
  readonly problems: readonly Problem[];
}

/** An agent whose sessions are in tables (2026.8+), or partly. */
export interface SqliteSessions {
  readonly databasePath: string;
  /** The session tables found, e.g. `session_nodes`. */
  readonly tables: readonly string[];
}

export interface Agent {
  readonly id: string;
  readonly roots: readonly SessionRoot[];
  readonly conversations: readonly Conversation[];
  /** Windows that could not be joined to a key. */
  readonly orphans: readonly Window[];
  /** Files in the sessions directory that are no transcripts: unknown names, side files, temporaries. */
  readonly otherFiles: readonly SessionFile[];
  readonly sqlite: SqliteSessions | undefined;
  /** How many transcripts are indexed of how many. */
  readonly indexed: { readonly done: number; readonly total: number };
  readonly problems: readonly Problem[];
}

/** Told by what is there (tables, files), never by a version number. */
export type StorageEra = "files" | "sqlite" | "mixed" | "empty" | "unknown";

/** A fact about the surroundings and where it was learned. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

export interface StateDir {
  /** As found. */
  readonly path: string;
  readonly realPath: string;
  /** How it was found: "OPENCLAW_STATE_DIR", "setting openclawSessions.stateDirectories", "workspace folder", … */
  readonly foundBy: readonly string[];
  readonly configPath: string | undefined;
  /** What the config says about resets, heartbeats and logs. Undefined where it could not be read. */
  readonly configFacts?: ConfigFacts | undefined;
  readonly era: StorageEra;
  /** Of the config that the version wrote last, else of the newest run trace. */
  readonly version: (Sourced<string> & { readonly inRunTrace?: boolean }) | undefined;
  readonly agents: readonly Agent[];
  readonly problems: readonly Problem[];
}

/** A place that was looked at, for the welcome view when nothing was found. */
export interface LookedAt {
  readonly path: string;
  readonly why: string;
  readonly outcome: "state directory" | "absent" | "not a state directory" | "unreadable";
}

export interface Snapshot {
  readonly stateDirs: readonly StateDir[];
  readonly lookedAt: readonly LookedAt[];
  readonly problems: readonly Problem[];
}
