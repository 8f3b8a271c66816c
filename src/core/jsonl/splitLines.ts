import { LineSplitter, type LineSplitterOptions } from "./lineSplitter";

/** A line at hand. */
export interface Line {
  /** Without its `\n`; a view of what was split. Of a line that is too long only the first bytes. */
  readonly bytes: Uint8Array;
  /** Where it begins in the file, bytes. */
  readonly offset: number;
  /** Its length without `\n`, bytes; more than `bytes.length` when it is too long. */
  readonly length: number;
  /** False for a last line without `\n`. */
  readonly ended: boolean;
  readonly tooLong: boolean;
}

/** The lines of bytes that are all at hand, such as one page of a transcript. For streams there is LineSplitter. */
export function splitLines(bytes: Uint8Array, options: LineSplitterOptions = {}): Line[] {
  const lines: Line[] = [];
  const splitter = new LineSplitter(
    {
      line: (buffer, start, end, offset, ended) => {
        lines.push({ bytes: buffer.subarray(start, end), offset, length: end - start, ended, tooLong: false });
      },
      tooLong: (first, offset, length, ended) => {
        lines.push({ bytes: first, offset, length, ended, tooLong: true });
      },
    },
    options,
  );
  splitter.push(bytes);
  splitter.end();
  return lines;
}
