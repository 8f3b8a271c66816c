import type { CronRun, MemoryNote } from "../conversation/agentInput";
import type { FileHead } from "../conversation/model";
import type { Place } from "../evidence/evidence";
import type { PlanKind } from "../restore/restorePlan";
import type { LogCoverage, LogRecord } from "../log/logRecord";
import type { StoreRow } from "../store/storeRow";
import type { ConfigFacts, Surroundings } from "../surroundings/surroundings";
import type { Boundary } from "./rotation";

/**
 * All that may be compared to judge one boundary. Everything beyond the boundary itself may be absent; taking something away
 * never makes a cause surer (a property test holds it).
 */
export interface RotationFacts {
  readonly boundary: Boundary;
  readonly surroundings: Surroundings;
  /** Records around the boundary, oldest first. */
  readonly logs: readonly LogRecord[];
  /** A log that covers the moment, when there is one: only then does silence say something. */
  readonly logCovers: LogCoverage | undefined;
  /** A log of that time which says too much to be read whole: what is nearest to the moment was read. */
  readonly logUnread?: LogCoverage | undefined;
  /** `logs/commands.log` of about that time. */
  readonly commands: readonly CommandRecord[];
  /** Memory notes that name the old session id, written within minutes. */
  readonly notes: readonly PlacedNote[];
  /** Cron runs that ended within minutes. */
  readonly cronRuns: readonly CronRun[];
  /** The store's row as it was before, from an index backup or a reset record. */
  readonly rowBefore: RowBefore | undefined;
  /** Kind of turn that began first after the boundary, from run traces (2026.4.22–7.35). */
  readonly trigger: TurnTrigger | undefined;
  /** Other conversations of the agent that began within a minute of this boundary, and how many there are at all. */
  readonly beganTogether: { readonly count: number; readonly of: number };
  /** What the inspector kept when it saw this happen. */
  readonly resetRecord: ResetRecord | undefined;
  /** The config as it is now: what it says of retention. */
  readonly config?: ConfigFacts | undefined;
  /** Other ends within a minute, of whatever conversation: a line that names none may be about any of them. */
  readonly beside?: readonly EndBeside[] | undefined;
  /** The inspector's own restore that set aside what ended here. */
  readonly restore?: RestoreFact | undefined;
  /** The inspector's own restore since which the session that ended here is current again. */
  readonly broughtBack?: RestoreFact | undefined;
  /** Epoch ms at which all this was looked at. */
  readonly now?: number | undefined;
}

/** A restore, an undo or a switch-back that the inspector made, as its journal says. */
export interface RestoreFact {
  /** What `openclaw-sessions undo` takes. */
  readonly id: string;
  readonly kind: PlanKind;
  /** The restore that this one undid or switched back from. */
  readonly of: string | undefined;
  /** It was not undone. */
  readonly inForce: boolean;
  /** Epoch ms; the same time is in the name of what was set aside. */
  readonly at: number;
  readonly agentId: string;
  /** The key that points to `to` since. */
  readonly key: string;
  /** Session ids: what was current before, and what is afterwards. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Real paths of what it made: the archive of `from`, and the transcript of `to`. */
  readonly setAside: string | undefined;
  readonly restored: string | undefined;
  /** The journal. */
  readonly place: Place;
}

/** Another end of a session in the same state directory. */
export interface EndBeside {
  /** Epoch ms. */
  readonly at: number;
  /** Of its conversation, where that is known. */
  readonly key: string | undefined;
  /** What its archive says; undefined without one. */
  readonly reason: "reset" | "deleted" | undefined;
}

/** One line of `logs/commands.log` (the `command-logger` hook). */
export interface CommandRecord {
  /** Epoch ms. */
  readonly at: number;
  readonly action: string;
  readonly sessionKey: string | undefined;
  readonly source: string | undefined;
  readonly place: Place;
}

export interface PlacedNote extends MemoryNote {
  readonly place: Place;
  /** Epoch ms, as the note itself says: a file's time tells only when it was copied. */
  readonly at: number | undefined;
}

