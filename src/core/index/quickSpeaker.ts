import type { MessageEntry } from "../transcript/entry";
import { speakerOf } from "../transcript/speaker";
import { HEARTBEAT, MACHINE, PERSON, type QuickFacts } from "./quickFacts";
import { QuickEnvelope } from "./quickEnvelope";
import { UNCERTAIN } from "./quickPiece";
import { beginsWording, readWording } from "./quickWording";

/**
 * Who sent a user message, from the beginning of its text, which begins at `from`: fills `out.speaker`. The envelope is stepped over,
 * and the words are compared with wordings.ts.
 *
 * Answers how far the text was stepped over (it does not end before that place, which lies in no escape), or `~` of that place
 * when it is not certain who sent it.
 */
export function readSpeaker(bytes: Buffer, view: DataView, from: number, end: number, out: QuickFacts): number {
  const wordsAt = envelope.end(bytes, view, from, end);
  const isCertain = wordsAt !== UNCERTAIN && readTurn(bytes, view, wordsAt, out);
  return isCertain ? envelope.scannedTo : ~envelope.scannedTo;
}

/** The same from the whole text, decoded: takes ten times as long, and still a fraction of a full parse. */
export function readSpeakerOfWhole(bytes: Buffer, from: number, textEnd: number, out: QuickFacts): boolean {
  try {
    const text: unknown = JSON.parse(bytes.toString("utf8", from - 1, textEnd + 1));
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
function readTurn(bytes: Buffer, view: DataView, at: number, out: QuickFacts): boolean {
  const first = bytes[at] ?? 0;
  switch (beginnings[first]) {
    case PLAIN:
      out.speaker = PERSON;
      return true;
    case MARKER:
      return !isFurtherPiece(bytes, at) && readWording(bytes, view, at, out);
    case NO_WORDS:
      out.speaker = envelope.isMachine ? MACHINE : PERSON;
      return true;
    default:
      out.speaker = PERSON;
      return isNoBlank(first, bytes[at + 1] ?? 0);
  }
}

/** Whether two bytes begin a letter that no marker begins with, where the first of them may begin a blank. */
function isNoBlank(first: number, second: number): boolean {
  if (first === BACKSLASH) return second === QUOTE || second === BACKSLASH;
  return (first === KANA && second !== 0x80) || (first === SYMBOL && second > 0x81);
}

/** How pieces of an envelope begin that are read in full. */
function isFurtherPiece(bytes: Buffer, at: number): boolean {
  const second = bytes[at + 1];
  const third = bytes[at + 2];
  if (second === BACKSLASH || third === BACKSLASH) return true;
  switch (bytes[at]) {
    case OPEN_LIST:
      return second === UPPER_B; // [Bootstrap pending]
    case UPPER_O:
      return second === LOWER_P && third === LOWER_E; // OpenClaw runtime context
    default:
      return bytes[at] === UPPER_U && second === LOWER_N; // Untrusted context
  }
}

const QUOTE = 0x22;
const UPPER_B = 0x42;
const UPPER_O = 0x4f;
const UPPER_U = 0x55;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;
const LOWER_N = 0x6e;
const LOWER_P = 0x70;
/** First byte of kana in UTF-8, and of the ideographic space. */
const KANA = 0xe3;
/** First byte of arrows and symbols, and of some blanks. */
const SYMBOL = 0xe2;

/** What is known of words by their first byte. */
const OTHER = 0;
const PLAIN = 1;
const MARKER = 2;
const NO_WORDS = 3;

/** Not plain are blanks in any script, escapes, `<`, and how wordings and pieces of an envelope begin. */
const beginnings = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === QUOTE) return NO_WORDS;
  if (byte === OPEN_LIST || byte === UPPER_O || byte === UPPER_U || beginsWording(byte)) return MARKER;
  if (byte >= 0x80)
    return (byte >= 0xc3 && byte <= 0xdf) || (byte >= 0xe4 && byte <= 0xed) || byte >= 0xf0 ? PLAIN : OTHER;
  return /[a-zA-Z0-9/(\-*#'!?@.,;:$>`+=~&%|^_{}\]]/.test(String.fromCharCode(byte)) ? PLAIN : OTHER;
});

const envelope = new QuickEnvelope();
