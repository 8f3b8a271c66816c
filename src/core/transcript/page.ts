/**
 * Pages of a transcript. A page is a stretch of the file on a fixed grid of bytes: page `n` holds the lines whose first byte
 * lies in `[n * PAGE_BYTES, (n + 1) * PAGE_BYTES)`. So any page of a 1 GB file is found without an index, pages never
 * move when the file grows, and an entry is always whole on one page. A page in which no line starts (a line longer than a
 * page lies across it) is empty and is stepped over by the links to neighbours.
 *
 * Rendered text is shorter than the raw line in nearly every case (long parts are elided), so a page stays far below
 * the 5 MB a document may have, and the growing last page below 512 KB.
 */
export const PAGE_BYTES = 256 * 1024;

/** A line longer than this is not parsed: it is shown as an item with its size and its beginning. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Which part of a transcript a document shows.
 * `tail` starts at page `from` and follows the end of the file while it grows.
 */
export type PageRange =
  { readonly kind: "page"; readonly page: number } | { readonly kind: "tail"; readonly from: number };

/** The page in which byte `offset` lies. */
export function pageOf(offset: number): number {
  return Math.floor(offset / PAGE_BYTES);
}

/**
 * The page at which a document that opens at the end of a file of `size` bytes should start, so that it shows at least
 * half a page. `tailStart(300_000)` is 0, `tailStart(10 * PAGE_BYTES)` is 9.
 */
export function tailStart(size: number): number {
  return pageOf(Math.max(0, size - PAGE_BYTES / 2 - 1));
}
