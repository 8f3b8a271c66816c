import type {
  Agent,
  Conversation,
  SessionFile,
  Snapshot,
  StateDir,
  Window,
  WindowKind,
} from "../../src/core/conversation/model";
import { anIndex } from "../anIndex";
import type { TranscriptIndex } from "../../src/core/index/transcriptIndex";
import { conversationGroup, conversationLabel } from "../../src/core/names/conversationLabel";
import { parseFileName } from "../../src/core/names/parseFileName";
import type { Problem } from "../../src/core/problem";

/** 2026-07-21 09:00 UTC and so many minutes. */
export const minutes = (count: number): number => Date.UTC(2026, 6, 21, 9, count);

export function file(
  base: string,
  { bytes = 2048, user = 2, assistant = 2, problems = [] as readonly Problem[], problemCount = 0 } = {},
): SessionFile {
  return {
    path: `/s/agents/main/sessions/${base}`,
    name: parseFileName(base),
    bytes,
    mtimeMs: minutes(0),
    mode: 0o600,
    problem: undefined,
    head: undefined,
    index: { ...index(user, assistant), problems, problemCount: Math.max(problems.length, problemCount) },
  };
}

export function window(sessionId: string, kind: WindowKind, more: Partial<Window> = {}): Window {
  return {
    windowId: `main/${sessionId}/-`,
    agentId: "main",
    sessionId,
    kind,
    primary: kind === "missing" || kind === "trajectory-only" ? undefined : file(`${sessionId}.jsonl`),
    copies: [],
    trajectories: [],
    archivedAt: undefined,
    firstAt: minutes(0),
    lastAt: minutes(30),
    join: { key: "agent:main:main", rung: "store-row", evidence: "", disagreeing: [] },
    problems: [],
    ...more,
  };
}

export function conversation(key: string, ...windows: Window[]): Conversation {
  return {
    key,
    agentId: "main",
    group: conversationGroup(key),
    label: conversationLabel(key),
    row: undefined,
    windows,
    lastActivityAt: minutes(30),
    problems: [],
  };
}

export function agent(conversations: Conversation[], more: Partial<Agent> = {}): Agent {
  return {
    id: "main",
    roots: [],
    conversations,
    orphans: [],
    otherFiles: [],
    sqlite: undefined,
    indexed: { done: 0, total: 0 },
    problems: [],
    ...more,
  };
}

export function snapshot(agents: Agent[], more: Partial<StateDir> = {}): Snapshot {
  const stateDir: StateDir = {
    path: "/s",
    realPath: "/s",
    foundBy: ["--state-dir"],
    configPath: "/s/openclaw.json",
    era: "files",
    version: { value: "2026.7.35", source: "openclaw.json" },
    agents,
    problems: [],
    ...more,
  };
  return { stateDirs: [stateDir], lookedAt: [], problems: [] };
}

function index(user: number, assistant: number): TranscriptIndex {
  return anIndex({
    entries: user + assistant + 3,
    roles: { user, assistant, toolResult: 0, other: 0, mirror: 1, machine: 0, heartbeat: 0 },
  });
}
