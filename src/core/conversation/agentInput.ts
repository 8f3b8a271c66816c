import type { Problem } from "../problem";
import type { StoreRow } from "../store/storeRow";
import type { Agent, SessionFile, SessionRoot, SqliteSessions } from "./model";

/**
 * What disk hands over to have the conversations of one agent told (buildAgent.ts). All values, nothing lazy: the same
 * input always gives the same agent, whatever the order of its lists.
 */
export interface AgentInput {
  readonly agentId: string;
  readonly roots: readonly RootInput[];
  /** Transcripts of this agent that were kept out of OpenClaw's reach. */
  readonly kept?: readonly SessionFile[] | undefined;
  readonly sqlite: SqliteSessions | undefined;
  /** Problems of the agent as a whole; passed through. */
  readonly problems: readonly Problem[];
  /** The agent as built before. What did not change is taken over from it, so that `===` tells what changed. */
  readonly previous?: Agent | undefined;
}

/** One sessions directory and its store. */
export interface RootInput {
  readonly root: SessionRoot;
  /** Every file of the directory, whatever its name. */
  readonly files: readonly SessionFile[];
  readonly rows: readonly ResolvedRow[];
  readonly side: SideEvidence;
  /**
   * Set when several agents share the directory (`session.store` without `{agentId}`); then files and rows are those of
   * all of them. Keys `agent:<other>:…` are left to the other agents; what no key claims is listed by the one agent that
   * takes the rest.
   */
  readonly shared?: { readonly otherAgentIds: readonly string[]; readonly takesRest: boolean } | undefined;
}

/** A store row and the transcript it means by OpenClaw's containment rule. */
export interface ResolvedRow {
  readonly row: StoreRow;
  /**
   * Absolute path of the transcript, whether it exists or not, spelled as in `files` when it is listed there: `sessionFile`
   * where that may be used, else `<sessionId>.jsonl` in the root. Undefined when the row names no usable session.
   */
  readonly filePath: string | undefined;
  /** Why `sessionFile` was not used, or why the row names no session. */
  readonly problem: Problem | undefined;
}

/** What else on disk connects a session id with a key. Each list may be empty. */
export interface SideEvidence {
  /** `sessions.json.bak.<epochMillis>`, any order. */
  readonly storeBackups: readonly StoreBackup[];
  /** Lines of `cron/runs/<jobId>.jsonl`. */
  readonly cronRuns: readonly CronRun[];
  /** `workspace/memory/*.md`, as the session-memory hook writes them. */
  readonly memoryNotes: readonly MemoryNote[];
}

export interface StoreBackup {
  /** Base name, for the evidence. */
  readonly base: string;
  /** Epoch ms of the name. */
  readonly at: number | undefined;
  readonly rows: readonly StoreRow[];
}

export interface CronRun {
  /** Base name of the run log, for the evidence. */
  readonly base: string;
  readonly jobId: string;
  readonly sessionId: string;
  /** As written: the job's key or the run's (`…:cron:<job>:run:<run>`). Absent in older logs. */
  readonly sessionKey: string | undefined;
  /** Epoch ms. */
  readonly at: number | undefined;
}

export interface MemoryNote {
  /** Base name, for the evidence. */
  readonly base: string;
  readonly sessionKey: string;
  readonly sessionId: string;
  /** Epoch ms, where its heading says so: `# Session: 2026-04-22 09:15:00 UTC`. */
  readonly at?: number | undefined;
}

export const noSideEvidence: SideEvidence = { storeBackups: [], cronRuns: [], memoryNotes: [] };
