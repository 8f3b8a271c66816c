import assert from "node:assert/strict";
import type {
  Conversation,
  Ending,
  FileHead,
  Opening,
  SessionFile,
  StateDir,
  Window,
} from "../../../src/core/conversation/model";
import type { Finding } from "../../../src/core/findings/finding";
import type { FindingInput } from "../../../src/core/findings/findingInput";
import { machineRules } from "../../../src/core/findings/heartbeatRules";
import type { LogEvent, LogRecord } from "../../../src/core/log/logRecord";
import type { Rotation } from "../../../src/core/rotation/rotation";
import type { CollectedEvidence, LockFact, TraceContext } from "../../../src/core/rotation/rotationFacts";
import type { VersionFact } from "../../../src/core/surroundings/surroundings";
import { aFile, aResetAt, aRotation, aStateDir, aWindow, someEvidence, someSurroundings } from "../../anExplanation";
import { anIndex } from "../../anIndex";

/** What the rules about machines are tested with: small inputs of one state directory. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const main = "agent:main:main";
export const heartbeat = `${main}:heartbeat`;

export interface Given {
  readonly conversations?: readonly Conversation[];
  readonly rotations?: readonly Rotation[];
  readonly contexts?: readonly TraceContext[];
  readonly logs?: readonly LogRecord[];
  readonly locks?: readonly LockFact[];
  readonly version?: string;
  readonly state?: StateDir;
}

export function find(given: Given): readonly Finding[] {
  const input = inputOf(given);
  return machineRules.flatMap((rule) => [...rule(input)]);
}

export function codes(given: Given): readonly string[] {
  return find(given).map(({ severity, code }) => `${severity} ${code}`);
}

export function inputOf({
  conversations = [],
  rotations = [],
  contexts = [],
  logs = [],
  locks = [],
  version,
  state,
}: Given): FindingInput {
  const evidence: CollectedEvidence = {
    logs: logs.map((record, index) => ({ ...record, place: { file: "/log", line: index + 1 } })),
    logCoverage: [],
    commands: [],
    notes: [],
    cronRuns: [],
    rowsBefore: [],
    triggers: new Map(),
    resetRecords: [],
    locks,
    traceContexts: contexts,
    machineZone: "UTC",
    now: aResetAt,
  };
  const stateDir = state ?? aStateDir(conversations, { configFacts: everyHalfHour });
  const surroundings = someSurroundings({ version: version === undefined ? { kind: "unknown" } : exactly(version) });
  return { stateDir, evidence, rotations, rotationsFrom: new Map(), surroundings: () => surroundings };
}

export function exactly(version: string): VersionFact {
  return { kind: "exact", version, evidence: [someEvidence()] };
}

export const everyHalfHour: StateDir["configFacts"] = {
  file: "/s/openclaw.json",
  reset: undefined,
  resetByType: {},
  resetByChannel: {},
  idleMinutes: undefined,
  resetTriggers: undefined,
  maintenance: {
    mode: undefined,
    pruneAfter: undefined,
    maxEntries: undefined,
    resetArchiveRetention: undefined,
    maxDiskBytes: undefined,
  },
  heartbeat: {
    every: "30m",
    isolatedSession: true,
    lightContext: undefined,
    session: undefined,
    target: undefined,
    model: undefined,
    prompt: undefined,
    place: { file: "/s/openclaw.json" },
  },
  agentHeartbeats: {},
  defaultAgentId: undefined,
  userTimezone: undefined,
  logFile: undefined,
  contextWindows: {},
  primaryModel: undefined,
  contextTokens: undefined,
  truncateAfterCompaction: undefined,
  lastTouched: undefined,
};

/** What a finding says, without its functions: sentences of the detail one by one, places as `file:line`. */
export function plain(finding: Finding | undefined) {
  if (finding === undefined) return undefined;
  const { code, severity, title, detail, evidence, knownIssues } = finding;
  for (const { text } of evidence) assert.match(text, /\.$|log says/, "a whole sentence");
  assert.match(finding.next, /^[A-Z].*\.$/);
  return {
    code,
    severity,
    title,
    detail: detail.split(/(?<=\.) (?=[A-Z\d])/),
    places: evidence.map(({ place }) => [place?.file, place?.line].filter((part) => part !== undefined).join(":")),
    issues: knownIssues.map(({ issue }) => issue),
  };
}

