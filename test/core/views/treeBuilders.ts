import type {
  Agent,
  Conversation,
  SessionFile,
  Snapshot,
  StateDir,
  Window,
} from "../../../src/core/conversation/model";
import { noExplanations } from "../../../src/core/explanations";
import { conversationGroup, conversationLabel } from "../../../src/core/names/conversationLabel";
import { parseFileName } from "../../../src/core/names/parseFileName";
import { rootNodes } from "../../../src/views/conversationTree";
import { childrenAtOnce, type TreeContext, type TreeNode } from "../../../src/views/treeNode";

/** Tiny models with readable ids. Times count in minutes from `start`. */
export const start = Date.UTC(2026, 3, 23, 8, 0);
export const minutes = (count: number): number => start + count * 60_000;

export function file(base: string, more: Partial<SessionFile> = {}): SessionFile {
  return {
    path: `/state/agents/main/sessions/${base}`,
    name: parseFileName(base),
    bytes: 2048,
    mtimeMs: start,
    mode: 0o644,
    problem: undefined,
    head: undefined,
    index: undefined,
    ...more,
  };
}

export function window(sessionId: string, more: Partial<Window> = {}): Window {
  return {
    windowId: `main/${sessionId}/first`,
    agentId: "main",
    sessionId,
    kind: "live",
    primary: file(`${sessionId}.jsonl`),
    copies: [],
    trajectories: [],
    archivedAt: undefined,
    firstAt: minutes(0),
    lastAt: minutes(30),
    join: undefined,
    problems: [],
    ...more,
  };
}

export function conversation(key: string, windows: readonly Window[], more: Partial<Conversation> = {}): Conversation {
  return {
    key,
    agentId: "main",
    group: conversationGroup(key),
    label: conversationLabel(key),
    row: undefined,
    windows,
    lastActivityAt: Math.max(...windows.map(({ lastAt }) => lastAt ?? 0)),
    problems: [],
    ...more,
  };
}

export function agent(id: string, more: Partial<Agent> = {}): Agent {
  return {
    id,
    roots: [],
    conversations: [],
    orphans: [],
    otherFiles: [],
    sqlite: undefined,
    indexed: { done: 0, total: 0 },
    problems: [],
    ...more,
  };
}

export function stateDir(path: string, agents: readonly Agent[], more: Partial<StateDir> = {}): StateDir {
  return {
    path,
    realPath: path,
    foundBy: ["test"],
    configPath: undefined,
    era: "files",
    version: undefined,
    agents,
    problems: [],
    ...more,
  };
}

export function snapshot(...stateDirs: readonly StateDir[]): Snapshot {
  return { stateDirs, lookedAt: [], problems: [] };
}

export function context(of: Snapshot, more: Partial<TreeContext> = {}): TreeContext {
  return {
    snapshot: of,
    explanations: noExplanations,
    filter: "",
    limitOf: () => childrenAtOnce,
    timeZone: "UTC",
    now: minutes(60),
    ...more,
  };
}

export type Drawn = readonly [string, ...Drawn[]];

/** `["main — 2 windows", ["Current …"], …]`, as deep as the tree goes. */
export function drawTree(tree: TreeContext): readonly Drawn[] {
  return rootNodes(tree).map(draw);
}

export function draw(node: TreeNode): Drawn {
  const line = node.description ? `${node.label} — ${node.description}` : node.label;
  return [line, ...(node.children?.() ?? []).map(draw)];
}
