import type { SessionFile } from "./model";

/** Transcripts, archives and checkpoints. Trajectories are no transcripts. */
export function isTranscriptFile({ name: { kind } }: SessionFile): boolean {
  return kind === "transcript" || kind === "archive" || kind === "checkpoint";
}

/** The session id that the name claims; the whole name where it claims none. */
export function idOfName({ name }: SessionFile): string {
  return "sessionId" in name ? name.sessionId : name.base;
}

/** Its head was read; else only the name speaks. */
export function isRead({ head, index, problem }: SessionFile): boolean {
  return index !== undefined || (head !== undefined && problem === undefined);
}

/** The header's id: the only true one. */
export function headerIdOf({ head, index }: SessionFile): string | undefined {
  return head?.headerId ?? index?.header?.id;
}

/** Epoch ms. */
export function headerAtOf({ head, index }: SessionFile): number | undefined {
  return head?.headerAt ?? index?.header?.at;
}

export function firstEntryIdOf({ head, index }: SessionFile): string | undefined {
  return head?.firstEntryId ?? index?.firstEntryId;
}

/** Epoch ms. */
export function firstAtOf({ head, index }: SessionFile): number | undefined {
  return head?.firstAt ?? index?.firstAt;
}

/** Epoch ms. The later of the two: the index may have been made before the file grew. */
export function lastAtOf({ head, index }: SessionFile): number | undefined {
  return latest(head?.lastAt, index?.lastAt);
}

export function isArchive({ name }: SessionFile, reason: "reset" | "deleted" | "bak"): boolean {
  return name.kind === "archive" && name.reason === reason;
}

export function latest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined || a > b ? a : b;
}

export function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined || a < b ? a : b;
}

/** By code units: the same order on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
