import { arePlain } from "./bytePattern";

/**
 * Where the list or object closes that `from` lies in, by stepping through strings, lists and objects; -1 when it does not close
 * before `end`. `from` must not lie in a string.
 *
 * A record torn in the middle of a string turns what follows inside out: `"text":"half{"type":"message"…`. Then words stand
 * where only `true`, `false` and `null` may; that too gives -1.
 */
export function findClosing(bytes: Buffer, view: DataView, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = stringEnd(bytes, view, at + 1, end);
    else if ((byte | 0x20) === OPEN) depth++;
    else if ((byte | 0x20) === CLOSE) {
      if (depth === 0) return at;
      depth--;
    } else if (byte > NINE && isWord[byte] === 1) return -1;
  }
  return -1;
}

/** The closing quote of the string that goes on at `from`, or `end`. Most are short keys; long ones are texts. */
function stringEnd(bytes: Buffer, view: DataView, from: number, end: number): number {
  let at = from;
  let longFrom = at + 24;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at;
    at += byte === BACKSLASH ? 2 : 1;
    if (at < longFrom) continue;
    while (at + 8 <= end && arePlain(view, at)) at += 8;
    longFrom = at + 8; // one of these eight is a quote, a backslash or not ASCII
  }
  return end;
}

/** 1 for letters that `true`, `false`, `null` and exponents do not have. */
const isWord = Uint8Array.from({ length: 256 }, (_, byte) => (/[a-z]/i.test(String.fromCharCode(byte)) ? 1 : 0));
for (const letter of "truefalsenullE") isWord[letter.charCodeAt(0)] = 0;

const QUOTE = 0x22;
const NINE = 0x39;
const BACKSLASH = 0x5c;
/** With the bit 0x20 set, `[` is `{` and `]` is `}`. */
const OPEN = 0x7b;
const CLOSE = 0x7d;
