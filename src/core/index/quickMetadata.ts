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
  /** The text was stepped over as far as this place: it does not end before. Valid when `end` was not UNCERTAIN. */
  scannedTo = 0;
  private readonly memory = Buffer.alloc(LONGEST);
  private readonly view = new DataView(this.memory.buffer, this.memory.byteOffset, this.memory.byteLength);
  private length = 0;
  /** Of what stands before the fenced text. */
  private headerLength = LONGEST;
  /** Blocks since the remembered one was met last. */
  private misses = 0;

  /** Where the block ends whose name begins at `at` with a capital; or NONE, or UNCERTAIN. */
  end(bytes: Buffer, view: DataView, at: number, end: number): number {
    const same = this.sameBytes(view, at, end);
    if (same > 0 && same === this.length) {
      this.misses = 0;
      this.scannedTo = at + same;
      return this.scannedTo;
    }
    let fenceEnd = at + this.headerLength;
    let from = behindSame(bytes, at + same);
    if (from < fenceEnd) {
      fenceEnd = this.headerEnd(bytes, view, at, end);
      if (fenceEnd <= NONE) return fenceEnd;
      from = fenceEnd - 2;
    }
    const blockEnd = this.closingFence(bytes, from, end);
    if (blockEnd === UNCERTAIN) return UNCERTAIN;
    if (blockEnd === NONE) return withoutFence(bytes, at);
    this.scannedTo = blockEnd;
    this.misses++;
    // At the end of the text a fence closes that would not close before other letters.
    const isClosed = bytes[blockEnd - 1] === LOWER_N;
    if (isClosed && blockEnd - at <= LONGEST && (this.length === 0 || this.misses > MOST_MISSES)) {
      this.length = bytes.copy(this.memory, 0, at, blockEnd);
      this.headerLength = fenceEnd - at;
    }
    return blockEnd;
  }

  /** How many bytes are those of the remembered block: all of them, or as many words of eight as are the same. */
  private sameBytes(view: DataView, at: number, end: number): number {
    const last = this.length - 8;
    const limit = Math.min(last, end - at);
    let word = 0;
    while (word < limit && view.getFloat64(at + word, true) === this.view.getFloat64(word, true)) word += 8;
    const isSame = last > 0 && word >= last && view.getFloat64(at + last, true) === this.view.getFloat64(last, true);
    return isSame ? this.length : Math.min(word, Math.max(last, 0) & ~7);
  }

  /** `Sender (untrusted metadata):\n```json\n`: where it ends. Other headers that envelope.ts knows may be UNCERTAIN. */
  private headerEnd(bytes: Buffer, view: DataView, from: number, end: number): number {
    let limit = from + LONGEST_NAME + 3;
    let at = from;
    for (; at < limit; at++) {
      const byte = bytes[at] ?? 0;
      if (mayEndName[byte] === 0) continue;
      this.scannedTo = at;
      if (byte >= 0x80) limit++; // what a letter has more than one byte
      switch (byte) {
        case QUOTE:
        case CLOSE_ROUND:
          return NONE;
        case COLON: // maybe `: ⟦openclaw:ctx⟧`
          if (bytes[at + 1] === SPACE && bytes[at + 2] === MATHEMATICAL) return UNCERTAIN;
          return isLetterEscape(bytes, at + 1) || isLetterEscape(bytes, at + 2) ? UNCERTAIN : NONE;
        case OPEN_ROUND:
          if (bytes[at - 1] !== SPACE) return NONE;
          if (at - from > LONGEST_NAME + 1) return UNCERTAIN; // its letters may be fewer than its bytes
          if (at + 40 < end && isUntrusted(view, at)) return at + 32;
          return fenceEnd(bytes, from, at + 1);
        case BACKSLASH:
          at++;
          limit++;
          if (bytes[at] === LOWER_N) return NONE;
          if (bytes[at] === LOWER_U) return UNCERTAIN;
      }
    }
    this.scannedTo = at;
    return NONE;
  }

  /** Where the first line behind `from` ends that is three backticks, as far as the text goes; or NONE. */
  private closingFence(bytes: Buffer, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const byte = bytes[at];
      if (byte !== BACKSLASH) {
        if (byte !== QUOTE) continue;
        this.scannedTo = at;
        return NONE;
      }
      at++;
      const letter = bytes[at];
      if (letter === QUOTE) continue;
      if (letter === LOWER_U) return UNCERTAIN;
      if (letter !== LOWER_N || bytes[at + 1] !== BACKTICK) continue;
      if (bytes[at + 2] !== BACKTICK || bytes[at + 3] !== BACKTICK) continue;
      const next = bytes[at + 4] ?? 0;
      if (next === QUOTE) return at + 4;
      if (next === BACKSLASH) {
        const escaped = bytes[at + 5];
        if (escaped === LOWER_N) return at + 6;
        if (escaped === QUOTE || escaped === BACKSLASH) continue;
      }
      if (next === BACKSLASH || next <= SPACE || next > 0x7e) return UNCERTAIN; // maybe blanks behind the fence
    }
    return UNCERTAIN;
  }
}

