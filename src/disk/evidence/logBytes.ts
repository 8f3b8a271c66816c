import type { ByteSource } from "../byteSource";

/** How much may still be read, bytes; shared by all logs of one look. */
export interface ByteBudget {
  left: number;
}

/** A line of a log and where it begins. */
export interface LogText {
  readonly offset: number;
  /** Counted from 1; known only in a piece that is the beginning of the file. */
  readonly line: number | undefined;
  readonly text: string;
}

/** Reads of one log, each charged to its own budget and to that of all. */
export class LogBytes {
  constructor(
    private readonly source: ByteSource,
    private readonly budgets: readonly ByteBudget[],
    private readonly signal: AbortSignal,
  ) {}

  get size(): number {
    return this.source.size;
  }

  /** Undefined when the budget does not allow it any more. */
  async read(offset: number, length: number): Promise<Uint8Array | undefined> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (wanted === 0) return new Uint8Array(0);
    if (this.budgets.some(({ left }) => left < wanted)) return undefined;
    for (const budget of this.budgets) budget.left -= wanted;
    return this.source.read(offset, wanted, this.signal);
  }
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/**
 * The lines in a piece of a file that begins at byte `base`. `whole` says that the piece begins with a line; else everything
 * up to the first newline is the rest of one and left out. What follows the last newline is given only when `last`.
 */
export function* linesIn(
  bytes: Uint8Array,
  base: number,
  { whole, last }: { readonly whole: boolean; readonly last: boolean },
): Generator<LogText> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = 0;
  let line = base === 0 && whole ? 0 : Number.NaN;
  if (!whole) {
    const first = buffer.indexOf(NEWLINE);
    if (first < 0) return;
    from = first + 1;
  }
  while (from < buffer.length) {
    const newline = buffer.indexOf(NEWLINE, from);
    if (newline < 0 && !last) return;
    const end = newline < 0 ? buffer.length : newline;
    line++;
    // A crash may leave zeros before a line; they are no part of it.
    const start = from + buffer.subarray(from, end).lastIndexOf(0) + 1;
    const until = end > start && buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (until > start) {
      const text = buffer.toString("utf8", start, until);
      yield { offset: base + start, line: Number.isNaN(line) ? undefined : line, text };
    }
    from = end + 1;
  }
}

/** Behind the last newline of a piece: where the next one must begin so that no line is torn. 0 when there is none. */
export function endOfLines(bytes: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(NEWLINE) + 1;
}

/** Behind the first newline of a piece: where its first whole line begins. Its length when there is none. */
export function startOfLines(bytes: Uint8Array): number {
  const first = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(NEWLINE);
  return first < 0 ? bytes.length : first + 1;
}
