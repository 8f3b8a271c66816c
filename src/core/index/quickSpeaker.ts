import type { MessageEntry } from "../transcript/entry";
import { speakerOf } from "../transcript/speaker";
import { wordings } from "../transcript/wordings";
import { bytePattern } from "./bytePattern";
import { stringEnd } from "./findClosing";
import { HEARTBEAT, MACHINE, PERSON, type QuickFacts } from "./quickFacts";
import { QuickMetadata } from "./quickMetadata";
import { NONE, UNCERTAIN } from "./quickPiece";

/**
 * Who sent a user message, from the beginning of its text, where that is certain: then a quick look may tell it. The envelope is
 * stepped over as envelope.ts does it, and the words are compared with wordings.ts; where either is not certain, the text is
 * decoded, and what begins with no text is left to the full parse.
 *
 * `at` is where the content begins, behind `"role":"user","content":`. Fills `out.speaker` and answers where the words begin inside
 * their string, or UNCERTAIN.
 */
export function readSpeaker(bytes: Buffer, view: DataView, at: number, end: number, out: QuickFacts): number {
  let from = at + 1;
  if (bytes[at] !== QUOTE) {
    if (!isTextBlock(view, at)) return UNCERTAIN;
    from = at + 24;
  }
  const wordsAt = behindEnvelope(bytes, view, from, end);
  if (wordsAt !== UNCERTAIN && readTurn(bytes, wordsAt, out)) return wordsAt;
  return readWhole(bytes, view, from, end, out) ? from : UNCERTAIN;
}

function behindEnvelope(bytes: Buffer, view: DataView, textAt: number, end: number): number {
  let from = textAt;
  let isStamped = false;
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    while (bytes[from] === BACKSLASH && bytes[from + 1] === LOWER_N) from += 2; // blank lines
    const first = bytes[from] ?? 0;
    let next = NONE;
    if (first === OPEN_LIST) {
      if (!isStamped) next = behindStamp(bytes, from);
      isStamped = true;
    } else if (first >= UPPER_A && first <= UPPER_Z) {
      next = metadata.end(bytes, view, from, end);
    }
    if (next === NONE) return from;
    if (next === UNCERTAIN) return UNCERTAIN;
    from = next;
  }
  return UNCERTAIN;
}

/** `[Mon 2026-03-30 09:15 UTC] `: where it ends, or NONE, or UNCERTAIN. */
function behindStamp(bytes: Buffer, at: number): number {
  for (let place = 1; place <= 20; place++) {
    const byte = bytes[at + place] ?? 0;
    const expected = stampPlaces[place] ?? 0;
    const fits = expected === ZERO ? (byte - ZERO) >>> 0 <= 9 : expected === LOWER_X || byte === expected;
    if (byte === BACKSLASH) return bytes[at + place + 1] === LOWER_U ? UNCERTAIN : NONE;
    if (!fits) return NONE;
    if (place === 3 && !days.includes(lettersAt(bytes, at + 1))) return NONE;
  }
  for (let close = at + 21; close <= at + 61; close++) {
    const byte = bytes[close] ?? 0;
    if (byte === CLOSE_LIST) return bytes[close + 1] === SPACE ? close + 2 : close + 1;
    if (byte === QUOTE) return NONE;
    if (byte === BACKSLASH || byte > 0x7f) return UNCERTAIN;
  }
  return NONE;
}

/** From the whole text, decoded: takes ten times as long, and still a fraction of a full parse. */
function readWhole(bytes: Buffer, view: DataView, textAt: number, end: number, out: QuickFacts): boolean {
  const textEnd = stringEnd(bytes, view, textAt, end);
  if (textEnd >= end) return false;
  try {
    const text: unknown = JSON.parse(bytes.toString("utf8", textAt - 1, textEnd + 1));
    if (typeof text !== "string") return false;
    const { kind } = speakerOf(userMessage(text));
    out.speaker = kind === "user" ? PERSON : kind === "heartbeat" ? HEARTBEAT : MACHINE;
    return true;
  } catch {
    return false; // the full parse says what is wrong with it
  }
}

