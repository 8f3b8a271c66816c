import { bytePattern } from "./bytePattern";
import { findTextEnd } from "./findClosing";
import { QuickMetadata } from "./quickMetadata";
import { NONE, UNCERTAIN } from "./quickPiece";
import { QuickStamp } from "./quickStamp";

/**
 * Steps over what stands before the words of a user message, as envelope.ts does it, in the bytes of a line. Texts that spell letters
 * as `\u0041` are not taken apart, nor are pieces that are rare.
 */
export class QuickEnvelope {
  /** The text was stepped over as far as this place, which lies in no escape: it does not end before. */
  scannedTo = 0;
  /** A piece of the envelope is a machine's, whose turn it is when no words follow. */
  isMachine = false;
  private readonly stamp = new QuickStamp();
  private readonly metadata = new QuickMetadata();

  /** Where the words begin of the text that begins at `textAt`, or UNCERTAIN. */
  end(bytes: Buffer, view: DataView, textAt: number, end: number): number {
    let from = textAt;
    let isStamped = false;
    this.isMachine = false;
    for (let piece = 0; piece < MOST_PIECES; piece++) {
      while (bytes[from] === BACKSLASH && bytes[from + 1] === LOWER_N) from += 2; // blank lines
      this.scannedTo = from;
      const first = bytes[from] ?? 0;
      let next = NONE;
      if (first === OPEN_LIST) {
        if (!isStamped) next = this.stamp.end(bytes, view, from);
        isStamped = true;
      } else if (first >= UPPER_A && first <= UPPER_Z) {
        const second = bytes[from + 1];
        if ((first === UPPER_S && second === LOWER_Y) || (first === UPPER_O && second === LOWER_P)) {
          next = this.machinePiece(bytes, view, from, end);
        }
        if (next === NONE) {
          next = this.metadata.end(bytes, view, from, end);
          if (next !== UNCERTAIN) this.scannedTo = this.metadata.scannedTo;
        }
      } else if (first === LESS) {
        next = this.internalContext(bytes, view, from, end);
      }
      if (next === NONE) return from;
      if (next === UNCERTAIN) return UNCERTAIN;
      from = next;
    }
    return UNCERTAIN;
  }

  private machinePiece(bytes: Buffer, view: DataView, at: number, end: number): number {
    let next = NONE;
    if (isBareContext(view, at)) {
      next = findTextEnd(bytes, view, at, end);
      if (next >= end) return UNCERTAIN;
    } else if (isSystem(view, at)) next = systemLinesEnd(bytes, at + 9, end);
    else if (isUntrustedSystem(view, at)) next = systemLinesEnd(bytes, at + 21, end);
    if (next > NONE) this.isMachine = true;
    return next;
  }

  private internalContext(bytes: Buffer, view: DataView, at: number, end: number): number {
    if (!isInternalContext(view, at)) return UNCERTAIN; // other tags
    const textEnd = findTextEnd(bytes, view, at, end);
    const text = bytes.subarray(at, textEnd);
    if (textEnd >= end || text.includes("\\u")) return UNCERTAIN;
    this.isMachine = true;
    const close = text.indexOf(CONTEXT_END);
    return close === -1 ? textEnd : at + close + CONTEXT_END.length;
  }
}

/** Where lines end that begin like `System: [`, from behind that: at a blank line or with the text. Or NONE, or UNCERTAIN. */
function systemLinesEnd(bytes: Buffer, from: number, end: number): number {
  let at = from;
  for (; bytes[at] !== CLOSE_LIST; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE || at - from === LONGEST_STAMP) return NONE;
    if (byte === BACKSLASH && bytes[at + 1] === LOWER_N) return NONE;
    if (byte === BACKSLASH || byte > 0x7e) return UNCERTAIN;
  }
  if (at === from) return NONE;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte !== BACKSLASH) continue;
    at++;
    if (bytes[at] === LOWER_U) return UNCERTAIN;
    if (bytes[at] === LOWER_N && isBlankLine(bytes, at + 1)) return at + 1;
  }
  return UNCERTAIN;
}

function isBlankLine(bytes: Buffer, from: number): boolean {
  let at = from;
  while (bytes[at] === SPACE || (bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_T)) {
    at += bytes[at] === SPACE ? 1 : 2;
  }
  if (bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_R) at += 2;
  return bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_N;
}

/** Texts with more pieces are read in full. */
const MOST_PIECES = 8;
/** Letters in the brackets behind `System: `, as in envelope.ts. */
const LONGEST_STAMP = 60;

const SPACE = 0x20;
const QUOTE = 0x22;
const LESS = 0x3c;
const UPPER_A = 0x41;
const UPPER_O = 0x4f;
const UPPER_S = 0x53;
const UPPER_Z = 0x5a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const LOWER_N = 0x6e;
const LOWER_P = 0x70;
const LOWER_R = 0x72;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const LOWER_Y = 0x79;

const isSystem = bytePattern("System: [");
const isUntrustedSystem = bytePattern("System (untrusted): [");
const isBareContext = bytePattern("OpenClaw runtime context (internal):");
const isInternalContext = bytePattern("<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>");
const CONTEXT_END = Buffer.from("<<<END_OPENCLAW_INTERNAL_CONTEXT>>>");
