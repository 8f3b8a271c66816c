import { isMirror, type Message, type TranscriptEntry, type Usage } from "../transcript/entry";
import { topicOfError } from "../transcript/errorWordings";
import { textOf } from "../transcript/parseField";
import { leadingText } from "../transcript/speaker";
import { isJsonObject } from "../config/jsonObject";
import { type MachineTurn, machineTurnOf } from "./machineTurn";
import type { RoleCounts } from "./transcriptIndex";

/** What one entry contributes to the index, from a full parse. */
export interface EntryFacts {
  /** As written. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly parentId: string | null | undefined;
  readonly at: number | undefined;
  readonly role: MessageRole | undefined;
  /** Of a user message that no person sent. */
  readonly machine: MachineTurn | undefined;
  /** Of assistant messages that are no mirror rows. */
  readonly said: Said | undefined;
  /** The session named by a row `openclaw:bootstrap-context:full`. */
  readonly bootstrapSessionId: string | undefined;
  /** Of a user message that begins with `[cron:<jobId> …]`. */
  readonly cronJobId: string | undefined;
  /** An answer that ended in an error whose wording says that the context was too long. */
  readonly overflow: boolean;
  /** A compaction whose summary says that there was nothing to summarise. */
  readonly noPriorHistory: boolean;
  /** The version that an answer of OpenClaw's own names (`/status`). */
  readonly version: string | undefined;
}

/** The roles that are counted apart; machine rows are among those of the user. */
export type MessageRole = Exclude<keyof RoleCounts, "machine" | "heartbeat">;

export interface Said {
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
}

/** The `customType` of rows that name their session (written by OpenClaw 2026.3 to 2026.7). */
export const BOOTSTRAP_TYPE = "openclaw:bootstrap-context:full";

export function factsOfEntry(entry: TranscriptEntry): EntryFacts {
  const message = entry.type === "message" ? entry.message : undefined;
  return {
    type: entry.type === "unknown" ? entry.writtenType : entry.type,
    id: entry.id,
    parentId: entry.parentId,
    at: entry.at,
    role: message && roleOf(message),
    machine: message?.role === "user" ? machineTurnOf(leadingText(message)) : undefined,
    said: message?.role === "assistant" && !isMirror(message) ? message : undefined,
    bootstrapSessionId: bootstrapSessionId(entry),
    cronJobId: message?.role === "user" ? cronJobId(message) : undefined,
    overflow: message !== undefined && isOverflow(message),
    // What is written when nothing was left to summarise (all versions).
    noPriorHistory: entry.type === "compaction" && /^\s*No prior history\b/.test(entry.summary),
    version: message && versionOf(message),
  };
}

function isOverflow(message: Message): boolean {
  if (message.role !== "assistant" || message.stopReason !== "error") return false;
  return message.errorMessage !== undefined && topicOfError(message.errorMessage) === "overflow";
}

function versionOf(message: Message): string | undefined {
  return isMirror(message) ? versionOfStatus(leadingText(message)) : undefined;
}

/** `🦞 OpenClaw 2026.7.35 (aa94808)`: how the answer to `/status` begins (recorded with 2026.3.13 to 2026.7.35). */
export function versionOfStatus(text: string): string | undefined {
  return statusBeginning.exec(text.slice(0, 100))?.[1];
}

const statusBeginning =
  /^[^\p{L}\p{N}]{0,8}OpenClaw (\d{4}\.\d{1,2}\.\d{1,3}(?:-[0-9A-Za-z.]{1,20})?)(?![0-9A-Za-z.-])/u;

function roleOf(message: Message): MessageRole {
  switch (message.role) {
    case "assistant":
      return isMirror(message) ? "mirror" : "assistant";
    case "user":
    case "toolResult":
      return message.role;
    case "bashExecution":
    case "other":
      return "other";
  }
}

function bootstrapSessionId(entry: TranscriptEntry): string | undefined {
  if (entry.type !== "custom" || entry.customType !== BOOTSTRAP_TYPE || !isJsonObject(entry.data)) return undefined;
  return textOf(entry.data["sessionId"]);
}

function cronJobId(message: Message): string | undefined {
  const [first] = message.blocks;
  return first?.kind === "text" ? /^\[cron:([^\s\]]{1,128})[\s\]]/.exec(first.text)?.[1] : undefined;
}
