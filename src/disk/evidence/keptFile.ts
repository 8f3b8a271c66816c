import type { Ending, FileHead, Opening, SessionFile, ZoneHint } from "../../core/conversation/model";
import { messageCount } from "../../core/index/transcriptIndex";
import type { KeptFile } from "../../core/rotation/rotationFacts";

/** What is kept of a transcript: the times and kinds of its first and last rows, no text, no directory, no key. */
export function keptFile({ path, head, index }: SessionFile): KeptFile | undefined {
  if (head === undefined) return undefined;
  const kept: FileHead = { ...head, cwd: undefined, sessionKey: undefined, problem: undefined };
  return { path, head: kept, messages: index && messageCount(index.roles) };
}

export function keptFileIn(value: unknown): KeptFile | undefined {
  const fields = asObject(value);
  const head = asObject(fields["head"]);
  const path = fields["path"];
  if (typeof path !== "string") return undefined;
  return {
    path,
    head: {
      headerId: text(head["headerId"]),
      headerAt: number(head["headerAt"]),
      headerVersion: number(head["headerVersion"]),
      cwd: undefined,
      firstEntryId: text(head["firstEntryId"]),
      firstAt: number(head["firstAt"]),
      lastAt: number(head["lastAt"]),
      sessionKey: undefined,
      opening: openingIn(head["opening"]),
      announced: commandIn(head["announced"]),
      ending: endingIn(head["ending"]),
      replayed: number(head["replayed"]),
      problem: undefined,
    },
    messages: number(fields["messages"]),
  };
}

function openingIn(value: unknown): Opening | undefined {
  const fields = asObject(value);
  const speaker = text(fields["speaker"]);
  if (speaker === undefined) return undefined;
  return {
    heartbeat: fields["heartbeat"] === true,
    sender: text(fields["sender"]),
    speaker: speaker as Opening["speaker"], // written by ourselves; a kind that nobody knows any more is no turn
    startup: commandIn(fields["startup"]),
    typedCommand: commandIn(fields["typedCommand"]),
    systemEvents: fields["systemEvents"] === true,
    execNotice: fields["execNotice"] === true,
    stamped: fields["stamped"] === true,
    currentTime: fields["currentTime"] === true,
    zone: zoneIn(fields["zone"]),
    at: number(fields["at"]),
    line: number(fields["line"]) ?? 1,
    offset: number(fields["offset"]) ?? 0,
  };
}

function endingIn(value: unknown): Ending | undefined {
  const fields = asObject(value);
  if (typeof fields["unanswered"] !== "boolean") return undefined;
  const error = fields["error"];
  return {
    speaker: text(fields["speaker"]) as Ending["speaker"], // as above
    stopReason: text(fields["stopReason"]),
    error: error === "overflow" || error === "role-order" || error === "other" ? error : undefined,
    inputTokens: number(fields["inputTokens"]),
    unanswered: fields["unanswered"],
    compactions: number(fields["compactions"]) ?? 0,
    lastUserAt: number(fields["lastUserAt"]),
    offset: number(fields["offset"]),
  };
}

function zoneIn(value: unknown): ZoneHint | undefined {
  const fields = asObject(value);
  const label = text(fields["label"]);
  return label === undefined
    ? undefined
    : { label, name: text(fields["name"]), offsetMinutes: number(fields["offsetMinutes"]) };
}

function commandIn(value: unknown): "new" | "reset" | undefined {
  return value === "new" || value === "reset" ? value : undefined;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
