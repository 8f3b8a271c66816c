import type { SessionFile, Window } from "../conversation/model";

/**
 * The kept copy of a window that holds all that one of its files holds. Both begin with the same header and the same first entry, or
 * they would not be of one window; so it is told by size, or by entries where both are counted: what was kept later holds more.
 */
export function keptTwin(file: SessionFile, { primary, copies }: Window): SessionFile | undefined {
  if (file.kept !== undefined) return file;
  const all = primary === undefined ? copies : [primary, ...copies];
  return all.find((other) => other.kept !== undefined && other.problem === undefined && holdsAll(other, file));
}

function holdsAll(kept: SessionFile, file: SessionFile): boolean {
  if (kept.bytes === file.bytes && isPacked(kept) === isPacked(file)) return true;
  if (kept.index === undefined || file.index === undefined) return false;
  if (kept.index.entries === file.index.entries) return kept.index.lastEntryId === file.index.lastEntryId;
  return kept.index.entries > file.index.entries && (kept.index.lastAt ?? 0) >= (file.index.lastAt ?? 0);
}

function isPacked({ name }: SessionFile): boolean {
  return name.kind === "archive" && name.zst;
}
