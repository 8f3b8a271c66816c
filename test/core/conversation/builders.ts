import type {
  CronRun,
  MemoryNote,
  ResolvedRow,
  RootInput,
  StoreBackup,
} from "../../../src/core/conversation/agentInput";
import { anIndex } from "../../anIndex";
import { buildAgent, noSideEvidence } from "../../../src/core/conversation/buildAgent";
import type { Agent, Opening, SessionFile, Window } from "../../../src/core/conversation/model";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { parseFileName } from "../../../src/core/names/parseFileName";
import type { Problem } from "../../../src/core/problem";
import type { StoreRow } from "../../../src/core/store/storeRow";

/** `time("08:05")` is on 1 April 2026, `time("2T08:05")` on the second; UTC, epoch ms. */
export function time(text: string): number {
  const [day, clock] = text.includes("T") ? text.split("T") : ["1", text];
  return Date.parse(`2026-04-${(day ?? "").padStart(2, "0")}T${clock?.length === 5 ? `${clock}:00` : (clock ?? "")}Z`);
}

/** `stamp("08:05")` is `2026-04-01T08-05-00.000Z`, as in the name of an archive. */
export function stamp(text: string): string {
  return new Date(time(text)).toISOString().replaceAll(":", "-");
}

export interface FileFacts {
  /** Header id; the name's by default, `null` for a file without a header. */
  readonly id?: string | null;
  /** Header time. */
  readonly at?: string;
  /** First entry id; `null` for a header alone. */
  readonly first?: string | null;
  readonly from?: string;
  readonly to?: string;
  readonly entries?: number;
  readonly bytes?: number;
  /** `false`: neither head nor index was read. */
  readonly read?: boolean;
  readonly problem?: Problem;
  readonly opening?: Opening;
  /** Trajectories. */
  readonly key?: string;
  readonly index?: Partial<TranscriptIndex>;
}

/** A file of the sessions directory, as disk hands it over. */
export function file(base: string, facts: FileFacts = {}): SessionFile {
  const name = parseFileName(base);
  const claimed = "sessionId" in name ? name.sessionId : base;
  const id = facts.id === undefined ? claimed : (facts.id ?? undefined);
  const first = facts.first === undefined ? `${id ?? claimed}-1` : (facts.first ?? undefined);
  const at = facts.at === undefined ? undefined : time(facts.at);
  const head = {
    headerId: id,
    headerAt: at,
    headerVersion: 3,
    cwd: undefined,
    firstEntryId: first,
    firstAt: facts.from === undefined ? (first === undefined ? undefined : at) : time(facts.from),
    lastAt: facts.to === undefined ? (first === undefined ? undefined : at) : time(facts.to),
    sessionKey: facts.key,
    opening: facts.opening,
    problem: undefined,
  };
  const isTranscript = name.kind === "transcript" || name.kind === "archive" || name.kind === "checkpoint";
  const isIndexed = isTranscript && (facts.index !== undefined || facts.entries !== undefined);
  return {
    path: `/s/${base}`,
    name,
    bytes: facts.bytes ?? 1000,
    mtimeMs: 0,
    mode: 0o600,
    problem: facts.problem,
    head: facts.read === false ? undefined : head,
    index: isIndexed && facts.read !== false ? index(facts) : undefined,
  };
}

function index({ index, entries = 4 }: FileFacts): TranscriptIndex {
  return anIndex({
    bytes: 1000,
    lines: entries + 1,
    entries,
    roles: { user: 1, assistant: 1, toolResult: 0, other: 0, mirror: 0, machine: 0, heartbeat: 0 },
    ...index,
  });
}

/** `key("main")` is `agent:main:main`. */
export function key(rest: string): string {
  return `agent:main:${rest}`;
}

