import * as l10n from "@vscode/l10n";
import type { ConversationGroup } from "../conversation/model";
import type { StoreRow } from "../store/storeRow";
import { visibleLine } from "../text/visibleText";
import { type KeyThread, parseSessionKey, type SessionKey } from "./sessionKey";

/** What of a store row can name a conversation. */
export type NamingRow = Pick<StoreRow, "label" | "displayName" | "subject">;

/**
 * What people say: `main`, `Telegram · direct chat 5551234`, `Heartbeat of main`. A name that the row knows (the label the
 * user gave, a group's subject, a contact's name) takes the place of the id.
 */
export function conversationLabel(key: string, row?: NamingRow): string {
  return labelOf(parseSessionKey(key), row);
}

/** Groups keep heartbeats, cron runs and sub-agents from burying people's chats. A key we do not know may be somebody's chat. */
export function conversationGroup(key: string): ConversationGroup {
  const { about } = parseSessionKey(key);
  switch (about.kind) {
    case "heartbeat":
      return "heartbeat";
    case "cron":
    case "cron-run":
      return "cron";
    case "subagent":
    case "acp":
      return "subagent";
    case "hook":
    case "node":
    case "explicit":
    case "unknown":
      return "other";
    case "main":
    case "direct":
    case "group":
    case "channel":
    case "room":
    case "dashboard":
    case "tui":
    case "heartbeat-recovered": // what doctor moved aside was the main session, people's words included
    case "recovered":
    case "global":
    case "named":
      return "people";
  }
}

function labelOf({ about }: SessionKey, row: NamingRow | undefined): string {
  const name = row && nameOf(row, "channel" in about ? about.channel : undefined);
  switch (about.kind) {
    case "main":
      return name === undefined ? "main" : l10n.t("main · {0}", name);
    case "direct": {
      const chat = l10n.t("direct chat {0}", name ?? shown(about.peer));
      return withChannel(about.channel, withThread(chat, about.thread), about.account);
    }
    case "group":
      return withChannel(
        about.channel,
        withThread(l10n.t("group {0}", name ?? shown(about.id)), about.thread),
        about.account,
      );
    case "channel":
      return withChannel(
        about.channel,
        withThread(l10n.t("channel {0}", name ?? shown(about.id)), about.thread),
        about.account,
      );
    case "room":
      return withChannel(
        about.channel,
        withThread(l10n.t("room {0}", name ?? shown(about.id)), about.thread),
        about.account,
      );
    case "heartbeat": {
      const base = labelOf(about.base, undefined);
      if (about.nesting === 1) return l10n.t("Heartbeat of {0}", base);
      return l10n.t("Heartbeat of {0}, suffix repeated {1} times", base, about.nesting);
    }
    case "heartbeat-recovered":
      return l10n.t("main, set aside by doctor {0}", shown(about.stamp));
    case "cron":
      return l10n.t("Cron job {0}", cronName(name) ?? shown(about.job));
    case "cron-run":
      return l10n.t("Cron job {0}, run {1}", cronName(name) ?? shown(about.job), shown(about.run));
    case "subagent":
      return l10n.t("Sub-agent {0}", name ?? shown(lastPart(about.id)));
    case "acp":
      return l10n.t("ACP session {0}", name ?? shown(about.id));
    case "hook":
      return l10n.t("Web hook {0}", name ?? shown(about.id));
    case "node":
      return l10n.t("Node {0}", name ?? shown(about.id));
    case "dashboard":
      return l10n.t("Dashboard chat {0}", name ?? shown(about.id));
    case "tui":
      return l10n.t("Terminal chat {0}", name ?? shown(about.id));
    case "explicit":
      return l10n.t("One-off run {0}", name ?? shown(about.id.replace(/^model-run-/, "")));
    case "recovered":
      return l10n.t("Recovered session {0}", name ?? shown(about.sessionId));
    case "global":
      return name === undefined ? l10n.t("global (all chats)") : l10n.t("global · {0}", name);
    case "unknown":
      return name ?? l10n.t("unknown");
    case "named":
      return (name ?? shown(about.name)) || l10n.t("(empty key)");
  }
}

/** The user's own label first; a display name often repeats the channel in front (`discord:#general`). */
function nameOf(row: NamingRow, channel: string | undefined): string | undefined {
  const name = [row.label, row.subject, row.displayName].find((text) => text !== undefined && text.trim() !== "");
  if (name === undefined) return undefined;
  const prefix = channel === undefined ? "" : `${channel}:`;
  return shown(
    prefix !== "" && name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name,
  );
}

/** OpenClaw labels cron rows `Cron: nightly-check`. */
function cronName(name: string | undefined): string | undefined {
  return name?.replace(/^Cron:\s*(?=\S)/, "");
}

/** Sub-agents of sub-agents: `a:subagent:b`; the last one is meant. */
function lastPart(id: string): string {
  return id.slice(id.lastIndexOf(":") + 1) || id;
}

/** One visible line, UUIDs by their first eight digits; keys and names come from strangers. */
function shown(text: string): string {
  return visibleLine(text.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "$1"), 80);
}

function withThread(chat: string, thread: KeyThread | undefined): string {
  if (!thread) return chat;
  if (thread.kind === "topic") return l10n.t("{0} · topic {1}", chat, shown(thread.id));
  return l10n.t("{0} · thread {1}", chat, shown(thread.id));
}

function withChannel(channel: string | undefined, chat: string, account: string | undefined): string {
  if (channel === undefined) return chat;
  if (account === undefined) return l10n.t("{0} · {1}", channelName(channel), chat);
  return l10n.t("{0} ({1}) · {2}", channelName(channel), shown(account), chat);
}

/** Channels whose name is not just their key with a capital letter. */
const channelNames: Readonly<Record<string, string>> = {
  bluebubbles: "BlueBubbles",
  googlechat: "Google Chat",
  imessage: "iMessage",
  irc: "IRC",
  msteams: "Microsoft Teams",
  "nextcloud-talk": "Nextcloud Talk",
  qqbot: "QQ",
  "synology-chat": "Synology Chat",
  webchat: "Web chat",
  wechat: "WeChat",
  whatsapp: "WhatsApp",
  zalouser: "Zalo",
};

function channelName(channel: string): string {
  const known = Object.hasOwn(channelNames, channel) ? channelNames[channel] : undefined;
  return known ?? shown(channel.charAt(0).toUpperCase() + channel.slice(1));
}
