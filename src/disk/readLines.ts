import { LineSplitter } from "../core/jsonl/lineSplitter";
import type { TranscriptItem } from "../core/transcript/entry";
import { parseLine, parseLongLine } from "../core/transcript/parseLine";
import type { ByteSource } from "./byteSource";
import { TimeSlice } from "./scanTimeSlice";

export interface ReadLinesOptions {
  /** Line number of the first line, when it is known. */
  readonly firstLine: number | undefined;
  /** Whether the header stands above these lines. */
  readonly headerAbove: boolean;
  /** Leaves out lines that are not complete before this offset, and never reads further. */
  readonly wholeLinesBefore?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LinesRead {
  readonly items: readonly TranscriptItem[];
  /** Offset behind the last line read and its `\n`. */
  readonly end: number;
}

const STRIDE = 256 * 1024;
/** So many bytes are parsed before it is asked whether the event loop should turn. */
const PIECE = 8 * 1024;

/**
 * Parses the lines that start in `[begin, end)`, the last one to its own end. `begin` is the start of a line. A line longer than
 * MAX_LINE_BYTES is not held, only measured.
 */
export async function readLines(
  source: ByteSource,
  begin: number,
  end: number,
  { firstLine, headerAbove, wholeLinesBefore, signal }: ReadLinesOptions,
): Promise<LinesRead> {
  const items: TranscriptItem[] = [];
  let line = firstLine;
  let hasHeader = headerAbove;
  let linesEnd = begin;

  const take = (offset: number, bytes: number, ended: boolean, parse: () => TranscriptItem[]): void => {
    if (offset >= end) return;
    linesEnd = offset + bytes + (ended ? 1 : 0);
    const parsed = parse();
    hasHeader ||= parsed.some(({ kind }) => kind === "header");
    for (const item of parsed) items.push(item); // a line can be a thousand items
    if (line !== undefined) line++;
  };
  const splitter = new LineSplitter(
    {
      line: (buffer, start, stop, offset, ended) => {
        take(offset, stop - start, ended, () =>
          parseLine(
            buffer.subarray(start, stop),
            { line, offset, bytes: stop - start },
            { complete: ended, firstLine: offset === 0, headerAbove: hasHeader },
          ),
        );
      },
      blank: (offset, count) => {
        const wanted = Math.min(count, end - offset);
        if (wanted <= 0) return;
        linesEnd = offset + wanted;
        if (line !== undefined) line += wanted;
      },
      tooLong: (first, offset, bytes, ended) => {
        take(offset, bytes, ended, () => parseLongLine(first, { line, offset, bytes }));
      },
    },
    { offset: begin },
  );

  const limit = wholeLinesBefore ?? Number.POSITIVE_INFINITY;
  const slice = new TimeSlice();
  let at = begin;
  // Behind `end` only the rest of the last line is wanted. What is read too much there is dropped by `take`.
  while (at < limit && linesEnd < end) {
    const bytes = await source.read(at, Math.min(at < end ? Math.min(STRIDE, end - at) : STRIDE, limit - at), signal);
    if (bytes.length === 0) break;
    for (let from = 0; from < bytes.length; from += PIECE) {
      splitter.push(bytes.subarray(from, from + PIECE));
      if (!slice.over()) continue;
      await slice.rest();
      signal?.throwIfAborted();
    }
    at += bytes.length;
  }
  if (wholeLinesBefore === undefined || at >= source.size) splitter.end();
  return { items, end: linesEnd };
}
