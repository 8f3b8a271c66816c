import * as l10n from "@vscode/l10n";
import { byLastActivity } from "../core/conversation/conversation";
import type {
  Agent,
  Conversation,
  ConversationGroup,
  SessionFile,
  SessionRoot,
  StateDir,
  Window,
} from "../core/conversation/model";
import { formatCount } from "../core/text/formatCount";
import { visibleLine } from "../core/text/visibleText";
import { conversationNode } from "./conversationNode";
import { age } from "./factsInWords";
import { fileNode } from "./fileNodes";
import { problemNodes } from "./problemNodes";
import { limited, matches, nodeId, type NodeIcon, type TreeContext, type TreeNode } from "./treeNode";
import { windowNode } from "./windowNodes";

/** People's chats by last activity, then the groups of what machines do, then what is left over. Damage comes first. */
export function agentChildren(
  context: TreeContext,
  stateDir: StateDir,
  agent: Agent,
  agentNode: string,
): readonly TreeNode[] {
  const of = (group: ConversationGroup) => newestFirst(agent.conversations.filter((each) => each.group === group));
  const toNode = (conversation: Conversation) => conversationNode(context, stateDir, conversation);
  return [
    ...(context.filter === "" ? noticeNodes(agent, agentNode) : []),
    ...limited(context, agentNode, matching(context, of("people")), toNode),
    ...groups.flatMap(({ group, icon }) =>
      groupNodes(context, agentNode, group, icon, matching(context, of(group)), toNode),
    ),
    ...orphanNodes(context, stateDir, agent, agentNode),
    ...otherFileNodes(context, agent, agentNode),
  ];
}

export function isEmptyAgent(agent: Agent): boolean {
  const things = agent.conversations.length + agent.orphans.length + otherFiles(agent).length + agent.problems.length;
  const outside = agent.roots.some((root) => root.outside || root.problems.length > 0);
  return things === 0 && agent.sqlite === undefined && !outside;
}

/** Whether anything that a filter looks at is left of the agent. */
export function hasMatch(context: TreeContext, agent: Agent): boolean {
  return (
    matching(context, agent.conversations).length > 0 ||
    agent.orphans.some((window) => windowMatches(context, window)) ||
    otherFiles(agent).some((file) => matches(context, file.name.base))
  );
}

export function groupId(agentNode: string, group: ConversationGroup): string {
  return nodeId("group", agentNode, group);
}

export function orphansId(agentNode: string): string {
  return nodeId("orphans", agentNode);
}

/** While a filter is set, what holds conversations is other nodes to VS Code: they open, and leave the usual ones as they were. */
export function filteredId(id: string): string {
  return nodeId("filtered", id);
}

/** The id of such a node now. */
export function shownId(context: TreeContext, id: string): string {
  return context.filter === "" ? id : filteredId(id);
}

export function newestFirst(conversations: readonly Conversation[]): readonly Conversation[] {
  return conversations.toSorted(byLastActivity);
}

/** Conversations of which the label, the key, or any window's id or file contains the filter's text. */
export function matching(context: TreeContext, conversations: readonly Conversation[]): readonly Conversation[] {
  if (context.filter === "") return conversations;
  return conversations.filter(
    (each) => matches(context, each.label, each.key) || each.windows.some((window) => windowMatches(context, window)),
  );
}

export function windowMatches(context: TreeContext, window: Window): boolean {
  return matches(
    context,
    window.sessionId,
    window.primary?.name.base,
    ...window.copies.map((file) => file.name.base),
    ...window.trajectories.map((file) => file.name.base),
  );
}

const groups: readonly { readonly group: ConversationGroup; readonly icon: NodeIcon }[] = [
  { group: "subagent", icon: { codicon: "type-hierarchy-sub" } },
  { group: "cron", icon: { codicon: "watch" } },
  { group: "heartbeat", icon: { codicon: "heart" } },
  { group: "other", icon: { codicon: "circle-outline" } },
];

function groupLabel(group: ConversationGroup): string {
  switch (group) {
    case "people":
      return l10n.t("People");
    case "heartbeat":
      return l10n.t("Heartbeat");
    case "cron":
      return l10n.t("Cron");
    case "subagent":
      return l10n.t("Sub-agents");
    case "other":
      return l10n.t("Other runs");
  }
}

