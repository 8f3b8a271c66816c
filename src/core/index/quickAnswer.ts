import { versionOfStatus } from "./entryFacts";
import { areDigits, bytePattern, eightBytes } from "./bytePattern";
import { findContentEnd } from "./contentEnd";
import { findClosing } from "./findClosing";
import { ModelPiece } from "./modelPiece";
import { readDecimal } from "./readDecimal";
import {
  CACHE_READ,
  CACHE_WRITE,
  COST_TOTAL,
  INPUT,
  MIRROR,
  OUTPUT,
  type QuickFacts,
  TOTAL_TOKENS,
} from "./quickFacts";

/**
 * Behind the `[` of an assistant message's content: who answered, and what it used. OpenClaw writes that in one of two orders:
 *
 *     …}],"api":"…","provider":"…","model":"…","usage":{…},"stopReason":"…","timestamp":…}}
 *     …}],"timestamp":…,"stopReason":"…","usage":{…},"api":"…","provider":"…","model":"…"}}
 *
 * with more fields behind, by version. Fills `out`, or returns false where this is not certainly how the line goes on to `end`.
 */
export const readAnswer = (() => {
  // See quickLook.ts for why these stand in a function.
  const API = eightBytes('],"api":');
  const STOP_0 = eightBytes(',"stopReason":"', 0);
  const STOP_7 = eightBytes(',"stopReason":"', 7);
  const ERROR = eightBytes(':"error"');

  return function readAnswer(bytes: Buffer, view: DataView, from: number, end: number, out: QuickFacts): boolean {
    if (bytes[end - 2] !== CLOSE) return false;
    let at = findContentEnd(bytes, view, from, end);
    if (at === -1) return false;
    if (view.getFloat64(at, true) === API) {
      at = pieceBeforeUsage.read(bytes, view, at, end, out);
      if (at !== -1) at = readUsage(bytes, view, at, out);
      if (at === -1) return false;
      // Errors and answers of OpenClaw's own say more (entryFacts.ts).
      at += 2;
      if (view.getFloat64(at, true) !== STOP_0 || view.getFloat64(at + 7, true) !== STOP_7) return false;
      if (view.getFloat64(at + 13, true) === ERROR) return false;
    } else {
      at = readUntilUsage(bytes, view, at, end);
      if (at !== -1) at = readUsage(bytes, view, at, out);
      if (at !== -1) at = pieceBehindUsage.read(bytes, view, at, end, out);
      if (at === -1) return false;
    }
    if (out.kind === MIRROR && !readVersion(bytes, view, from, out)) return false;
    return closesBeforeEnd(bytes, view, at, end);
  };
})();

/**
 * Whether the message that goes on at `at` closes with the last brace of the line but one. When there is no other brace before that
 * one, it does: a level that opened in between would have to close there, and then the record would not close at all.
 */
function closesBeforeEnd(bytes: Buffer, view: DataView, at: number, end: number): boolean {
  return bytes.indexOf(CLOSE, at) === end - 2 || findClosing(bytes, view, at, end) === end - 2;
}

/** `],"timestamp":…,"stopReason":"…","usage":{"input":`: where it ends, or -1. */
function readUntilUsage(bytes: Buffer, view: DataView, from: number, end: number): number {
  if (!beginsWithTime(view, from) || !areDigits(view, from + 14) || !areDigits(view, from + 19)) return -1;
  const stopReasonAt = from + 27;
  if (!isStopReason(view, stopReasonAt) || isError(view, stopReasonAt + 10)) return -1;
  let at = stopReasonAt + 15;
  while (at < end && bytes[at] !== QUOTE) if (bytes[at++] === BACKSLASH) return -1;
  return isUsage(view, at) ? at + 19 : -1;
}

/** The version that an answer of OpenClaw's own names, when it begins like that to `/status`: `🦞 OpenClaw 2026.7.35 (…)`. False when that is not certain. */
function readVersion(bytes: Buffer, view: DataView, from: number, out: QuickFacts): boolean {
  if (!isTextBlock(view, from)) return false;
  out.version = undefined;
  // No letter stands before the name, so most answers tell by their first one.
  let at = from + 23;
  while (at < from + 23 + 80 && isPlainLetter[bytes[at] ?? 0] === 0) {
    if (bytes[at] === QUOTE) return true;
    if (bytes[at] === BACKSLASH && bytes[++at] === LOWER_U) return false;
    at++;
  }
  if (bytes[at] !== UPPER_O) return true;
  if (isKnownReply(view, from + 23)) {
    out.version = knownVersion;
    return true;
  }
  const beginning = bytes.toString("utf8", from + 23, from + 23 + 80);
  const nameAt = beginning.indexOf("OpenClaw");
  if (beginning.includes("\\u") || (nameAt !== -1 && beginning.slice(0, nameAt).includes("\\"))) return false;
  if (nameAt === -1) return true;
  out.version = versionOfStatus(beginning);
  const versionEnd = Buffer.byteLength(beginning.slice(0, nameAt)) + "OpenClaw ".length + (out.version?.length ?? 0);
  if (out.version !== undefined && versionEnd < KNOWN_BYTES) {
    knownVersion = out.version;
    bytes.copy(knownReply, 0, from + 23, from + 23 + KNOWN_BYTES);
  }
  return true;
}

