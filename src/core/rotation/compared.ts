import * as l10n from "@vscode/l10n";
import type { Opening, SessionFile, Window } from "../conversation/model";
import { type Evidence, type EvidenceSource, evidence, type Place } from "../evidence/evidence";
import type { TranscriptIndex } from "../index/transcriptIndex";
import { parseSessionKey } from "../names/sessionKey";
import { isoTime } from "../text/formatTime";
import type { Boundary } from "./rotation";
import type { RotationFacts } from "./rotationFacts";

/** What several causes compare: the moments and the first and last rows on both sides of a boundary. */

/** The turn that carried a reset out is stored within so much of it, ms: a slow first turn takes 21 s (2026.5.18, recorded). */
export const AT_THE_BOUNDARY_MS = 60_000;

export function iso(at: number): string {
  return isoTime(at) ?? l10n.t("unknown time");
}

/** The file that ended: the archive that this boundary made, else what is left of the window. */
export function endedFile({ archive, from }: Boundary): SessionFile | undefined {
  return archive ?? from.primary;
}

export interface Moment {
  /** Epoch ms. */
  readonly at: number;
  readonly place: Place | undefined;
  /** Where it was read; the transcript when absent. */
  readonly source?: EvidenceSource;
  /** Epoch ms at which the inspector kept it. */
  readonly recordedAt?: number | undefined;
}

/** A sentence about something that happened at a moment, with where that was read. */
export function evidenceOf({ source, place, recordedAt }: Moment, say: () => string): Evidence {
  return evidence(source ?? "transcript", say, place, recordedAt);
}

/** The last entry before the boundary. */
export function lastEntry({ boundary }: RotationFacts): Moment | undefined {
  const file = endedFile(boundary);
  const at = usable(file?.head?.lastAt ?? file?.index?.lastAt ?? boundary.from.lastAt);
  if (at === undefined) return undefined;
  return { at, place: file && placeOfEnd(file) };
}

/** The last message that a person sent before the boundary, where it lies near the end. */
export function lastUserMessage({ boundary }: RotationFacts): Moment | undefined {
  const file = endedFile(boundary);
  const at = usable(file?.head?.ending?.lastUserAt);
  return at === undefined || file === undefined ? undefined : { at, place: placeOfEnd(file) };
}

export function placeOfEnd({ path, head, index }: SessionFile): Place {
  return { file: path, line: index && lastLineOf(index), offset: head?.ending?.offset };
}

/** Where every line is an entry, the last entry is the last line; what else ends a file makes its line unknown. */
function lastLineOf({ lines, entries, header }: TranscriptIndex): number | undefined {
  return lines === entries + (header === undefined ? 0 : 1) ? lines : undefined;
}

/** When the transcript that ended was begun, by its header. */
export function oldHeader({ boundary }: RotationFacts): Moment | undefined {
  const file = endedFile(boundary);
  return file && headerOf(file);
}

/** The header of the transcript that came next. */
export function nextHeader({ boundary: { to } }: RotationFacts): Moment | undefined {
  return to?.primary && headerOf(to.primary);
}

export function headerOf({ path, head, index }: SessionFile): Moment | undefined {
  const at = usable(head?.headerAt ?? index?.header?.at);
  return at === undefined ? undefined : { at, place: { file: path, line: index?.header?.line ?? 1 } };
}

export interface PlacedOpening {
  readonly opening: Opening;
  readonly place: Place;
}

/** The first message of a person or a machine in the transcript that came next, whenever that was. */
export function nextOpening({ boundary: { to } }: RotationFacts): PlacedOpening | undefined {
  return to && openingOf(to);
}

/** The same when it is so near that this turn carried the reset out. */
export function openingAtBoundary(facts: RotationFacts): PlacedOpening | undefined {
  const placed = nextOpening(facts);
  const { at } = facts.boundary;
  const began = usable(placed?.opening.at);
  if (placed === undefined || at === undefined || began === undefined) return undefined;
  return Math.abs(began - at) <= AT_THE_BOUNDARY_MS ? placed : undefined;
}

export function openingOf({ primary }: Window): PlacedOpening | undefined {
  const opening = primary?.head?.opening;
  if (primary === undefined || opening === undefined) return undefined;
  return { opening, place: { file: primary.path, line: opening.line, offset: opening.offset } };
}

/** A turn that no person began. */
export function isMachineTurn({ speaker }: Opening): boolean {
  return speaker === "heartbeat" || speaker === "cron" || speaker === "exec-notice" || speaker === "system-event";
}

/** Sessions of heartbeats and cron jobs that take a new one for every run; no policy applies to them. */
export function isIsolatedKey(key: string): boolean {
  if (!key.includes(":heartbeat") && !key.includes("cron:")) return false;
  const { about } = parseSessionKey(key);
  return about.kind === "heartbeat" || about.kind === "cron" || about.kind === "cron-run";
}

export function isOfIsolatedRun({ boundary: { conversation } }: RotationFacts): boolean {
  return conversation !== undefined && isIsolatedKey(conversation.key);
}

export function archiveReason({ archive }: Boundary): "reset" | "deleted" | undefined {
  if (archive?.name.kind !== "archive" || archive.name.reason === "bak") return undefined;
  return archive.name.reason;
}

/** The old transcript is there, under its own name and without an archive. */
export function isLeftBehind({ boundary: { archive, from } }: RotationFacts): boolean {
  return archive === undefined && (from.kind === "orphan" || from.kind === "live");
}

/** Nothing is left of the old transcript. */
export function isGone({ boundary: { archive, from } }: RotationFacts): boolean {
  return archive === undefined && (from.kind === "missing" || from.kind === "trajectory-only");
}

export function versionEvidence({ surroundings: { version } }: RotationFacts): readonly Evidence[] {
  return version.kind === "unknown" ? [] : [version.evidence[0]];
}

/** The name of a file, as something that was looked at. */
export function namedFile(file: SessionFile, say: (base: string) => string): Evidence {
  return evidence("file-name", () => say(file.name.base), { file: file.path });
}

/** A store and a transcript may hold any number; only what a Date can hold is a moment. */
export function usable(at: number | undefined): number | undefined {
  return at !== undefined && Math.abs(at) <= 8_640_000_000_000_000 ? at : undefined;
}