function groupNodes(
  context: TreeContext,
  agentNode: string,
  group: ConversationGroup,
  icon: NodeIcon,
  conversations: readonly Conversation[],
  toNode: (conversation: Conversation) => TreeNode,
): readonly TreeNode[] {
  if (conversations.length === 0) return [];
  const id = groupId(agentNode, group);
  return [
    {
      id: shownId(context, id),
      label: groupLabel(group),
      description: [
        formatCount("conversation", conversations.length),
        ...age(context, conversations[0]?.lastActivityAt),
      ].join(" · "),
      icon,
      children: () => limited(context, id, conversations, toNode),
      expanded: context.filter !== "",
    },
  ];
}

function orphanNodes(
  context: TreeContext,
  { path: stateDir }: StateDir,
  agent: Agent,
  agentNode: string,
): readonly TreeNode[] {
  const every = agent.orphans;
  const orphans = context.filter === "" ? every : every.filter((window) => windowMatches(context, window));
  if (orphans.length === 0) return [];
  const id = orphansId(agentNode);
  const owner = { label: l10n.t("not joined"), key: undefined, stateDir };
  return [
    {
      id: shownId(context, id),
      label: l10n.t("Not joined to a conversation"),
      description: formatCount("window", orphans.length),
      icon: { codicon: "debug-disconnect" },
      tooltip: () => [
        {
          name: l10n.t("Why"),
          value: l10n.t(
            "A transcript does not name its conversation, and nothing else on disk tells to which one these belong.",
          ),
        },
      ],
      children: () => limited(context, id, orphans, (window) => windowNode(context, id, owner, window)),
      expanded: context.filter !== "",
    },
  ];
}

/** Without what every agent has and what shows elsewhere: the store, and the prompt texts that it refers to. */
function otherFiles({ otherFiles: files }: Agent): readonly SessionFile[] {
  const isOrdinary = ({ name }: SessionFile) =>
    name.kind === "side" && (name.role === "store" || name.role === "skills-prompts");
  return files.filter((file) => file.problem !== undefined || !isOrdinary(file));
}

function otherFileNodes(context: TreeContext, agent: Agent, agentNode: string): readonly TreeNode[] {
  const files = otherFiles(agent).filter((file) => matches(context, file.name.base));
  if (files.length === 0) return [];
  const id = nodeId("others", agentNode);
  const damaged = files.filter((file) => file.problem).length;
  const toNode = (file: SessionFile) =>
    fileNode(context, id, file, { agentId: agent.id, title: visibleLine(file.name.base, 80), file });
  return [
    {
      id: shownId(context, id),
      label: l10n.t("Other files"),
      description: [formatCount("file", files.length), ...(damaged > 0 ? [formatCount("problem", damaged)] : [])].join(
        " · ",
      ),
      icon: damaged > 0 ? { codicon: "warning", color: "list.warningForeground" } : { codicon: "files" },
      children: () => limited(context, id, files, toNode),
      expanded: context.filter !== "",
    },
  ];
}

function noticeNodes(agent: Agent, agentNode: string): readonly TreeNode[] {
  return [
    ...problemNodes(agentNode, agent.problems),
    ...agent.roots.flatMap((root) => rootNodes(agentNode, root)),
    ...sqliteNodes(agentNode, agent),
  ];
}

/** A store outside the state directory is named as such, and says so when it is not read. */
function rootNodes(agentNode: string, root: SessionRoot): readonly TreeNode[] {
  const problems = problemNodes(nodeId("root", agentNode, root.path), root.problems);
  if (!root.outside) return problems;
  return [
    {
      id: nodeId("root", agentNode, root.path),
      label: root.read
        ? l10n.t("Sessions are kept outside the state directory")
        : l10n.t("Sessions outside the state directory are not read until this workspace is trusted"),
      description: visibleLine(root.path, 120),
      icon: root.read ? { codicon: "link-external" } : { codicon: "shield", color: "list.warningForeground" },
      tooltip: () => [
        { name: l10n.t("Directory"), value: root.path },
        { name: l10n.t("Store"), value: root.storePath },
      ],
    },
    ...problems,
  ];
}

/** A later version of this product reads these tables; until then nobody may take the rest of the list for everything. */
function sqliteNodes(agentNode: string, agent: Agent): readonly TreeNode[] {
  const { sqlite } = agent;
  if (sqlite === undefined) return [];
  return [
    {
      id: nodeId("sqlite", agentNode),
      label: l10n.t("Sessions of this agent are in SQLite (2026.8+), not readable yet"),
      icon: { codicon: "database", color: "list.warningForeground" },
      tooltip: () => [
        { name: l10n.t("Database"), value: sqlite.databasePath },
        { name: l10n.t("Session tables"), value: sqlite.tables.join(", ") },
      ],
    },
  ];
}
