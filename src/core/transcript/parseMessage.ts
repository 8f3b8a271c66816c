import { isJsonObject } from "../config/jsonObject";
import type { JsonObject, Message, Provenance, Usage } from "./entry";
import { parseBlocks } from "./parseBlock";
import { numberOf, textOf, timeOf } from "./parseField";

/** The `message` of an entry. Roles we do not know are kept as `other`. */
export function parseMessage(raw: JsonObject): Message {
  const base = { blocks: parseBlocks(raw["content"]), at: timeOf(numberOf(raw["timestamp"])), raw };
  const role = textOf(raw["role"]);
  switch (role) {
    case "user":
      return { ...base, role, provenance: parseProvenance(raw["provenance"]) };
    case "assistant":
      return {
        ...base,
        role,
        provider: textOf(raw["provider"]),
        model: textOf(raw["model"]),
        usage: parseUsage(raw["usage"]),
        stopReason: textOf(raw["stopReason"]),
        errorMessage: textOf(raw["errorMessage"]),
      };
    case "toolResult":
      return {
        ...base,
        role,
        toolCallId: textOf(raw["toolCallId"]),
        toolName: textOf(raw["toolName"]),
        isError: raw["isError"] === true,
      };
    case "bashExecution":
      return {
        ...base,
        role,
        command: textOf(raw["command"]),
        output: textOf(raw["output"]),
        exitCode: numberOf(raw["exitCode"]),
      };
    case "hookMessage":
      // The name of version 2 transcripts (early 2026) for what is `custom` since; OpenClaw renames it on opening.
      return { ...base, role: "other", writtenRole: "custom" };
    case undefined:
    default:
      return { ...base, role: "other", writtenRole: role };
  }
}

/** Undefined when there is none; counts that are missing are 0. */
function parseUsage(raw: unknown): Usage | undefined {
  if (!isJsonObject(raw)) return undefined;
  const cost = raw["cost"];
  const count = (name: string): number => numberOf(raw[name]) ?? 0;
  const input = count("input");
  const output = count("output");
  const cacheRead = count("cacheRead");
  const cacheWrite = count("cacheWrite");
  const totalTokens = numberOf(raw["totalTokens"]) ?? input + output + cacheRead + cacheWrite;
  const costTotal = isJsonObject(cost) ? (numberOf(cost["total"]) ?? 0) : 0;
  return { input, output, cacheRead, cacheWrite, totalTokens, costTotal };
}

function parseProvenance(raw: unknown): Provenance | undefined {
  if (!isJsonObject(raw)) return undefined;
  return {
    kind: textOf(raw["kind"]),
    sourceSessionKey: textOf(raw["sourceSessionKey"]),
    sourceChannel: textOf(raw["sourceChannel"]),
    sourceTool: textOf(raw["sourceTool"]),
  };
}