/** What the model was given at some tick, half an hour apart. */
export function aContext(
  tick: number,
  { prompts, carriedOver, input }: { prompts: number; carriedOver: number; input?: number },
): TraceContext {
  return {
    sessionKey: heartbeat,
    sessionId: `tick-${tick}`,
    at: aResetAt + tick * 30 * MINUTE,
    messages: 2 * prompts - 1,
    roles: { user: prompts, assistant: prompts - 1 },
    heartbeatPrompts: prompts,
    carriedOver,
    characters: prompts * 160_000,
    inputTokens: input,
    contextTokens: undefined,
    place: { file: `/t/${tick}.trajectory.jsonl`, line: 3 },
  };
}

/** Windows of a heartbeat, half an hour apart; the newest first. */
export function ticks(count: number): readonly Window[] {
  return Array.from({ length: count }, (_, tick) => aTick(tick)).reverse();
}

export function aTick(tick: number, head: { readonly ending?: Partial<Ending> } = {}): Window {
  const at = aResetAt + tick * 30 * MINUTE;
  return aWindow(`tick-${tick}`, {
    kind: "orphan",
    primary: aFile(`tick-${tick}.jsonl`, { head: aHead(head) }),
    firstAt: at,
    lastAt: at,
  });
}

export function aHead({ ending, opening }: { ending?: Partial<Ending>; opening?: Partial<Opening> } = {}): FileHead {
  return {
    headerId: undefined,
    headerAt: undefined,
    headerVersion: 3,
    cwd: undefined,
    firstEntryId: undefined,
    firstAt: undefined,
    lastAt: undefined,
    sessionKey: undefined,
    opening: opening && {
      heartbeat: false,
      sender: undefined,
      speaker: "user",
      startup: undefined,
      typedCommand: undefined,
      systemEvents: false,
      execNotice: false,
      stamped: false,
      currentTime: false,
      zone: undefined,
      at: undefined,
      line: 2,
      offset: 100,
      ...opening,
    },
    ending: ending && {
      speaker: undefined,
      stopReason: undefined,
      error: undefined,
      inputTokens: undefined,
      unanswered: false,
      compactions: 0,
      lastUserAt: undefined,
      offset: undefined,
      ...ending,
    },
    problem: undefined,
  };
}

/** `machine` of the turns are heartbeats. */
export function withTurns(user: number, machine: number): SessionFile {
  return aFile("x.jsonl", { index: anIndex({ roles: { ...anIndex().roles, user, machine, heartbeat: machine } }) });
}

export function aSeam(opening: Partial<Opening>, { lastAt = aResetAt - 40_000 } = {}): Rotation {
  const to = aWindow("new-1", { primary: aFile("new-1.jsonl", { head: aHead({ opening }) }) });
  const from = aWindow("old-1", {
    kind: "orphan",
    primary: aFile("old-1.jsonl", { head: aHead({ ending: { error: "overflow" } }) }),
    lastAt,
  });
  return aRotation({
    from,
    to,
    archive: undefined,
    surroundings: someSurroundings({ version: exactly("2026.1.29") }),
  });
}

export function aRecord(event: LogEvent, at: number): LogRecord {
  return { at, offsetMinutes: 0, event, text: "…", place: { file: "/log" }, recordedAt: undefined };
}

export function aPrecheck(key: string, at: number): LogRecord {
  return aRecord({ kind: "precheck", key, estimatedTokens: 124_349, budgetTokens: 111_616 }, at);
}
