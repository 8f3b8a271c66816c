import { bytePattern } from "./bytePattern";
import { NONE, UNCERTAIN } from "./quickPiece";

/**
 * The block that OpenClaw puts before the words of a person (2026.3.x to 2026.5.x), as it stands in a line of a transcript:
 *
 *     Sender (untrusted metadata):\n```json\n{\n  \"label\": \"Ada\"\n}\n```\n
 *
 * In nearly every message of a file it is the same, so it is compared with the one met last, eight bytes at a time.
 */
export class QuickMetadata {
  private readonly memory = Buffer.alloc(LONGEST);
  private readonly view = new DataView(this.memory.buffer, this.memory.byteOffset, this.memory.byteLength);
  private length = 0;
  /** Blocks since the remembered one was met last. */
  private misses = 0;

  /** Where the block ends whose name begins at `at` with a capital; or NONE, or UNCERTAIN. */
  end(bytes: Buffer, view: DataView, at: number, end: number): number {
    if (this.isSame(view, at, end)) {
      this.misses = 0;
      return at + this.length;
    }
    const fenceEnd = endOfHeader(bytes, view, at, end);
    if (fenceEnd <= NONE) return fenceEnd;
    const close = closingFence(bytes, fenceEnd - 2, end);
    if (close === UNCERTAIN) return UNCERTAIN;
    // Without a closing fence it is no block, but some names do without fences.
    if (close === NONE) return bytes[at] === UPPER_C || bytes[at] === UPPER_U ? UNCERTAIN : NONE;
    if (bytes[close] !== BACKSLASH || bytes[close + 1] !== LOWER_N) return UNCERTAIN;
    const blockEnd = close + 2;
    this.misses++;
    if (blockEnd - at <= LONGEST && (this.length === 0 || this.misses > MOST_MISSES)) {
      this.length = bytes.copy(this.memory, 0, at, blockEnd);
    }
    return blockEnd;
  }

  private isSame(view: DataView, at: number, end: number): boolean {
    const last = this.length - 8;
    if (last < 0 || at + last + 8 > end) return false;
    for (let word = 0; word < last; word += 8) {
      if (view.getFloat64(at + word, true) !== this.view.getFloat64(word, true)) return false;
    }
    return view.getFloat64(at + last, true) === this.view.getFloat64(last, true);
  }
}

/** `Sender (untrusted metadata):\n```json\n`: where it ends. Other headers that envelope.ts knows are UNCERTAIN. */
function endOfHeader(bytes: Buffer, view: DataView, from: number, end: number): number {
  let limit = from + LONGEST_NAME + 3;
  for (let at = from; at < limit; at++) {
    const byte = bytes[at] ?? 0;
    if (mayEndName[byte] === 0) continue;
    if (byte >= 0x80) limit++; // what a letter has more than one byte
    switch (byte) {
      case QUOTE:
      case CLOSE_ROUND:
        return NONE;
      case COLON: // maybe `: ⟦openclaw:ctx⟧`
        if (bytes[at + 1] === SPACE && bytes[at + 2] === MATHEMATICAL) return UNCERTAIN;
        return isLetterEscape(bytes, at + 1) || isLetterEscape(bytes, at + 2) ? UNCERTAIN : NONE;
      case OPEN_ROUND:
        if (bytes[at - 1] !== SPACE || bytes.toString("utf8", from, at).length > LONGEST_NAME + 1) return NONE;
        if (at + 40 < end && isUntrusted(view, at)) return at + 32;
        return mayBeHeader(bytes, at + 1) ? UNCERTAIN : NONE;
      case BACKSLASH:
        at++;
        limit++;
        if (bytes[at] === LOWER_N) return NONE;
        if (bytes[at] === LOWER_U) return UNCERTAIN;
    }
  }
  return NONE;
}

/** Where the first line behind `from` goes on that begins with three backticks, as far as the text goes; or NONE. */
function closingFence(bytes: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return NONE;
    if (byte !== BACKSLASH) continue;
    at++;
    if (bytes[at] === LOWER_U) return UNCERTAIN;
    if (bytes[at] !== LOWER_N || bytes[at + 1] !== BACKTICK) continue;
    if (bytes[at + 2] === BACKTICK && bytes[at + 3] === BACKTICK) return at + 4;
  }
  return UNCERTAIN;
}

/** Whether what stands in the round bracket may be `(untrusted metadata):` or the like, up to the end of the line. */
function mayBeHeader(bytes: Buffer, from: number): boolean {
  for (let place = 0; place < UNTRUSTED.length; place++) {
    if (bytes[from + place] === BACKSLASH) return bytes[from + place + 1] === LOWER_U;
    if (bytes[from + place] !== UNTRUSTED[place]) return false;
  }
  for (let at = from + UNTRUSTED.length; at <= from + 400; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === CLOSE_ROUND) return bytes[at + 1] === COLON || isOther(bytes[at + 1]);
    if (byte === QUOTE) return false;
    if (byte !== BACKSLASH) continue;
    at++;
    if (bytes[at] === LOWER_N) return false;
    if (bytes[at] === LOWER_U) return true;
  }
  return true;
}

/** A letter written as `\u27e6`. */
function isLetterEscape(bytes: Buffer, at: number): boolean {
  return bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_U;
}

/** An escape, or not ASCII. */
function isOther(byte: number | undefined): boolean {
  return byte === undefined || byte === BACKSLASH || byte > 0x7f;
}

/** Longer blocks are not remembered, bytes. */
const LONGEST = 1024;
/** So many others in a row, and one of them is remembered instead. */
const MOST_MISSES = 3;
/** Letters of a name, as in envelope.ts. */
const LONGEST_NAME = 81;

/** 1 for the bytes that a name does not simply go on with. */
const mayEndName = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || '"():\\'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

const SPACE = 0x20;
const QUOTE = 0x22;
const OPEN_ROUND = 0x28;
const CLOSE_ROUND = 0x29;
const COLON = 0x3a;
const UPPER_C = 0x43;
const UPPER_U = 0x55;
const BACKSLASH = 0x5c;
const BACKTICK = 0x60;
const LOWER_N = 0x6e;
const LOWER_U = 0x75;
/** First byte of `⟦` in UTF-8. */
const MATHEMATICAL = 0xe2;
const UNTRUSTED = Buffer.from("untrusted");
const isUntrusted = bytePattern("(untrusted metadata):\\n```json\\n");
