import { eightBytes } from "./bytePattern";
import { BLANK_LINE, notices, ownPrompts } from "./machineTurn";
import { HEARTBEAT, MACHINE, PERSON, type QuickFacts } from "./quickFacts";

/**
 * Whose turn a user message is, as machineTurn.ts tells it, from the bytes of its content, which begins at `at`:
 *
 *     [{"type":"text","text":"…"}]
 *     "…"
 *
 * Fills `out.speaker`; false when that is not certain.
 */
export const readTurn = (() => {
  // See quickLook.ts for why these stand in a function.
  const BLOCK_0 = eightBytes('[{"type":"text","text":"', 0);
  const BLOCK_8 = eightBytes('[{"type":"text","text":"', 8);
  const BLOCK_16 = eightBytes('[{"type":"text","text":"', 16);

  return function readTurn(bytes: Buffer, view: DataView, at: number, end: number, out: QuickFacts): boolean {
    let textAt = at + 1;
    if (bytes[at] !== QUOTE) {
      if (
        view.getFloat64(at, true) !== BLOCK_0 ||
        view.getFloat64(at + 8, true) !== BLOCK_8 ||
        view.getFloat64(at + 16, true) !== BLOCK_16
      ) {
        return false;
      }
      textAt = at + 24;
    }
    const group = groupOf[view.getUint16(textAt, true)] ?? 0;
    if (group === 0) {
      out.speaker = PERSON;
      return true;
    }
    out.speaker = speakerAt(bytes, view, textAt, end);
    return out.speaker !== UNCERTAIN;
  };
})();

/** By what begins at `from`: PERSON, MACHINE, HEARTBEAT or UNCERTAIN. */
function speakerAt(bytes: Buffer, view: DataView, from: number, end: number): number {
  let at = from;
  for (;;) {
    const speaker = beginningAt(bytes, at, groups[groupOf[view.getUint16(at, true)] ?? 0] ?? []);
    if (speaker !== NOTICE) return speaker;
    at = wordsAt(bytes, at, end);
    if (at === -1) return UNCERTAIN;
    if (bytes[at] === QUOTE) return MACHINE;
  }
}

function beginningAt(bytes: Buffer, at: number, group: readonly Beginning[]): number {
  for (const { letters, speaker } of group) {
    let same = 0;
    while (same < letters.length && bytes[at + same] === letters[same]) same++;
    if (same === letters.length) return speaker;
    if (bytes[at + same] !== BACKSLASH) continue;
    const escaped = bytes[at + same + 1];
    if (escaped === LOWER_U || escaped === SLASH) return UNCERTAIN; // maybe the letter that is missing
  }
  return PERSON;
}

/**
 * Where the words begin behind lines like `System: […] …` that go on at `from`: behind the next blank line, or at the quote that ends
 * the text; -1 when that is not certain.
 */
function wordsAt(bytes: Buffer, from: number, end: number): number {
  let at = from;
  for (; at < end && bytes[at] !== QUOTE; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    at++;
    if (bytes[at] === LOWER_U) return -1;
    if (bytes[at] !== LOWER_N || !isNewline(bytes, at + 1)) continue;
    at++;
    while (isNewline(bytes, at)) at += 2;
    return at;
  }
  return at < end ? at : -1;
}

function isNewline(bytes: Buffer, at: number): boolean {
  return bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_N;
}

const QUOTE = 0x22;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const LOWER_N = 0x6e;
const LOWER_U = 0x75;

/** In place of who sent it: what follows on lines like `System: […] …` tells. */
const NOTICE = -1;
/** The line is left to the full parse. */
const UNCERTAIN = -2;

interface Beginning {
  readonly letters: Buffer;
  readonly speaker: number;
}

const beginnings: readonly Beginning[] = [
  ...ownPrompts.map(({ beginning, turn }) => {
    return { letters: Buffer.from(beginning, "latin1"), speaker: turn === "heartbeat" ? HEARTBEAT : MACHINE };
  }),
  ...notices.map(({ beginning, end }) => {
    return { letters: Buffer.from(beginning, "latin1"), speaker: end === BLANK_LINE ? NOTICE : UNCERTAIN };
  }),
];

/** Those that have their first two bytes in common; first of all none, then all, for texts where one of the two is an escape. */
const groups: Beginning[][] = [[], [...beginnings]];
/** The place in `groups` for the first two bytes of a text, the lower one first. */
const groupOf = new Uint8Array(0x10000);
for (let second = 0; second < 0x100; second++) groupOf[BACKSLASH | (second << 8)] = 1;
for (const beginning of beginnings) {
  const pair = beginning.letters.readUInt16LE();
  groupOf[(pair & 0xff) | (BACKSLASH << 8)] = 1;
  const group = groupOf[pair] ?? 0;
  if (group === 0) groupOf[pair] = groups.push([beginning]) - 1;
  else groups[group]?.push(beginning);
}
