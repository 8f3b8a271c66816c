import * as l10n from "@vscode/l10n";
import type { Agent, Snapshot, StateDir } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import { formatCount } from "../core/text/formatCount";
import { visibleLine } from "../core/text/visibleText";
import type { ContextKeys } from "../editor/contributions";
import { agentChildren, isEmptyAgent } from "./agentNodes";
import { problemNodes } from "./problemNodes";
import { nodeId, type TreeContext, type TreeNode } from "./treeNode";
import { age } from "./windowNodes";

/** The top of the tree. Levels with a single member are left out: most people have one state directory with one agent. */
export function rootNodes(context: TreeContext): readonly TreeNode[] {
  const { stateDirs, problems } = context.snapshot;
  if (found(context.snapshot) !== "some") return [];
  const [only, ...others] = stateDirs;
  if (only && others.length === 0) return [...problemNodes("", problems), ...stateDirChildren(context, only)];
  return [
    ...problemNodes("", problems),
    ...stateDirs.map((stateDir, index) => stateDirNode(context, stateDir, index === 0 || stateDirs.length < 3)),
  ];
}

/** What there is to show; welcome views hang on it. */
export function found(snapshot: Snapshot): Exclude<ContextKeys["openclawSessions.found"], "starting"> {
  if (snapshot.stateDirs.some((stateDir) => stateDir.agents.some((agent) => !isEmptyAgent(agent)))) return "some";
  const problems = [...snapshot.problems, ...snapshot.stateDirs.flatMap((stateDir) => stateDir.problems)];
  const unreadable = (problem: Problem) => problem.code === "directory.unreadable";
  if (problems.some(unreadable) || snapshot.lookedAt.some(({ outcome }) => outcome === "unreadable"))
    return "unreadable";
  if (problems.length > 0) return "some";
  return snapshot.stateDirs.length > 0 ? "empty" : "nothing";
}

export function stateDirId(stateDir: StateDir): string {
  return nodeId("state", stateDir.realPath);
}

export function agentNodeId(stateDir: StateDir, agent: Agent): string {
  return nodeId("agent", stateDir.realPath, agent.id);
}

function stateDirNode(context: TreeContext, stateDir: StateDir, expanded: boolean): TreeNode {
  const unreadable = stateDir.problems.some((problem) => problem.code === "directory.unreadable");
  return {
    id: stateDirId(stateDir),
    label: stateDirLabel(stateDir, context.snapshot.stateDirs),
    description: [
      ...age(context, newestIn(stateDir.agents)),
      ...(stateDir.version ? [stateDir.version.value] : []),
      stateDir.era === "sqlite" ? l10n.t("in SQLite") : conversations(stateDir.agents),
    ].join(" · "),
    icon: unreadable ? { codicon: "warning", color: "list.warningForeground" } : { codicon: "root-folder" },
    tooltip: () => [
      { name: l10n.t("State directory"), value: stateDir.path },
      ...(stateDir.realPath === stateDir.path ? [] : [{ name: l10n.t("Real path"), value: stateDir.realPath }]),
      { name: l10n.t("Found by"), value: stateDir.foundBy.join(", ") },
      ...(stateDir.configPath === undefined ? [] : [{ name: l10n.t("Config"), value: stateDir.configPath }]),
      ...(stateDir.version
        ? [
            {
              name: l10n.t("OpenClaw version"),
              value: l10n.t("{0} (from {1})", stateDir.version.value, stateDir.version.source),
            },
          ]
        : []),
    ],
    children: () => stateDirChildren(context, stateDir),
    expanded,
  };
}

function stateDirChildren(context: TreeContext, stateDir: StateDir): readonly TreeNode[] {
  const problems = problemNodes(stateDirId(stateDir), stateDir.problems);
  const agents = stateDir.agents.filter((agent) => !isEmptyAgent(agent));
  const [only, ...others] = agents;
  if (only && others.length === 0) {
    return [...problems, ...agentChildren(context, stateDir, only, agentNodeId(stateDir, only))];
  }
  return [...problems, ...agents.map((agent) => agentNode(context, stateDir, agent))];
}

function agentNode(context: TreeContext, stateDir: StateDir, agent: Agent): TreeNode {
  const id = agentNodeId(stateDir, agent);
  return {
    id,
    label: visibleLine(agent.id, 80),
    description: [...age(context, newestIn([agent])), conversations([agent])].join(" · "),
    icon: { codicon: "hubot" },
    tooltip: () => [
      { name: l10n.t("Agent"), value: agent.id },
      ...agent.roots.map((root) => ({ name: l10n.t("Sessions in"), value: root.path })),
    ],
    children: () => agentChildren(context, stateDir, agent, id),
    expanded: true,
  };
}

/** The last part of the path, `.openclaw-work`; the whole path where two directories share it. */
function stateDirLabel({ path }: StateDir, all: readonly StateDir[]): string {
  const last = (text: string) => text.split(/[/\\]/).at(-1) ?? text;
  const same = all.filter((other) => last(other.path) === last(path));
  return visibleLine(same.length > 1 ? path : last(path), 120);
}

function conversations(agents: readonly Agent[]): string {
  return formatCount(
    "conversation",
    agents.reduce((sum, agent) => sum + agent.conversations.length, 0),
  );
}

function newestIn(agents: readonly Agent[]): number | undefined {
  const times = agents.flatMap((agent) => agent.conversations.flatMap(({ lastActivityAt }) => lastActivityAt ?? []));
  return times.length === 0 ? undefined : Math.max(...times);
}
