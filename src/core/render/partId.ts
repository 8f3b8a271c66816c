/**
 * Names a part of an entry that has a document of its own: `text-0` (first block), `arguments-2`, `noise-0-1`, `summary`,
 * `raw`. Made by the entry's view (entryView.ts); stable for a given line of a file. Fit for a URI without escaping.
 */
export type PartId = string;

const pattern = /^[a-z]{1,20}(?:-\d{1,6}){0,3}$/;

/** Guards what comes back from a URI. */
export function isPartId(text: string): text is PartId {
  return pattern.test(text);
}

/** One key per part of a file, for the set of parts that are shown in place. */
export function partKey(offset: number, part: PartId): string {
  return `${offset}/${part}`;
}
