import { redactText } from "../../core/evidence/redact";
import type { Place } from "../../core/evidence/evidence";
import type { LogEvent, LogRecord } from "../../core/log/logRecord";
import type { CommandRecord, ResetRecord, TurnTrigger } from "../../core/rotation/rotationFacts";
import type { StoreRow } from "../../core/store/storeRow";
import { shortened } from "../../core/text/shortened";

/** One record with its newline, bytes. */
export const MAX_RECORD_BYTES = 64 * 1024;

/**
 * The line that is kept of a reset record: log lines redacted, the row reduced to what it is compared by, no message text.
 * Where that is too much, the log lines farthest from the moment are dropped. Undefined when even that is too much.
 */
export function encodeResetRecord(record: ResetRecord): string | undefined {
  const nearest = [...record.logs].sort((one, other) => Math.abs(one.at - record.at) - Math.abs(other.at - record.at));
  for (let count = nearest.length; ; count = Math.floor(count / 2)) {
    const kept = new Set(nearest.slice(0, count));
    const line = JSON.stringify({
      ...record,
      rowBefore: record.rowBefore && reducedRow(record.rowBefore),
      logs: record.logs
        .filter((log) => kept.has(log))
        .map((log) => ({ ...log, text: redactText(shortened(log.text, 300)) })),
      commands: record.commands.slice(0, 20),
    });
    if (Buffer.byteLength(line) < MAX_RECORD_BYTES) return `${line}\n`;
    if (count === 0) return undefined;
  }
}

/** Undefined for a line that was cut short or that somebody else wrote. */
export function decodeResetRecord(line: string): ResetRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const fields = asObject(value);
  if (fields === undefined) return undefined;
  const { id, agentId, key, fromSessionId } = fields;
  const [at, recordedAt] = [asNumber(fields["at"]), asNumber(fields["recordedAt"])];
  if (typeof id !== "string" || typeof agentId !== "string" || typeof key !== "string") return undefined;
  if (typeof fromSessionId !== "string" || at === undefined || recordedAt === undefined) return undefined;
  return {
    id,
    agentId,
    key,
    at,
    recordedAt,
    fromSessionId,
    toSessionId: asText(fields["toSessionId"]),
    archive: asText(fields["archive"]),
    rowBefore: rowIn(fields["rowBefore"]),
    logs: asList(fields["logs"]).flatMap((log) => logIn(log, recordedAt) ?? []),
    commands: asList(fields["commands"]).flatMap((command) => commandIn(command) ?? []),
    trigger: triggerIn(fields["trigger"]),
  };
}

/** Several windows of an editor may see the same reset: the first one tells when, and whoever saw more is believed. */
export function mergedRecord(one: ResetRecord, other: ResetRecord): ResetRecord {
  const [first, second] = other.recordedAt < one.recordedAt ? [other, one] : [one, other];
  return {
    ...first,
    toSessionId: first.toSessionId ?? second.toSessionId,
    archive: first.archive ?? second.archive,
    rowBefore: first.rowBefore ?? second.rowBefore,
    logs: second.logs.length > first.logs.length ? second.logs : first.logs,
    commands: second.commands.length > first.commands.length ? second.commands : first.commands,
    trigger: first.trigger ?? second.trigger,
  };
}

/** Identity, times, status, origin and counters; no names of people and nothing bulky. */
function reducedRow(row: StoreRow): StoreRow {
  return {
    ...emptyRow,
    key: row.key,
    sessionId: row.sessionId,
    sessionFile: row.sessionFile,
    updatedAt: row.updatedAt,
    sessionStartedAt: row.sessionStartedAt,
    lastInteractionAt: row.lastInteractionAt,
    status: row.status,
    chatType: row.chatType,
    channel: row.channel,
    originProvider: row.originProvider,
    model: row.model,
    modelProvider: row.modelProvider,
    totalTokens: row.totalTokens,
    contextTokens: row.contextTokens,
    compactionCount: row.compactionCount,
  };
}

const emptyRow: StoreRow = {
  key: "",
  sessionId: undefined,
  sessionFile: undefined,
  updatedAt: undefined,
  sessionStartedAt: undefined,
  lastInteractionAt: undefined,
  status: undefined,
  label: undefined,
  displayName: undefined,
  subject: undefined,
  chatType: undefined,
  channel: undefined,
  originProvider: undefined,
  model: undefined,
  modelProvider: undefined,
  totalTokens: undefined,
  contextTokens: undefined,
  compactionCount: undefined,
  usageFamilyKey: undefined,
  usageFamilySessionIds: [],
  checkpoints: [],
  reportSessionKey: undefined,
  reportSessionId: undefined,
  spawnedBy: undefined,
  parentSessionKey: undefined,
  rest: {},
  skipped: {},
};

function rowIn(value: unknown): StoreRow | undefined {
  const fields = asObject(value);
  const key = asText(fields?.["key"]);
  if (fields === undefined || key === undefined) return undefined;
  return {
    ...emptyRow,
    key,
    sessionId: asText(fields["sessionId"]),
    sessionFile: asText(fields["sessionFile"]),
    updatedAt: asNumber(fields["updatedAt"]),
    sessionStartedAt: asNumber(fields["sessionStartedAt"]),
    lastInteractionAt: asNumber(fields["lastInteractionAt"]),
    status: asText(fields["status"]),
    chatType: asText(fields["chatType"]),
    channel: asText(fields["channel"]),
    originProvider: asText(fields["originProvider"]),
    model: asText(fields["model"]),
    modelProvider: asText(fields["modelProvider"]),
    totalTokens: asNumber(fields["totalTokens"]),
    contextTokens: asNumber(fields["contextTokens"]),
    compactionCount: asNumber(fields["compactionCount"]),
  };
}

function logIn(value: unknown, recordedAt: number): LogRecord | undefined {
  const fields = asObject(value);
  const at = asNumber(fields?.["at"]);
  const event = asObject(fields?.["event"]);
  const text = asText(fields?.["text"]);
  if (at === undefined || typeof event?.["kind"] !== "string" || text === undefined) return undefined;
  return {
    at,
    offsetMinutes: asNumber(fields?.["offsetMinutes"]),
    event: event as unknown as LogEvent, // written by ourselves; kinds that nobody knows any more are passed over
    text,
    place: placeIn(fields?.["place"]) ?? { file: "" },
    recordedAt,
  };
}

function commandIn(value: unknown): CommandRecord | undefined {
  const fields = asObject(value);
  const at = asNumber(fields?.["at"]);
  const action = asText(fields?.["action"]);
  if (at === undefined || action === undefined) return undefined;
  const place = placeIn(fields?.["place"]) ?? { file: "" };
  return { at, action, sessionKey: asText(fields?.["sessionKey"]), source: asText(fields?.["source"]), place };
}

function triggerIn(value: unknown): TurnTrigger | undefined {
  const fields = asObject(value);
  const at = asNumber(fields?.["at"]);
  const trigger = asText(fields?.["trigger"]);
  if (at === undefined || trigger === undefined) return undefined;
  return { trigger, at, place: placeIn(fields?.["place"]) ?? { file: "" } };
}

function placeIn(value: unknown): Place | undefined {
  const fields = asObject(value);
  const file = asText(fields?.["file"]);
  return file === undefined
    ? undefined
    : { file, line: asNumber(fields?.["line"]), offset: asNumber(fields?.["offset"]) };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