export function storeRow(rest: string, sessionId: string | undefined, facts: Partial<StoreRow> = {}): StoreRow {
  return {
    key: key(rest),
    sessionId,
    sessionFile: undefined,
    updatedAt: undefined,
    sessionStartedAt: undefined,
    lastInteractionAt: undefined,
    status: undefined,
    label: undefined,
    displayName: undefined,
    subject: undefined,
    chatType: undefined,
    channel: undefined,
    originProvider: undefined,
    model: undefined,
    modelProvider: undefined,
    totalTokens: undefined,
    contextTokens: undefined,
    compactionCount: undefined,
    usageFamilyKey: undefined,
    usageFamilySessionIds: [],
    checkpoints: [],
    reportSessionKey: undefined,
    reportSessionId: undefined,
    spawnedBy: undefined,
    parentSessionKey: undefined,
    rest: {},
    skipped: {},
    ...facts,
  };
}

/** A row of the store, and the transcript it means: `<id>.jsonl` unless `sessionFile` names another. */
export function row(rest: string, sessionId: string | undefined, facts: Partial<StoreRow> = {}): ResolvedRow {
  const base = facts.sessionFile ?? (sessionId === undefined ? undefined : `${sessionId}.jsonl`);
  return {
    row: storeRow(rest, sessionId, facts),
    filePath: base === undefined ? undefined : `/s/${base}`,
    problem: undefined,
  };
}

/** A checkpoint of a row, as far as anybody asks. */
export function checkpointOf(sessionId: string): StoreRow["checkpoints"][number] {
  return {
    checkpointId: undefined,
    sessionId,
    createdAt: undefined,
    reason: "manual",
    preSessionId: sessionId,
    preSessionFile: undefined,
    postSessionId: sessionId,
  };
}

export interface Around {
  readonly storeBackups?: readonly StoreBackup[];
  readonly cronRuns?: readonly CronRun[];
  readonly memoryNotes?: readonly MemoryNote[];
  readonly previous?: Agent;
}

export function root(files: readonly SessionFile[], rows: readonly ResolvedRow[], around: Around = {}): RootInput {
  return {
    root: { path: "/s", storePath: "/s/sessions.json", outside: false, read: true, problems: [] },
    files,
    rows,
    side: {
      ...noSideEvidence,
      storeBackups: around.storeBackups ?? [],
      cronRuns: around.cronRuns ?? [],
      memoryNotes: around.memoryNotes ?? [],
    },
  };
}

/** The agent `main` with these files and rows in one sessions directory. */
export function agent(files: readonly SessionFile[], rows: readonly ResolvedRow[] = [], around: Around = {}): Agent {
  return buildAgent({
    agentId: "main",
    roots: [root(files, rows, around)],
    sqlite: undefined,
    problems: [],
    previous: around.previous,
  });
}

/** `{ "main": ["live c", "reset b by usage-family"], orphans: ["deleted x"] }`; copies as `+2`, trajectories as `~1`. */
export function told({ conversations, orphans }: Agent): Record<string, readonly string[]> {
  const byKey = conversations.map(({ key, windows }): [string, string[]] => [
    key.replace(/^agent:main:/, ""),
    windows.map(tellWindow),
  ]);
  return {
    ...Object.fromEntries(byKey),
    ...(orphans.length === 0 ? {} : { orphans: orphans.map(tellWindow) }),
  };
}

function tellWindow({ kind, sessionId, copies, trajectories, join }: Window): string {
  return [
    kind,
    sessionId,
    ...(copies.length === 0 ? [] : [`+${String(copies.length)}`]),
    ...(trajectories.length === 0 ? [] : [`~${String(trajectories.length)}`]),
    ...(join === undefined || join.rung === "store-row" ? [] : [`by ${join.rung}`]),
  ].join(" ");
}

/** Base names of a window's files, the shown one first. */
export function basesOf(window: Window | undefined): string[] {
  if (window === undefined) return [];
  return [window.primary, ...window.copies].flatMap((each) => (each === undefined ? [] : [each.name.base]));
}