export interface RowBefore {
  readonly row: StoreRow;
  readonly from: "store-backup" | "reset-record";
  readonly place: Place | undefined;
  /** Epoch ms at which it was kept. */
  readonly keptAt: number | undefined;
}

export interface TurnTrigger {
  /** `user`, `heartbeat`, `cron`, … as written in `data.trigger` of `session.started`. */
  readonly trigger: string;
  /** Epoch ms. */
  readonly at: number;
  readonly place: Place;
}

/** What is kept of a rotation seen while running: logs are deleted after a day, rows are overwritten at once. */
export interface ResetRecord {
  /** `Boundary.id`. */
  readonly id: string;
  readonly agentId: string;
  readonly key: string;
  /** Epoch ms. */
  readonly at: number;
  readonly recordedAt: number;
  readonly fromSessionId: string;
  readonly toSessionId: string | undefined;
  /** Where the old transcript was then. */
  readonly archive: string | undefined;
  readonly rowBefore: StoreRow | undefined;
  readonly logs: readonly LogRecord[];
  readonly commands: readonly CommandRecord[];
  readonly trigger: TurnTrigger | undefined;
  /** The old transcript and the next one as they were then: retention takes both. */
  readonly fromFile?: KeptFile | undefined;
  readonly toFile?: KeptFile | undefined;
}

export interface KeptFile {
  /** Absolute path. */
  readonly path: string;
  readonly head: FileHead;
  readonly messages: number | undefined;
}

/** What was collected of one state directory besides its snapshot (src/disk). Each part may be empty. */
export interface CollectedEvidence {
  readonly logs: readonly LogRecord[];
  readonly logCoverage: readonly LogCoverage[];
  /** Stretches around given moments that were not read whole; none of them is in `logCoverage`. */
  readonly logUnread?: readonly LogCoverage[] | undefined;
  readonly commands: readonly CommandRecord[];
  readonly notes: readonly PlacedNote[];
  readonly cronRuns: readonly CronRun[];
  /** Rows of index backups, newest first. */
  readonly rowsBefore: readonly RowBefore[];
  /** First turn of each run trace, by session id. */
  readonly triggers: ReadonlyMap<string, readonly TurnTrigger[]>;
  readonly resetRecords: readonly ResetRecord[];
  /** What the inspector itself restored here, undid or switched back. */
  readonly restores?: readonly RestoreFact[] | undefined;
  readonly locks: readonly LockFact[];
  /** Of isolated heartbeats: what their run traces say was sent to the model. */
  readonly traceContexts: readonly TraceContext[];
  /** IANA name of the machine's zone. */
  readonly machineZone: string;
  /** Epoch ms. */
  readonly now: number;
}

/** A lock file in a sessions directory, or the gateway's own. */
export interface LockFact {
  readonly place: Place;
  /** Session id or `sessions.json` it locks; undefined for the gateway's lock. */
  readonly of: string | undefined;
  readonly pid: number | undefined;
  /** Epoch ms, as the lock says or else the file's time. */
  readonly since: number | undefined;
  /** Undefined: cannot be told from here (another machine, no permission). */
  readonly alive: boolean | undefined;
  /** Where the gateway listens, as its lock says (2026.7.35+). */
  readonly port?: number | undefined;
  /** Config of the gateway, as its lock says. */
  readonly configPath?: string | undefined;
}

/** One `context.compiled` record of a run trace (2026.4.22–7.35): what the model was given. */
export interface TraceContext {
  readonly sessionKey: string;
  readonly sessionId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly messages: number;
  /** Messages per role. */
  readonly roles: Readonly<Record<string, number>>;
  /** User messages that are heartbeat prompts; all but the last are earlier ticks. */
  readonly heartbeatPrompts: number;
  /** Messages stamped before the session's own trace began: they were carried over from another session. */
  readonly carriedOver: number;
  /** Characters of all messages and of the system prompt; a token is about four. */
  readonly characters: number;
  /** Tokens of the answer's usage, as the model reported them. */
  readonly inputTokens: number | undefined;
  readonly contextTokens: number | undefined;
  /** Bytes of a record that is too long to be parsed: it was only measured, and nothing above is counted. */
  readonly unreadBytes?: number | undefined;
  readonly place: Place;
}