/** Whether this begins as the last text that named a version, further than that. The same one answers many times. */
function isKnownReply(view: DataView, at: number): boolean {
  for (let word = 0; word < KNOWN_BYTES; word += 8) {
    if (view.getFloat64(at + word, true) !== knownView.getFloat64(word, true)) return false;
  }
  return true;
}

const KNOWN_BYTES = 32;
const knownReply = Buffer.alloc(KNOWN_BYTES);
const knownView = new DataView(knownReply.buffer, knownReply.byteOffset, KNOWN_BYTES);
let knownVersion: string | undefined;

/** Behind `"usage":{"input":`, as far as the `}}` that closes cost and usage: where that stands, or -1. */
const readUsage = (() => {
  // See quickLook.ts for why these stand in a function.
  const OUTPUT_0 = eightBytes(',"output":', 0);
  const OUTPUT_2 = eightBytes(',"output":', 2);
  const READ_0 = eightBytes(',"cacheRead":', 0);
  const READ_5 = eightBytes(',"cacheRead":', 5);
  const WRITE_0 = eightBytes(',"cacheWrite":', 0);
  const WRITE_6 = eightBytes(',"cacheWrite":', 6);
  const TOKENS_0 = eightBytes(',"totalTokens":', 0);
  const TOKENS_7 = eightBytes(',"totalTokens":', 7);
  const COST_0 = eightBytes(',"cost":{"input":', 0);
  const COST_8 = eightBytes(',"cost":{"input":', 8);
  const COST_9 = eightBytes(',"cost":{"input":', 9);
  const TOTAL_0 = eightBytes(',"total":', 0);
  const TOTAL_1 = eightBytes(',"total":', 1);

  return function readUsage(bytes: Buffer, view: DataView, from: number, out: QuickFacts): number {
    let at = readCount(bytes, from, INPUT, out);
    if (view.getFloat64(at, true) !== OUTPUT_0 || view.getFloat64(at + 2, true) !== OUTPUT_2) return -1;
    at = readCount(bytes, at + 10, OUTPUT, out);
    if (view.getFloat64(at, true) !== READ_0 || view.getFloat64(at + 5, true) !== READ_5) return -1;
    at = readCount(bytes, at + 13, CACHE_READ, out);
    if (view.getFloat64(at, true) !== WRITE_0 || view.getFloat64(at + 6, true) !== WRITE_6) return -1;
    at = readCount(bytes, at + 14, CACHE_WRITE, out);
    if (view.getFloat64(at, true) !== TOKENS_0 || view.getFloat64(at + 7, true) !== TOKENS_7) return -1;
    at = readCount(bytes, at + 15, TOTAL_TOKENS, out);
    if (view.getFloat64(at, true) !== COST_0 || view.getFloat64(at + 8, true) !== COST_8) return -1;
    if (view.getFloat64(at + 9, true) !== COST_9) return -1;
    // The single costs are stepped over. The first closing brace ends the cost: it stands behind a number of its own level.
    const close = bytes.indexOf(CLOSE, at + 17);
    if (close === -1) return -1;
    let numberAt = close;
    while (close - numberAt < 32 && bytes[numberAt - 1] !== COLON) numberAt--;
    const isTotal = view.getFloat64(numberAt - 8, true) === TOTAL_1 && view.getFloat64(numberAt - 9, true) === TOTAL_0;
    return isTotal && bytes[close + 1] === CLOSE && readCost(bytes, numberAt, close, out) ? close : -1;
  };
})();

/**
 * A whole number of at most 15 digits, as more would not be exact: where it ends. Where there is none it ends at its beginning,
 * where the pattern that is compared next does not fit.
 */
function readCount(bytes: Buffer, from: number, place: number, out: QuickFacts): number {
  let at = from;
  let value = 0;
  let digit = (bytes[at] ?? 0) - ZERO;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = (bytes[++at] ?? 0) - ZERO;
  }
  out.numbers[place] = value;
  return at > from && at - from <= 15 ? at : from;
}

/** The number from `from` to `end`, exactly as `JSON.parse` reads it. False when there is none. */
function readCost(bytes: Buffer, from: number, end: number, out: QuickFacts): boolean {
  let cost = bytes[from] === ZERO && from + 1 === end ? 0 : readDecimal(bytes, from, end);
  if (Number.isNaN(cost)) {
    const text = bytes.toString("latin1", from, end);
    if (/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) cost = Number(text);
  }
  out.numbers[COST_TOTAL] = cost;
  return Number.isFinite(cost);
}

const QUOTE = 0x22;
const ZERO = 0x30;
const COLON = 0x3a;
const UPPER_O = 0x4f;
const LOWER_U = 0x75;
const BACKSLASH = 0x5c;
const CLOSE = 0x7d;

/** 1 for ASCII letters and digits. */
const isPlainLetter = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 && /[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

const pieceBeforeUsage = new ModelPiece(
  /^\],"api":"[^"\\]*","provider":"([^"\\]*)","model":"([^"\\]*)","usage":\{"input":/,
);
const pieceBehindUsage = new ModelPiece(/^\}\},"api":"[^"\\]*","provider":"([^"\\]*)","model":"([^"\\]*)"/);
const beginsWithTime = bytePattern('],"timestamp":');
const isStopReason = bytePattern(',"stopReason":"');
const isError = bytePattern('on":"error"');
const isTextBlock = bytePattern('{"type":"text","text":"');
const isUsage = bytePattern('","usage":{"input":');
