import { isJsonObject } from "../config/jsonObject";
import type { JsonObject, TranscriptEntry, TranscriptHeader } from "./entry";
import { parseBlocks } from "./parseBlock";
import { numberOf, textOf, timeOf } from "./parseField";
import { parseMessage } from "./parseMessage";

/** The highest `version` a header is known to carry (written from OpenClaw 2026.9.4 on). */
export const NEWEST_VERSION = 4;

/** Undefined when it names no session: then it is no header we could go by. */
export function parseHeader(raw: JsonObject): TranscriptHeader | undefined {
  const id = textOf(raw["id"]);
  if (id === undefined || id === "") return undefined;
  return {
    id,
    // Transcripts from before 2026 have no version: they count as version 1.
    version: numberOf(raw["version"]) ?? 1,
    at: timeOf(raw["timestamp"]),
    timestamp: textOf(raw["timestamp"]),
    cwd: textOf(raw["cwd"]),
    parentSession: textOf(raw["parentSession"]),
    raw,
  };
}

/** Any record but a header. A kind we do not know, and a known kind without what makes it one, is kept as `unknown`. */
export function parseEntry(raw: JsonObject): TranscriptEntry {
  const base = {
    id: textOf(raw["id"]),
    parentId: raw["parentId"] === null ? null : textOf(raw["parentId"]),
    at: timeOf(raw["timestamp"]),
    timestamp: textOf(raw["timestamp"]),
    raw,
  };
  const type = textOf(raw["type"]);
  switch (type) {
    case "message": {
      if (!isJsonObject(raw["message"])) break;
      const message = parseMessage(raw["message"]);
      return { ...base, at: base.at ?? message.at, type, message };
    }
    case "compaction":
      return {
        ...base,
        type,
        summary: textOf(raw["summary"]) ?? "",
        firstKeptEntryId: textOf(raw["firstKeptEntryId"]),
        tokensBefore: numberOf(raw["tokensBefore"]),
        tokensAfter: numberOf(raw["tokensAfter"]),
      };
    case "branch_summary":
      return { ...base, type, fromId: textOf(raw["fromId"]), summary: textOf(raw["summary"]) ?? "" };
    case "model_change":
      return { ...base, type, provider: textOf(raw["provider"]), modelId: textOf(raw["modelId"]) };
    case "thinking_level_change":
      return { ...base, type, thinkingLevel: textOf(raw["thinkingLevel"]) };
    case "custom":
      return { ...base, type, customType: textOf(raw["customType"]), data: raw["data"] };
    case "custom_message":
      return {
        ...base,
        type,
        customType: textOf(raw["customType"]),
        blocks: parseBlocks(raw["content"]),
        display: raw["display"] !== false,
      };
    case "label":
      return { ...base, type, targetId: textOf(raw["targetId"]), label: textOf(raw["label"]) };
    case "session_info":
      return { ...base, type, name: textOf(raw["name"]) };
    case "leaf":
      return { ...base, type, targetId: textOf(raw["targetId"]) };
    case "reset":
      return { ...base, type, reason: textOf(raw["reason"]), firstKeptEntryId: textOf(raw["firstKeptEntryId"]) };
    case undefined:
    default:
  }
  return { ...base, type: "unknown", writtenType: type };
}