function userMessage(text: string): MessageEntry {
  const message = {
    role: "user",
    blocks: [{ kind: "text", text }],
    at: undefined,
    provenance: undefined,
    raw: {},
  } as const;
  return { type: "message", id: undefined, parentId: undefined, at: undefined, timestamp: undefined, raw: {}, message };
}

/** Whose words begin at `at`; false when that is not certain. */
function readTurn(bytes: Buffer, at: number, out: QuickFacts): boolean {
  const first = bytes[at] ?? 0;
  if (mayBeginWords[first] === 1) {
    out.speaker = PERSON;
    return first !== KANA || bytes[at + 1] !== 0x80; // there is a blank among those
  }
  const isCapital = first >= UPPER_A && first <= UPPER_Z;
  if (!isCapital && first !== OPEN_LIST) return false;
  if (bytes[at + 1] === BACKSLASH || bytes[at + 2] === BACKSLASH) return false;
  const letters = lettersAt(bytes, at);
  if (envelopeLetters.includes(letters)) return false;
  if (wordingLetters.includes(letters)) return readWording(bytes, at, out);
  out.speaker = PERSON;
  return true;
}

function readWording(bytes: Buffer, at: number, out: QuickFacts): boolean {
  const read = bytes.toString("latin1", at, at + LONGEST_WORDING);
  const cut = read.search(/["\\\x80-\xff]/);
  const words = cut === -1 ? read : read.slice(0, cut);
  const isEscaped = cut !== -1 && read[cut] !== '"';
  // No wording holds what is escaped here, unless letters are; but the name of a cron job may hold anything.
  const mayGoOn = (isEscaped && /^\\[u/]/.test(read.slice(cut))) || words.startsWith("[cron:");
  for (const { turn, pattern } of wordings) {
    const match = pattern.exec(words);
    if (!match) continue;
    out.speaker = turn === "heartbeat" ? HEARTBEAT : MACHINE;
    return !(isEscaped && match[0].length === words.length); // a pattern may ask what comes next
  }
  out.speaker = PERSON;
  return !mayGoOn;
}

function lettersAt(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

function letters(text: string): number {
  return lettersAt(Buffer.from(text), 0);
}

/** Metadata and stamp; rows with more pieces are read in full. */
const MOST_PIECES = 4;
/** Longer than all wordings but a cron prefix with a long name. */
const LONGEST_WORDING = 128;

const SPACE = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const LOWER_N = 0x6e;
const LOWER_U = 0x75;
const LOWER_X = 0x78;
/** First byte of kana in UTF-8, and of the ideographic space. */
const KANA = 0xe3;

/**
 * 1 for the first bytes of words that no marker begins with: small letters, digits, most punctuation, letters of other scripts
 * in UTF-8. Not capitals and `[` (asked further), `<`, blanks in any script, nor escapes.
 */
const mayBeginWords = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return (byte >= 0xc3 && byte <= 0xdf) || (byte >= 0xe3 && byte <= 0xed) || byte >= 0xf0 ? 1 : 0;
  return /[a-z0-9/(\-*#'!?@.,;:$>`+=~&%|^_{}]/.test(String.fromCharCode(byte)) ? 1 : 0;
});

/** How all wordings begin, so that few texts are compared with them in full. */
const wordingLetters = ["[Op", "[cr", "[In", "[Su", "Rea", "A n", "A s", "An ", "Exe"].map(letters);
/** How further pieces of an envelope begin, which are read in full. */
const envelopeLetters = ["[Bo", "Sys", "Ope", "Unt"].map(letters);
const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(letters);
/** What stands at each place of a stamp; `0` for any digit, `x` for any letter. */
const stampPlaces = Buffer.from("[xxx 0000-00-00 00:00");

const metadata = new QuickMetadata();
const isTextBlock = bytePattern('[{"type":"text","text":"');
