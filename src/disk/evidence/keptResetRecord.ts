import { redactKey, redactText } from "../../core/evidence/redact";
import type { Place } from "../../core/evidence/evidence";
import type { LogEvent, LogRecord } from "../../core/log/logRecord";
import type { CommandRecord, KeptFile, ResetRecord, TurnTrigger } from "../../core/rotation/rotationFacts";
import { keptFileIn } from "./keptFile";
import type { StoreRow } from "../../core/store/storeRow";
import { shortened } from "../../core/text/shortened";

/** One record with its newline, bytes. */
export const MAX_RECORD_BYTES = 64 * 1024;

/**
 * The line that is kept of a reset record: log lines redacted, the row reduced to what it is compared by, no message text. The
 * session key stands in it once, as it is: by it the conversation is found again.
 * Where that is too much, the log lines farthest from the moment are dropped. Undefined when even that is too much.
 */
export function encodeResetRecord(record: ResetRecord): string | undefined {
  const nearest = [...record.logs].sort((one, other) => Math.abs(one.at - record.at) - Math.abs(other.at - record.at));
  for (let count = nearest.length; ; count = Math.floor(count / 2)) {
    const kept = new Set(nearest.slice(0, count));
    const line = JSON.stringify({
      ...record,
      rowBefore: record.rowBefore && { ...reducedRow(record.rowBefore), key: keptKey(record.rowBefore.key, record) },
      logs: record.logs
        .filter((log) => kept.has(log))
        .map((log) => ({ ...log, event: keptEvent(log.event, record), text: redactText(shortened(log.text, 300)) })),
      commands: record.commands.slice(0, 20).map((command) => ({
        ...command,
        action: redactText(command.action),
        sessionKey: command.sessionKey === undefined ? undefined : keptKey(command.sessionKey, record),
        source: command.source === undefined ? undefined : redactText(command.source),
      })),
    });
    if (Buffer.byteLength(line) < MAX_RECORD_BYTES) return `${line}\n`;
    if (count === 0) return undefined;
  }
}

/** Stands for the key of the record in what is kept with it. */
const ITS_KEY = "";

/** Of another conversation nothing more is needed than that it is another one. */
function keptKey(key: string, record: Pick<ResetRecord, "key">): string {
  return key === record.key ? ITS_KEY : redactKey(key);
}

function keptEvent(event: LogEvent, record: Pick<ResetRecord, "key">): LogEvent {
  return "key" in event && event.key !== undefined ? { ...event, key: keptKey(event.key, record) } : event;
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
    rowBefore: rowIn(fields["rowBefore"], key),
    logs: asList(fields["logs"]).flatMap((log) => logIn(log, recordedAt, key) ?? []),
    commands: asList(fields["commands"]).flatMap((command) => commandIn(command, key) ?? []),
    trigger: triggerIn(fields["trigger"]),
    ...keptFiles(keptFileIn(fields["fromFile"]), keptFileIn(fields["toFile"])),
  };
}

/** Without an archive the moment becomes more exact as the next transcript is written, ms. */
const SAME_RESET_MS = 2 * 60_000;

/** A session that was brought back ends again, and once its first archive is gone its second end has the id of the first. */
export function isSameReset(one: ResetRecord, other: ResetRecord): boolean {
  return one.id === other.id && Math.abs(one.at - other.at) <= SAME_RESET_MS;
}

/** Each reset once, in order of time. */
export function mergedRecords(records: readonly ResetRecord[]): readonly ResetRecord[] {
  const found = new Map<string, ResetRecord[]>();
  for (const record of records) {
    const known = found.get(record.id) ?? [];
    const same = known.findIndex((each) => isSameReset(each, record));
    const before = known[same];
    if (before === undefined) found.set(record.id, [...known, record]);
    else known[same] = mergedRecord(before, record);
  }
  return [...found.values()].flat().sort((one, other) => one.at - other.at);
}

/** Several windows of an editor may see the same reset: the first one tells when, and whoever saw more is believed. */
function mergedRecord(one: ResetRecord, other: ResetRecord): ResetRecord {
  const [first, second] = other.recordedAt < one.recordedAt ? [other, one] : [one, other];
  return {
    ...first,
    toSessionId: first.toSessionId ?? second.toSessionId,
    archive: first.archive ?? second.archive,
    rowBefore: first.rowBefore ?? second.rowBefore,
    logs: second.logs.length > first.logs.length ? second.logs : first.logs,
    commands: second.commands.length > first.commands.length ? second.commands : first.commands,
    trigger: first.trigger ?? second.trigger,
    ...keptFiles(
      first.fromFile ?? second.fromFile,
      // The next transcript may have been a mere header for whoever looked first.
      first.toFile?.head.opening === undefined ? (second.toFile ?? first.toFile) : first.toFile,
    ),
  };
}

export function keptFiles(
  fromFile: KeptFile | undefined,
  toFile: KeptFile | undefined,
): Pick<ResetRecord, "fromFile" | "toFile"> {
  return { ...(fromFile && { fromFile }), ...(toFile && { toFile }) };
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
    rest: restOf(row.rest),
  };
}

/** Fields without a name of their own by which a row is judged: whether its run had ended, and whether it was emptied. */
const judgedBy = ["endedAt", "startedAt", "inputTokens", "outputTokens", "totalTokensFresh", "abortedLastRun"];

function restOf(rest: StoreRow["rest"]): StoreRow["rest"] {
  const kept = judgedBy.flatMap((name) => {
    const value = rest[name];
    return typeof value === "number" || typeof value === "boolean" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
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

function rowIn(value: unknown, itsKey: string): StoreRow | undefined {
  const fields = asObject(value);
  const key = asText(fields?.["key"]);
  if (fields === undefined || key === undefined) return undefined;
  return {
    ...emptyRow,
    key: key === ITS_KEY ? itsKey : key,
    rest: restOf(asObject(fields["rest"]) ?? {}),
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

function logIn(value: unknown, recordedAt: number, itsKey: string): LogRecord | undefined {
  const fields = asObject(value);
  const at = asNumber(fields?.["at"]);
  const event = asObject(fields?.["event"]);
  const text = asText(fields?.["text"]);
  if (at === undefined || typeof event?.["kind"] !== "string" || text === undefined) return undefined;
  return {
    at,
    offsetMinutes: asNumber(fields?.["offsetMinutes"]),
    event: (event["key"] === ITS_KEY ? { ...event, key: itsKey } : event) as unknown as LogEvent, // written by ourselves; kinds that nobody knows any more are passed over
    text,
    place: placeIn(fields?.["place"]) ?? { file: "" },
    recordedAt,
  };
}

function commandIn(value: unknown, itsKey: string): CommandRecord | undefined {
  const fields = asObject(value);
  const at = asNumber(fields?.["at"]);
  const action = asText(fields?.["action"]);
  if (at === undefined || action === undefined) return undefined;
  const place = placeIn(fields?.["place"]) ?? { file: "" };
  const sessionKey = asText(fields?.["sessionKey"]);
  return {
    at,
    action,
    sessionKey: sessionKey === ITS_KEY ? itsKey : sessionKey,
    source: asText(fields?.["source"]),
    place,
  };
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
