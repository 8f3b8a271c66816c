import { isMirror, type Message, type TranscriptEntry, type Usage } from "../transcript/entry";
import { textOf } from "../transcript/parseField";
import { isJsonObject } from "../config/jsonObject";
import type { RoleCounts } from "./transcriptIndex";

/** What one entry contributes to the index, from a full parse. */
export interface EntryFacts {
  /** As written. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly parentId: string | null | undefined;
  readonly at: number | undefined;
  readonly role: keyof RoleCounts | undefined;
  /** Of assistant messages that are no mirror rows. */
  readonly said: Said | undefined;
  /** The session named by a row `openclaw:bootstrap-context:full`. */
  readonly bootstrapSessionId: string | undefined;
  /** Of a user message that begins with `[cron:<jobId> …]`. */
  readonly cronJobId: string | undefined;
}

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
    said: message?.role === "assistant" && !isMirror(message) ? message : undefined,
    bootstrapSessionId: bootstrapSessionId(entry),
    cronJobId: message?.role === "user" ? cronJobId(message) : undefined,
  };
}

function roleOf(message: Message): keyof RoleCounts {
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
