import * as l10n from "@vscode/l10n";
import type { Agent, Snapshot, StateDir } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import { formatCount } from "../core/text/formatCount";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import type { ContextKeys, Settings } from "../editor/contributions";
import type { GroupMark } from "../editor/conversationUri";
import { stateDirLabel } from "../editor/stateDirLabel";
import { agentChildren, hasMatch, isEmptyAgent, matching, shownId } from "./agentNodes";
import { age } from "./factsInWords";
import { problemNodes } from "./problemNodes";
import { nodeId, type TreeContext, type TreeNode } from "./treeNode";

/** The top of the tree. Levels with a single member are left out: most people have one state directory with one agent. */
export function rootNodes(context: TreeContext): readonly TreeNode[] {
  const { stateDirs, problems } = context.snapshot;
  if (found(context.snapshot) !== "some") return [];
  const [only, ...others] = stateDirs;
  const notices = context.filter === "" ? problemNodes("", problems) : [];
  if (only && others.length === 0) return [...notices, ...stateDirChildren(context, only)];
  return [
    ...notices,
    ...stateDirs
      .filter(({ agents }) => context.filter === "" || agents.some((agent) => hasMatch(context, agent)))
      .map((stateDir, index) => stateDirNode(context, stateDir, index === 0 || stateDirs.length < 3)),
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
  const mark = { stateDir: stateDir.path };
  const unreadable = stateDir.problems.some((problem) => problem.code === "directory.unreadable");
  return {
    id: shownId(context, stateDirId(stateDir)),
    label: stateDirLabel(stateDir.path, context.snapshot.stateDirs),
    ...marking(context, mark),
    description: [
      ...unlooked(context, mark),
      stateDir.era === "sqlite" ? l10n.t("in SQLite") : conversations(context, stateDir.agents),
      ...(stateDir.version ? [stateDir.version.value] : []),
      ...age(context, newestIn(stateDir.agents)),
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
    subject: { agentId: "", title: stateDir.path, directory: stateDir.path },
    words: ["directory", ...(isFromSetting(stateDir) ? (["fromSetting"] as const) : [])],
    children: () => stateDirChildren(context, stateDir),
    expanded: expanded || context.filter !== "",
  };
}

function stateDirChildren(context: TreeContext, stateDir: StateDir): readonly TreeNode[] {
  const problems = context.filter === "" ? problemNodes(stateDirId(stateDir), stateDir.problems) : [];
  const agents = stateDir.agents.filter((agent) => !isEmptyAgent(agent));
  const [only, ...others] = agents;
  if (only && others.length === 0) {
    return [...problems, ...agentChildren(context, stateDir, only, agentNodeId(stateDir, only))];
  }
  const shown = agents.filter((agent) => context.filter === "" || hasMatch(context, agent));
  return [...problems, ...shown.map((agent) => agentNode(context, stateDir, agent))];
}

function agentNode(context: TreeContext, stateDir: StateDir, agent: Agent): TreeNode {
  const id = agentNodeId(stateDir, agent);
  const directory = agent.roots[0]?.path;
  const mark = { stateDir: stateDir.path, agentId: agent.id };
  return {
    id: shownId(context, id),
    label: l10n.t("Agent {0}", visibleLine(agent.id, 80)),
    ...marking(context, mark),
    description: [...unlooked(context, mark), conversations(context, [agent]), ...age(context, newestIn([agent]))].join(
      " · ",
    ),
    icon: { codicon: "hubot" },
    tooltip: () => [
      { name: l10n.t("Agent"), value: agent.id },
      ...agent.roots.map((root) => ({ name: l10n.t("Sessions in"), value: root.path })),
    ],
    ...(directory === undefined
      ? {}
      : { subject: { agentId: agent.id, title: agent.id, directory }, words: ["directory"] as const }),
    children: () => agentChildren(context, stateDir, agent, id),
    expanded: true,
  };
}

function marking({ spokenBadge }: TreeContext, mark: GroupMark): Pick<TreeNode, "mark" | "spoken"> {
  const spoken = spokenBadge?.(mark);
  return { mark, ...(spoken === undefined ? {} : { spoken }) };
}

/** `2 unexpected resets`, in front: the rest of the row is what a narrow side bar cuts. */
function unlooked({ unseenIn }: TreeContext, mark: GroupMark): readonly string[] {
  const count = unseenIn?.(mark) ?? 0;
  if (count === 0) return [];
  return [count === 1 ? l10n.t("1 unexpected reset") : l10n.t("{0} unexpected resets", formatNumber(count))];
}

function isFromSetting({ foundBy }: StateDir): boolean {
  return foundBy.includes("openclawSessions.stateDirectories" satisfies keyof Settings);
}

/** `2 conversations`; `1 of 2 conversations` while a filter is set. */
function conversations(context: TreeContext, agents: readonly Agent[]): string {
  const all = agents.flatMap((agent) => agent.conversations);
  const count = formatCount("conversation", all.length);
  return context.filter === "" ? count : l10n.t("{0} of {1}", matching(context, all).length, count);
}

function newestIn(agents: readonly Agent[]): number | undefined {
  const times = agents.flatMap((agent) => agent.conversations.flatMap(({ lastActivityAt }) => lastActivityAt ?? []));
  return times.length === 0 ? undefined : Math.max(...times);
}
