import * as l10n from "@vscode/l10n";
import type { Conversation, ConversationGroup, Window } from "../core/conversation/model";
import { formatCount } from "../core/text/formatCount";
import { formatTime } from "../core/text/formatTime";
import { problemNodes } from "./problemNodes";
import { limited, nodeId, type NodeIcon, type TooltipRow, type TreeContext, type TreeNode } from "./treeNode";
import { age, messages, size, windowNode, type WindowOwner, windowSubject } from "./windowNodes";

export function conversationId(stateDir: string, conversation: Conversation): string {
  return nodeId("conversation", stateDir, conversation.agentId, conversation.key);
}

/** What people call "my chat": its current window and every earlier one. A click opens the current one. */
export function conversationNode(context: TreeContext, stateDir: string, conversation: Conversation): TreeNode {
  const { key, label, windows, problems } = conversation;
  const id = conversationId(stateDir, conversation);
  const owner: WindowOwner = { label, key };
  const files = windows.flatMap((window) => window.primary ?? []);
  const newest = windows[0];
  const subject = newest && windowSubject(context, owner, newest);
  const openable = subject?.file !== undefined;
  return {
    id,
    label,
    description: [
      ...age(context, conversation.lastActivityAt),
      ...(windows.length > 1 ? [formatCount("window", windows.length)] : []),
      ...messages(files),
      ...size(files),
    ].join(" · "),
    icon: conversationIcon(conversation),
    tooltip: () => conversationTooltip(context, conversation),
    subject: subject ?? { agentId: conversation.agentId, title: label, key },
    ...(openable ? { click: "transcript" as const } : {}),
    words: [
      "hasKey",
      ...(subject ? (["hasId"] as const) : []),
      ...(openable ? (["openable", "hasFile"] as const) : []),
    ],
    children: () => [
      ...problemNodes(id, problems, subject),
      ...limited(context, id, windows, (window: Window) => windowNode(context, id, owner, window)),
    ],
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

function conversationTooltip(context: TreeContext, conversation: Conversation): readonly TooltipRow[] {
  const { key, row, windows, lastActivityAt } = conversation;
  const when = (at: number) => formatTime(at, { timeZone: context.timeZone, offset: true });
  return [
    { name: l10n.t("Session key"), value: key },
    ...(row?.sessionId === undefined ? [] : [{ name: l10n.t("Current session id"), value: row.sessionId }]),
    { name: l10n.t("Windows"), value: formatCount("window", windows.length) },
    ...(lastActivityAt === undefined ? [] : [{ name: l10n.t("Last activity"), value: when(lastActivityAt) }]),
    ...(row?.model === undefined
      ? []
      : [{ name: l10n.t("Model"), value: [row.modelProvider, row.model].filter(Boolean).join("/") }]),
    ...(row?.status === undefined ? [] : [{ name: l10n.t("Status"), value: row.status }]),
  ];
}