/** Where to look for the closing fence when all before `at` is as remembered: no escape begins before it that ends behind; or 0. */
function behindSame(bytes: Buffer, at: number): number {
  // What tells a fence are seven bytes: the newline, three backticks, and a newline again.
  if (bytes[at - 7] !== BACKSLASH) return at - 6;
  return bytes[at - 8] !== BACKSLASH ? at - 7 : 0;
}

/** The same as `headerEnd`, from behind the round bracket on, however the header is written. */
function fenceEnd(bytes: Buffer, nameAt: number, from: number): number {
  let at = from;
  for (const letter of UNTRUSTED) {
    if (bytes[at] !== letter) return isLetterEscape(bytes, at) ? UNCERTAIN : NONE;
    at++;
  }
  for (let letters = 0; bytes[at] !== CLOSE_ROUND; letters++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE || letters === LONGEST_REMARK) return NONE;
    if (byte > 0x7e) return UNCERTAIN;
    if (byte === BACKSLASH) {
      at++;
      if (bytes[at] === LOWER_N) return NONE;
      if (bytes[at] === LOWER_U) return UNCERTAIN;
    }
    at++;
  }
  at++;
  if (bytes[at] !== COLON) return isLetterEscape(bytes, at) ? UNCERTAIN : NONE;
  at = lineEnd(bytes, at + 1);
  if (at <= NONE) return at;
  for (let tick = 0; tick < 3; tick++, at++) {
    if (bytes[at] !== BACKTICK) return isLetterEscape(bytes, at) ? UNCERTAIN : withoutFence(bytes, nameAt);
  }
  if (bytes[at] === JSON_TAG[0]) {
    for (const letter of JSON_TAG) {
      if (bytes[at] !== letter) return isLetterEscape(bytes, at) ? UNCERTAIN : withoutFence(bytes, nameAt);
      at++;
    }
  }
  at = lineEnd(bytes, at);
  return at === NONE ? withoutFence(bytes, nameAt) : at;
}

/** Behind blanks and the newline at `from`; or NONE, or UNCERTAIN. */
function lineEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at++;
  if (bytes[at] !== BACKSLASH) return NONE;
  const escaped = bytes[at + 1];
  if (escaped === LOWER_N) return at + 2;
  return escaped === LOWER_U || escaped === LOWER_T ? UNCERTAIN : NONE;
}

/** Without a fence it is no block, but some names do without fences. */
function withoutFence(bytes: Buffer, nameAt: number): number {
  return bytes[nameAt] === UPPER_C || bytes[nameAt] === UPPER_U ? UNCERTAIN : NONE;
}

/** A letter written as `\u27e6`. */
function isLetterEscape(bytes: Buffer, at: number): boolean {
  return bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_U;
}

/** Longer blocks are not remembered, bytes. */
const LONGEST = 1024;
/** So many others in a row, and one of them is remembered instead. */
const MOST_MISSES = 20;
/** Letters of a name, and of what stands behind `(untrusted`, as in envelope.ts. */
const LONGEST_NAME = 81;
const LONGEST_REMARK = 80;

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
const LOWER_T = 0x74;
const LOWER_U = 0x75;
/** First byte of `⟦` in UTF-8. */
const MATHEMATICAL = 0xe2;
const UNTRUSTED = Buffer.from("untrusted");
const JSON_TAG = Buffer.from("json");
const isUntrusted = bytePattern("(untrusted metadata):\\n```json\\n");
