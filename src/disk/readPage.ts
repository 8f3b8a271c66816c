import type { TranscriptIndex } from "../core/index/transcriptIndex";
import type { TranscriptPage } from "../core/inspectorPort";
import type { TranscriptItem } from "../core/transcript/entry";
import { PAGE_BYTES, pageOf, tailStart, type PageRange } from "../core/transcript/page";
import { openBytes, type ByteSource } from "./byteSource";
import { findNewline, findNewlineBefore } from "./newlines";
import { readLines } from "./readLines";
import type { Within } from "./regularFile";

export interface PageOptions {
  /** Gives line numbers and saves searching for neighbours. */
  readonly index?: TranscriptIndex | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The header stands in the first line, which is short; after that a few lines of damage are looked past. */
const HEADER_BYTES = [4 * 1024, 64 * 1024];

/**
 * Reads and parses one page of a transcript (see page.ts for what a page is). Reads little more than the page itself, so that
 * the end of a file of 1 GB costs as much as a small file.
 *
 * `range` in the answer is what was read: a document that follows the end begins earlier than asked for when no line starts in
 * the range (the last line is longer), or when the file was replaced by a shorter one.
 *
 * Throws ReadError when the file cannot be read; damage inside it is items.
 */
export async function readTranscriptPage(
  file: string,
  range: PageRange,
  {
    within,
    index,
    signal,
    open = openBytes,
  }: PageOptions & { readonly within: Within; readonly open?: typeof openBytes },
): Promise<TranscriptPage> {
  const source = await open(file, { within, signal });
  try {
    return await readPageOf(source, file, range, { index, signal });
  } finally {
    await source.close();
  }
}

/** The same from a source that is open already. */
export async function readPageOf(
  source: ByteSource,
  file: string,
  range: PageRange,
  { index, signal }: PageOptions,
): Promise<TranscriptPage> {
  const { size } = source;
  const wanted = range.kind === "page" ? range : await tailWithContent(source, range.from, signal);
  const page = wanted.kind === "page" ? wanted.page : wanted.from;
  const end = wanted.kind === "page" ? Math.min(size, (page + 1) * PAGE_BYTES) : size;

  const begin = await firstLineStart(source, page, end, signal);
  const known = begin === 0 ? undefined : await readHeader(source, signal);
  const lines =
    begin === undefined
      ? { items: [], end }
      : await readLines(source, begin, end, {
          firstLine: begin === 0 ? 1 : index?.pageFirstLine[page],
          headerAbove: known !== undefined || (begin > 0 && index?.header !== undefined),
          signal,
        });
  const nextPage = wanted.kind === "tail" ? undefined : await pageAfter(source, page, begin, lines.end, signal);
  const problem = nextPage === undefined ? source.problem : undefined;
  return {
    path: file,
    range: wanted,
    size,
    items:
      problem === undefined
        ? lines.items
        : [...lines.items, { kind: "damage", problem, excerpt: "", position: endOf(size) }],
    header: known ?? lines.items.find(({ kind }) => kind === "header"),
    previousPage: await pageBefore(source, page, index, signal),
    nextPage,
    pageCount: Math.max(1, Math.ceil(size / PAGE_BYTES)),
    index,
  };
}

/** Where the first line begins that starts in the page and before `end`; undefined when none does. */
async function firstLineStart(
  source: ByteSource,
  page: number,
  end: number,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (page === 0) return source.size > 0 ? 0 : undefined;
  // A line starts behind each newline: one right before the page counts, one in its last byte does not.
  const newline = await findNewline(source, page * PAGE_BYTES - 1, end - 1, signal);
  return newline === undefined ? undefined : newline + 1;
}

async function tailWithContent(source: ByteSource, from: number, signal: AbortSignal | undefined): Promise<PageRange> {
  const { size } = source;
  const page = from * PAGE_BYTES < size ? from : tailStart(size);
  if (page === 0 || (await firstLineStart(source, page, size, signal)) !== undefined)
    return { kind: "tail", from: page };
  const newline = await findNewlineBefore(source, page * PAGE_BYTES - 1, signal);
  return { kind: "tail", from: newline === undefined ? 0 : pageOf(newline + 1) };
}

async function readHeader(source: ByteSource, signal: AbortSignal | undefined): Promise<TranscriptItem | undefined> {
  for (const bytes of HEADER_BYTES) {
    const { items } = await readLines(source, 0, Math.min(source.size, bytes), {
      firstLine: 1,
      headerAbove: false,
      wholeLinesBefore: bytes,
      signal,
    });
    const header = items.find(({ kind }) => kind === "header");
    if (header !== undefined || bytes >= source.size) return header;
  }
  return undefined;
}

/** The nearest page above in which a line starts. */
async function pageBefore(
  source: ByteSource,
  page: number,
  index: TranscriptIndex | undefined,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (page === 0 || source.size === 0) return undefined;
  const first = index?.pageFirstLine;
  for (let candidate = page - 1; first !== undefined && page < first.length && candidate >= 0; candidate--) {
    if ((first[candidate + 1] ?? 0) > (first[candidate] ?? 0)) return candidate;
  }
  // Behind the newline at the page's own border a line of the page itself starts, and behind the last one of the file none.
  const newline = await findNewlineBefore(source, Math.min(source.size - 1, page * PAGE_BYTES - 1), signal);
  return newline === undefined ? 0 : pageOf(newline + 1);
}

/** The page in which the next line starts. `linesEnd`: behind the last line read. */
async function pageAfter(
  source: ByteSource,
  page: number,
  begin: number | undefined,
  linesEnd: number,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { size } = source;
  if (begin !== undefined) return linesEnd < size ? pageOf(linesEnd) : undefined;
  const newline = await findNewline(source, (page + 1) * PAGE_BYTES - 1, size - 1, signal);
  return newline === undefined ? undefined : pageOf(newline + 1);
}

function endOf(size: number): TranscriptItem["position"] {
  return { line: undefined, offset: size, bytes: 0 };
}
