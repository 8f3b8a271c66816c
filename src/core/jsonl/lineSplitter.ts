import { MAX_LINE_BYTES } from "../transcript/page";

/**
 * Takes lines as they are cut from the stream. The bytes are only lent, until the `push` or `end` that gave them returns.
 * Arguments instead of an object per line, because a 1 GB transcript has two million of them.
 */
export interface LineReceiver {
  /**
   * The bytes `buffer[start … end)` are one line, without its `\n`. `offset` is where it begins in the file.
   * `ended` is false for the last line of the stream when no `\n` follows it.
   */
  line(buffer: Buffer, start: number, end: number, offset: number, ended: boolean): void;
  /** A line of more than `maxLineBytes`. Only its first bytes are given; `bytes` is its length without `\n`. */
  tooLong(first: Buffer, offset: number, bytes: number, ended: boolean): void;
  /**
   * `count` lines with nothing in them, each ended by `\n`, the first one at `offset`: a few KB of `.zst` can hold a billion.
   * Without this each of them is a `line`; a single one behind a line that crossed chunks may be a `line` in any case.
   */
  blank?(offset: number, count: number): void;
}

export interface LineSplitterOptions {
  /** Byte offset in the file at which the first chunk begins; 0 when left out. */
  readonly offset?: number;
  /** Longer lines are not kept; `MAX_LINE_BYTES` when left out. */
  readonly maxLineBytes?: number;
}

/** How much of a line that is too long is still given. */
export const FIRST_BYTES = 4096;

/** Bytes behind the end of a kept line that a reader of words may touch (`quickLook` reads eight at a time). */
const SLACK = 512;

/** Memory for a longer line is not held on to, bytes. */
const LARGE = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
const nothing = Buffer.alloc(0);

/**
 * Cuts a stream of bytes into lines at `\n` (0x0A) and nowhere else. Node's `readline` also cuts at U+2028 and U+2029, which
 * are legal inside a JSON text, and would break a record that is whole. Cutting bytes needs no decoding: in UTF-8 the byte
 * 0x0A is never part of another character.
 *
 * Lines that lie within a chunk are handed on where they are; only a line that crosses chunks is copied. So memory stays
 * below twice the longest line kept.
 */
export class LineSplitter {
  private readonly maxLineBytes: number;
  /** Offset in the file of the first byte that was not handed on yet. */
  private offset: number;
  /** The beginning of a line whose end has not arrived yet. */
  private kept = nothing;
  /** The memory of the line kept before, which the receiver may still look at. */
  private lent = nothing;
  private keptBytes = 0;
  /** The unfinished line is too long already: `kept` holds its first bytes only, and so many more were dropped. */
  private keptIsTooLong = false;
  private droppedBytes = 0;

  constructor(
    private readonly receiver: LineReceiver,
    { offset = 0, maxLineBytes = MAX_LINE_BYTES }: LineSplitterOptions = {},
  ) {
    this.offset = offset;
    this.maxLineBytes = maxLineBytes;
  }

  push(chunk: Uint8Array): void {
    const buffer = asBuffer(chunk);
    let start = 0;
    if (this.pending()) {
      const newline = buffer.indexOf(NEWLINE);
      const end = newline === -1 ? buffer.length : newline;
      this.keep(buffer, 0, end);
      if (newline === -1) return;
      this.finishKept(true);
      start = newline + 1;
    }

    // The chunk lies at this place of the file, for all lines that begin in it.
    const base = this.offset - start;
    for (;;) {
      if (buffer[start] === NEWLINE && this.receiver.blank !== undefined) {
        const first = start;
        while (buffer[start] === NEWLINE) start++;
        this.receiver.blank(base + first, start - first);
      }
      const newline = buffer.indexOf(NEWLINE, start);
      if (newline === -1) break;
      if (newline - start > this.maxLineBytes) {
        this.receiver.tooLong(buffer.subarray(start, start + FIRST_BYTES), base + start, newline - start, true);
      } else {
        this.receiver.line(buffer, start, newline, base + start, true);
      }
      start = newline + 1;
    }
    this.offset = base + start;
    this.keep(buffer, start, buffer.length);
  }

  /** The stream is over: what is left is a line without `\n`. */
  end(): void {
    if (this.pending()) this.finishKept(false);
  }

  private pending(): boolean {
    return this.keptBytes > 0;
  }

  private keep(source: Buffer, start: number, end: number): void {
    const bytes = end - start;
    if (bytes === 0) return;
    if (this.keptBytes + this.droppedBytes + bytes > this.maxLineBytes) {
      this.keepFirstBytes(source.subarray(start, end));
      return;
    }
    this.reserve(this.keptBytes + bytes);
    source.copy(this.kept, this.keptBytes, start, end);
    this.keptBytes += bytes;
  }

  private keepFirstBytes(more: Buffer): void {
    if (this.keptIsTooLong && this.keptBytes === FIRST_BYTES) {
      this.droppedBytes += more.length;
      return;
    }
    const bytes = this.keptBytes + this.droppedBytes + more.length;
    const first = Buffer.concat([this.kept.subarray(0, this.keptBytes), more.subarray(0, FIRST_BYTES)]);
    this.kept = Buffer.alloc(FIRST_BYTES + SLACK);
    this.keptIsTooLong = true;
    this.keptBytes = first.copy(this.kept, 0, 0, FIRST_BYTES);
    this.droppedBytes = bytes - this.keptBytes;
  }

  private reserve(bytes: number): void {
    if (bytes + SLACK <= this.kept.length) return;
    const doubled = Math.min(2 * this.kept.length, this.maxLineBytes);
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, doubled, FIRST_BYTES) + SLACK);
    this.kept.copy(larger, 0, 0, this.keptBytes);
    this.kept = larger;
  }

  private finishKept(ended: boolean): void {
    const { offset, kept, keptBytes, keptIsTooLong, droppedBytes } = this;
    const bytes = keptBytes + droppedBytes;
    kept[keptBytes] = NEWLINE; // as behind every other line
    this.offset = offset + bytes + (ended ? 1 : 0);
    // The receiver may look at this line until the push is over: the next one is kept elsewhere.
    this.kept = this.lent.length <= LARGE ? this.lent : nothing;
    this.lent = kept;
    this.keptBytes = 0;
    this.keptIsTooLong = false;
    this.droppedBytes = 0;
    if (keptIsTooLong) this.receiver.tooLong(kept.subarray(0, keptBytes), offset, bytes, ended);
    else this.receiver.line(kept, 0, keptBytes, offset, ended);
  }
}

/** `Buffer.indexOf` is several times as fast as that of a plain Uint8Array. No bytes are copied. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
