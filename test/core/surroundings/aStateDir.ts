import type { Conversation, Opening, SessionFile, StateDir, Window } from "../../../src/core/conversation/model";
import { parseFileName } from "../../../src/core/names/parseFileName";

export interface OpeningFacts {
  readonly at: string;
  readonly offsetMinutes?: number | undefined;
  readonly name?: string | undefined;
  readonly label?: string;
}

/** A transcript of which only the first message is known, with a stamp, on line 4. */
export function anOpening({ at, offsetMinutes, name, label = "GMT" }: OpeningFacts): SessionFile {
  const opening: Opening = {
    heartbeat: false,
    sender: undefined,
    speaker: "inter-session",
    startup: undefined,
    typedCommand: undefined,
    systemEvents: false,
    execNotice: false,
    stamped: true,
    currentTime: false,
    zone: { label, name, offsetMinutes },
    at: Date.parse(at),
    line: 4,
    offset: 300,
  };
  return aFile(`${at.replaceAll(":", "")}.jsonl`, { opening });
}

export function aFile(base: string, head: Partial<NonNullable<SessionFile["head"]>> = {}): SessionFile {
  const path = `/home/u/.openclaw/agents/main/sessions/${base}`;
  const nothing = {
    headerId: undefined,
    headerAt: undefined,
    headerVersion: 3,
    cwd: undefined,
    firstEntryId: undefined,
  };
  const times = { firstAt: undefined, lastAt: undefined, sessionKey: undefined, problem: undefined };
  const read = { ...nothing, ...times, ...head };
  return {
    path,
    name: parseFileName(base),
    bytes: 1,
    mtimeMs: 0,
    mode: 0o600,
    problem: undefined,
    head: read,
    index: undefined,
  };
}

/** Files that belong to no conversation, and conversations. */
export function aStateDir(files: readonly SessionFile[], conversations: readonly Conversation[] = []): StateDir {
  const root = {
    path: "/home/u/.openclaw/agents/main/sessions",
    storePath: "/home/u/.openclaw/agents/main/sessions/sessions.json",
    outside: false,
    read: true,
    problems: [],
  };
  const agent = {
    id: "main",
    roots: [root],
    conversations,
    orphans: files.map(aWindow),
    otherFiles: [],
    sqlite: undefined,
    indexed: { done: 0, total: 0 },
    problems: [],
  };
  return { ...untold(), era: "files", agents: [agent] };
}

export function untold(): StateDir {
  const path = "/home/u/.openclaw";
  return {
    path,
    realPath: path,
    foundBy: [],
    configPath: undefined,
    era: "empty",
    version: undefined,
    agents: [],
    problems: [],
  };
}

export function aWindow(primary: SessionFile): Window {
  const sessionId = primary.name.base;
  return {
    windowId: `main/${sessionId}/-`,
    agentId: "main",
    sessionId,
    kind: "orphan",
    primary,
    copies: [],
    trajectories: [],
    archivedAt: undefined,
    firstAt: undefined,
    lastAt: undefined,
    join: undefined,
    problems: [],
  };
}
