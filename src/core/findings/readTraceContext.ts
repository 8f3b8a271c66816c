import { isJsonObject } from "../config/jsonObject";
import type { Place } from "../evidence/evidence";
import type { TraceContext } from "../rotation/rotationFacts";
import type { JsonObject } from "../transcript/entry";
import { splitEnvelope } from "../transcript/envelope";
import { textOf, timeOf } from "../transcript/parseField";
import { wordings } from "../transcript/wordings";

/** What must be known of a run trace besides the record itself. */
export interface AroundTraceRecord {
  /** Epoch ms of the first record of the trace: when the session began. */
  readonly sessionBeganAt: number | undefined;
  /** Epoch ms of the first record with the same `runId`. A run that tries again holds its own prompt already. */
  readonly runBeganAt: number | undefined;
  /** `data.trigger` of the run's `session.started`: `heartbeat`, `user`, … */
  readonly trigger: string | undefined;
  /** `heartbeat.prompt` of the config, where it replaces OpenClaw's. */
  readonly heartbeatPrompts: readonly string[];
  readonly place: Place;
}

/**
 * A `context.compiled` record of a run trace (OpenClaw 2026.4.22–7.35): what the model was given, counted. Its `messages` are
 * the earlier ones; what is asked now stands in `prompt`. Undefined for anything else. No text is kept.
 */
export function readTraceContext(value: unknown, around: AroundTraceRecord): TraceContext | undefined {
  if (!isJsonObject(value) || value["type"] !== "context.compiled") return undefined;
  const data = value["data"];
  const sessionKey = textOf(value["sessionKey"]);
  const sessionId = textOf(value["sessionId"]);
  const at = timeOf(value["ts"]);
  if (!isJsonObject(data) || sessionKey === undefined || sessionId === undefined || at === undefined) return undefined;

  const roles = new Map<string, number>();
  let characters = charactersIn(data["systemPrompt"]);
  let messages = 0;
  let heartbeatPrompts = 0;
  let carriedOver = 0;
  const given: unknown = data["messages"];
  for (const message of Array.isArray(given) ? (given as readonly unknown[]) : []) {
    if (!isJsonObject(message)) continue;
    messages++;
    const role = roleOf(message);
    roles.set(role, (roles.get(role) ?? 0) + 1);
    characters += charactersIn(message["content"]);
    const sentAt = timeOf(message["timestamp"]);
    if (sentAt !== undefined && isBefore(sentAt, around.sessionBeganAt)) carriedOver++;
    const isOfThisRun = sentAt !== undefined && around.runBeganAt !== undefined && sentAt >= around.runBeganAt;
    if (role === "user" && !isOfThisRun && isHeartbeatPrompt(leadingTextOf(message["content"]), around)) {
      heartbeatPrompts++;
    }
  }
  const prompt = textOf(data["prompt"]);
  if (prompt !== undefined && prompt !== "") {
    messages++;
    roles.set("user", (roles.get("user") ?? 0) + 1);
    characters += prompt.length;
    if (around.trigger === "heartbeat" || isHeartbeatPrompt(prompt, around)) heartbeatPrompts++;
  }
  return {
    sessionKey,
    sessionId,
    at,
    messages,
    roles: Object.fromEntries(roles),
    heartbeatPrompts,
    carriedOver,
    characters,
    inputTokens: undefined,
    contextTokens: undefined,
    place: around.place,
  };
}

/**
 * Tokens that a `model.completed` record counted as input, cache included: of the last call, as a run with tools makes several
 * and `usage` is their sum.
 */
export function inputTokensOf(value: unknown): number | undefined {
  if (!isJsonObject(value) || value["type"] !== "model.completed") return undefined;
  const data = value["data"];
  if (!isJsonObject(data)) return undefined;
  const cache = data["promptCache"];
  const usages = [isJsonObject(cache) ? cache["lastCallUsage"] : undefined, data["usage"]];
  const usage = usages.find((each): each is JsonObject => isJsonObject(each));
  if (usage === undefined) return undefined;
  const counts = [usage["input"], usage["cacheRead"], usage["cacheWrite"]].filter(
    (count) => typeof count === "number" && Number.isFinite(count) && count >= 0,
  );
  const sum = counts.reduce<number>((total, count) => total + (count as number), 0);
  return sum > 0 ? sum : undefined;
}

const knownRoles = new Set(["user", "assistant", "toolResult", "system", "bashExecution", "custom"]);

/** Roles are told apart when known; a file may hold any number of others. */
function roleOf(message: JsonObject): string {
  const role = textOf(message["role"]);
  return role !== undefined && knownRoles.has(role) ? role : "other";
}

function isBefore(at: number, began: number | undefined): boolean {
  return began !== undefined && at < began;
}

/** A prompt is told by how it begins; system events may stand before it. */
const PROMPT_CHARACTERS = 16 * 1024;

const ofHeartbeats = wordings.filter(({ turn }) => turn === "heartbeat");

function isHeartbeatPrompt(text: string | undefined, { heartbeatPrompts }: AroundTraceRecord): boolean {
  if (text === undefined) return false;
  const words = splitEnvelope(text.slice(0, PROMPT_CHARACTERS)).text;
  if (ofHeartbeats.some(({ pattern }) => pattern.test(words))) return true;
  return heartbeatPrompts.some((prompt) => prompt.trim() !== "" && words.startsWith(prompt.trim()));
}

function leadingTextOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  for (const block of content as readonly unknown[]) {
    if (isJsonObject(block) && block["type"] === "text") return textOf(block["text"]);
  }
  return undefined;
}

/** Nobody nests deeper, and a record made to do harm must not exhaust the stack. */
const MAX_DEPTH = 12;

/** Characters of all texts in a value. Images are left out: they are not counted in tokens by their length. */
function charactersIn(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return 0;
  if (isJsonObject(value) && value["type"] === "image") return 0;
  let sum = 0;
  for (const [name, each] of Object.entries(value)) {
    if (name !== "type") sum += charactersIn(each, depth + 1);
  }
  return sum;
}
