import * as l10n from "@vscode/l10n";
import type { Conversation, ConversationGroup, StateDir, Window } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import type { Rotation } from "../core/rotation/rotation";
import { formatCount } from "../core/text/formatCount";
import { formatTime } from "../core/text/formatTime";
import { age, messages, size } from "./factsInWords";
import { problemNodes } from "./problemNodes";
import { limited, nodeId, type NodeIcon, type TooltipRow, type TreeContext, type TreeNode } from "./treeNode";
import { windowNode, type WindowOwner, windowSubject } from "./windowNodes";
import { isRemoval } from "../editor/explainName";
import { lastRotation } from "../editor/lastRotation";
import { whyRows } from "./whyItEnded";

export function conversationId(stateDir: string, conversation: Conversation): string {
  return nodeId("conversation", stateDir, conversation.agentId, conversation.key);
}

/** What people call "my chat": its current window and every earlier one. A click opens the current one. */
export function conversationNode(
  context: TreeContext,
  { path: stateDir, realPath }: StateDir,
  conversation: Conversation,
): TreeNode {
  const { key, label, agentId, windows, problems } = conversation;
  const id = conversationId(realPath, conversation);
  const owner: WindowOwner = { label, key, stateDir };
  const files = windows.flatMap((window) => window.primary ?? []);
  const newest = windows[0];
  const subject = newest && windowSubject(context, owner, newest);
  const last = lastRotation(context.explanations, stateDir, conversation);
  const mark = { stateDir, agentId, key };
  const spoken = context.spokenBadge?.(mark);
  const openable = subject?.file !== undefined;
  const missing = windows.some((window) => isLostCurrent(window, conversation))
    ? problems.find(({ code }) => code === "store.file-missing")
    : undefined;
  return {
    id,
    label,
    description: [
      ...messages(files),
      ...(windows.length > 1 ? [formatCount("window", windows.length)] : []),
      ...size(files),
      ...age(context, conversation.lastActivityAt),
    ].join(" · "),
    icon: conversationIcon(conversation),
    tooltip: () => conversationTooltip(context, conversation, last),
    mark,
    ...(spoken === undefined ? {} : { spoken }),
    subject: { ...(subject ?? { agentId, title: label, key, stateDir }), rotationId: last?.id },
    ...(openable ? { click: "transcript" as const } : {}),
    words: [
      "hasKey",
      ...(subject ? (["hasId"] as const) : []),
      ...(openable ? (["openable", "hasFile"] as const) : []),
      ...(last ? ([isRemoval(last) ? "removed" : "lastEnded"] as const) : []),
    ],
    children: () => [
      ...problemNodes(id, missing ? problems.filter((problem) => problem !== missing) : problems, subject),
      ...limited(context, id, windows, (window: Window) => {
        const node = windowNode(context, id, owner, window);
        return missing && isLostCurrent(window, conversation) ? withoutTranscript(node, missing) : node;
      }),
    ],
  };
}

/** The window that the store row names, when its transcript is not there. */
function isLostCurrent(window: Window, { row }: Conversation): boolean {
  return window.primary === undefined && window.sessionId === row?.sessionId;
}

/** One row instead of two: the window that would be current, with what is wrong with it. */
function withoutTranscript(node: TreeNode, { message }: Problem): TreeNode {
  return {
    ...node,
    label: l10n.t("Current window"),
    description: l10n.t("transcript missing"),
    icon: { codicon: "warning", color: "list.warningForeground" },
    tooltip: () => [{ name: l10n.t("Problem"), value: message }, ...(node.tooltip?.() ?? [])],
  };
}

function conversationIcon({ group, problems }: Conversation): NodeIcon {
  if (problems.length > 0) return { codicon: "warning", color: "list.warningForeground" };
  return { codicon: icons[group] };
}

const icons: Readonly<Record<ConversationGroup, string>> = {
  people: "account",
  heartbeat: "heart",
  cron: "watch",
  subagent: "type-hierarchy-sub",
  other: "circle-outline",
};

function conversationTooltip(
  context: TreeContext,
  conversation: Conversation,
  last: Rotation | undefined,
): readonly TooltipRow[] {
  const { key, row, lastActivityAt } = conversation;
  const when = (at: number) => formatTime(at, { timeZone: context.timeZone, offset: true });
  return [
    { name: l10n.t("Session key"), value: key },
    ...(row?.sessionId === undefined ? [] : [{ name: l10n.t("Current session id"), value: row.sessionId }]),
    ...(lastActivityAt === undefined ? [] : [{ name: l10n.t("Last activity"), value: when(lastActivityAt) }]),
    ...(row?.model === undefined
      ? []
      : [{ name: l10n.t("Model"), value: [row.modelProvider, row.model].filter(Boolean).join("/") }]),
    ...(last ? whyRows(context, last, l10n.t("Last rotation")) : []),
  ];
}
