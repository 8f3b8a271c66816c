import type { JoinRung } from "../conversation/model";
import type { KeptCopy, KeptRecord } from "./keptCopy";

/** Bytes; what is larger was not written here. So much is read of a file at once. */
export const LARGEST_RECORD = 32 * 1024;
/** Characters of evidence; a sentence may quote more than anybody will read. */
const LONGEST_EVIDENCE = 4_000;

export function recordText(record: KeptRecord): string {
  const { copy } = record;
  const joinEvidence = copy.joinEvidence?.slice(0, LONGEST_EVIDENCE);
  return `${JSON.stringify({ ...record, copy: { ...copy, joinEvidence } }, undefined, 2)}\n`;
}

/** Undefined when the text is not what `recordText` makes. A record is somebody's file: nothing in it is believed by its name. */
export function parseRecord(text: string): KeptRecord | undefined {
  const fields = objectIn(text);
  const copy = fields?.["copy"];
  if (fields?.["schema"] !== 1 || !isText(fields["stateDir"]) || typeof copy !== "object" || copy === null)
    return undefined;
  const parsed = copyIn(copy as Fields);
  return parsed === undefined ? undefined : { schema: 1, stateDir: fields["stateDir"], copy: parsed };
}

type Fields = Readonly<Partial<Record<string, unknown>>>;

function copyIn(fields: Fields): KeptCopy | undefined {
  const { name, bytes, sha256, keptAt, originalName, originalPath, mtimeMs, agentId, windowId, sessionId } = fields;
  if (!isText(name) || !isText(originalName) || !isText(originalPath)) return undefined;
  if (!isText(agentId) || !isText(windowId) || !isText(sessionId)) return undefined;
  if (!isNumber(bytes) || !isNumber(keptAt) || !isNumber(mtimeMs)) return undefined;
  if (!isText(sha256) || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const { key, joinEvidence, joinRung } = fields;
  return {
    ...{ name, bytes, sha256, keptAt, originalName, originalPath, mtimeMs, agentId, windowId, sessionId },
    key: isText(key) && key !== "" ? key : undefined,
    joinEvidence: isText(joinEvidence) ? joinEvidence : undefined,
    // Only compared with the names of rungs; one that nobody knows is a weak one.
    joinRung: isText(joinRung) ? (joinRung as JoinRung) : undefined,
  };
}

function objectIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined; // damaged: whoever asks says so, with the name of the file
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
