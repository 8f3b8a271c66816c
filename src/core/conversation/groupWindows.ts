import {
  compareText,
  earliest,
  firstAtOf,
  firstEntryIdOf,
  headerAtOf,
  headerIdOf,
  idOfName,
  isArchive,
  isRead,
  lastAtOf,
  latest,
} from "./fileFacts";
import type { SessionFile } from "./model";
import { nothing, type WindowDraft } from "./windowDraft";

/**
 * Sorts transcripts into windows. 2026.3.28–5.7 give a new session the file of the old one after a `sessions.reset`, so that
 * two archives of one name hold two windows; and a transcript that was restored and reset again leaves two archives that
 * hold the same. So names do not count, headers do.
 *
 * Every file ends in exactly one window. The order of the files does not matter.
 */
export function groupWindows(files: readonly SessionFile[]): WindowDraft[] {
  const bySession = new Map<string, SessionFile | SessionFile[]>();
  for (const file of files) {
    const sessionId = headerIdOf(file) ?? idOfName(file);
    const others = bySession.get(sessionId);
    if (others === undefined) bySession.set(sessionId, file);
    else if (Array.isArray(others)) others.push(file);
    else bySession.set(sessionId, [others, file]);
  }

  const windows: WindowDraft[] = [];
  for (const [sessionId, found] of bySession) {
    if (Array.isArray(found)) windows.push(...separate(sessionId, found));
    else windows.push(gather(sessionId, [found]));
  }
  return windows;
}

/** The windows of one session id. */
function separate(sessionId: string, files: readonly SessionFile[]): WindowDraft[] {
  const byIdentity = new Map<string, SessionFile[]>();
  for (const file of files) {
    const identity = identityOf(file);
    const group = byIdentity.get(identity);
    if (group) group.push(file);
    else byIdentity.set(identity, [file]);
  }
  const groups = [...byIdentity.values()].map((group) => gather(sessionId, group));
  return groups.length === 1 ? groups : joinParts(groups);
}

function identityOf(file: SessionFile): string {
  return isRead(file) ? (firstEntryIdOf(file) ?? "-") : `~${file.name.base}`;
}

function gather(sessionId: string, files: readonly SessionFile[]): WindowDraft {
  const sorted = files.length === 1 ? files : [...files].sort((a, b) => compareText(a.path, b.path));
  let headerAt: number | undefined;
  let firstAt: number | undefined;
  let lastAt: number | undefined;
  let first: SessionFile | undefined;
  for (const file of sorted) {
    headerAt = earliest(headerAt, headerAtOf(file));
    firstAt = earliest(firstAt, firstAtOf(file));
    lastAt = latest(lastAt, lastAtOf(file));
    if (first === undefined || beginsBefore(file, first)) first = file;
  }
  return {
    sessionId,
    identity: first === undefined ? "-" : identityOf(first),
    files: sorted,
    headerAt,
    firstAt,
    lastAt,
    rows: nothing,
    joins: nothing,
    undecided: nothing,
    former: undefined,
    trajectories: nothing,
    predecessor: undefined,
  };
}

/** A file that has entries names the window rather than one that holds only a header. */
function beginsBefore(a: SessionFile, b: SessionFile): boolean {
  const [aHasEntries, bHasEntries] = [firstEntryIdOf(a) !== undefined, firstEntryIdOf(b) !== undefined];
  if (aHasEntries !== bHasEntries) return aHasEntries;
  return (firstAtOf(a) ?? Infinity) < (firstAtOf(b) ?? Infinity);
}

/** Files of one id with different first entries may still be parts of one window: a bare header, a cut transcript. */
function joinParts(groups: readonly WindowDraft[]): WindowDraft[] {
  // In a fixed order: what joins what must not depend on which file was listed first.
  let open = [...groups].sort((a, b) => compareText(a.identity, b.identity));
  for (const part of [...open]) {
    if (!open.includes(part)) continue;
    const [whole, ...others] = open.filter(
      (other) => other !== part && (isHeaderOf(part, other) || isRestOf(part, other)),
    );
    // Two possible homes are none: better two windows than a wrong one.
    if (whole === undefined || others.length > 0) continue;
    const joined = gather(whole.sessionId, [...whole.files, ...part.files]);
    open = [...open.filter((group) => group !== whole && group !== part), joined];
  }
  return open;
}

/** The file before its first turn: the same header (id and time), nothing else. `sessions.reset` writes it (2026.3.28–7.35). */
function isHeaderOf(part: WindowDraft, whole: WindowDraft): boolean {
  if (part.identity !== "-" || part.firstAt !== undefined || whole.identity === "-") return false;
  return part.headerAt !== undefined && part.headerAt === whole.headerAt;
}

/**
 * What `sessions.compact {maxLines}` left of a transcript: its last lines, without the header or with the same one. The
 * whole is in the `.bak.` archive it made first, and the rest begins somewhere in there.
 */
function isRestOf(part: WindowDraft, whole: WindowDraft): boolean {
  if (part.firstAt === undefined || whole.firstAt === undefined || whole.lastAt === undefined) return false;
  if (!whole.files.some((file) => isArchive(file, "bak"))) return false;
  if (part.files.some((file) => headerIdOf(file) !== undefined) && part.headerAt !== whole.headerAt) return false;
  return part.firstAt > whole.firstAt && part.firstAt <= whole.lastAt;
}
