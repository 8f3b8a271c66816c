import { arePlain, bytePattern, eightBytes, PATTERN_BYTES } from "./bytePattern";
import { BOOTSTRAP_TYPE } from "./entryFacts";
import type { EntryId } from "./entryId";
import { findClosing } from "./findClosing";
import { AT, COMPACTION, type QuickFacts, quickKinds, TOOL_RESULT, USER } from "./quickFacts";
import { readTime } from "./quickTime";
import { readAnswer } from "./quickAnswer";
import { readTurn } from "./quickTurn";

/**
 * Reads from a line what the index needs, without parsing it: from its head, and for assistant messages also from its tail.
 * It answers only where it is certain; otherwise the line is parsed in full. Certain means: for every line that is valid JSON
 * and names no key twice in one object, the answer is that of the full parse.
 *
 * That holds because nothing is guessed. The head is compared with what OpenClaw writes from the first byte on, so it is
 * known where each value stands; all other orders of keys are left to the full parse. How the tail of an assistant message
 * is found is told in contentEnd.ts.
 *
 * What it cannot see is whether the rest of the line is sound. So whoever asks must know that its bytes are UTF-8 without
 * NUL, and must see the entry confirmed (lineIndexer.ts).
 *
 * Fills `out` from the line `bytes[start … end)` and returns true, or returns false when it is not certain; `out` then holds
 * anything. `view` is of the same bytes; `previous` is the id that the entry should name as its parent.
 */
export type QuickLook = (
  bytes: Buffer,
  view: DataView,
  start: number,
  end: number,
  previous: EntryId,
  out: QuickFacts,
) => boolean;

/** Less than the shortest line that can be told: `{"type":"leaf","id":"…","parentId":null,"timestamp":"…"}`. */
const SHORTEST = 80;
/** Less than any record has, whole or half, that ends with a closing brace. */
const SHORTEST_RECORD = 40;
/** Up to the content of a message whose ids are UUIDs. */
const LONGEST_HEAD = 256;

const QUOTE = 0x22;
const TAB = 0x09;
const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const UPPER_N = 0x4e;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

// This runs for every line of every transcript, so calls and loads count. The constants live in a function that runs once,
// where the compiler can take them for numbers; at the top level the bundler makes variables of them.
export const quickLook: QuickLook = (() => {
  const TYPE_0 = eightBytes('{"type":"message","id":"', 0);
  const TYPE_8 = eightBytes('{"type":"message","id":"', 8);
  const TYPE_16 = eightBytes('{"type":"message","id":"', 16);
  const PARENT_0 = eightBytes('","parentId":"', 0);
  const PARENT_6 = eightBytes('","parentId":"', 6);
  const TIME_0 = eightBytes('","timestamp":"', 0);
  const TIME_7 = eightBytes('","timestamp":"', 7);
  const MESSAGE_0 = eightBytes('Z","message":{"role":"', 0);
  const MESSAGE_8 = eightBytes('Z","message":{"role":"', 8);
  const MESSAGE_14 = eightBytes('Z","message":{"role":"', 14);
  const ASSISTANT_0 = eightBytes('assistant","content":[', 0);
  const ASSISTANT_8 = eightBytes('assistant","content":[', 8);
  const ASSISTANT_14 = eightBytes('assistant","content":[', 14);
  const USER_0 = eightBytes('user","content":', 0);
  const USER_8 = eightBytes('user","content":', 8);
  const TOOL_0 = eightBytes('toolResult","', 0);
  const TOOL_5 = eightBytes('toolResult","', 5);

  return function quickLook(bytes, view, start, end, previous, out) {
    if (end - start < SHORTEST || bytes[end - 1] !== CLOSE) return false;
    // Patterns read a little over the end of a line; near the end of the buffer there would be nothing to read.
    if (end + PATTERN_BYTES > bytes.length || start + LONGEST_HEAD > bytes.length) return false;
    if (
      view.getFloat64(start, true) !== TYPE_0 ||
      view.getFloat64(start + 8, true) !== TYPE_8 ||
      view.getFloat64(start + 16, true) !== TYPE_16
    ) {
      return lookAtOtherKind(bytes, view, start, end, previous, out);
    }

    let at = start + 24;
    const { id } = out;
    if (bytes[at + 8] === QUOTE && arePlain(view, at)) {
      id.length = 8;
      id.words[0] = view.getFloat64(at, true);
    } else if (!id.read(bytes, view, at)) return false;
    at += id.length;

    const isPrevious =
      bytes[at + 22] === QUOTE && view.getFloat64(at + 14, true) === previous.words[0] && previous.length === 8;
    if (
      isPrevious &&
      view.getFloat64(at, true) === PARENT_0 &&
      view.getFloat64(at + 6, true) === PARENT_6 &&
      view.getFloat64(at + 22, true) === TIME_0 &&
      view.getFloat64(at + 29, true) === TIME_7
    ) {
      out.follows = true;
      at += 37;
    } else {
      at = readParent(bytes, view, at, previous, out);
      if (at === -1) return false;
    }

    const time = readTime(bytes, view, at);
    if (
      time < 0 ||
      view.getFloat64(at + 23, true) !== MESSAGE_0 ||
      view.getFloat64(at + 31, true) !== MESSAGE_8 ||
      view.getFloat64(at + 37, true) !== MESSAGE_14
    ) {
      return false;
    }
    out.numbers[AT] = time;

    at += 45;
    const role = view.getFloat64(at, true);
    if (role === ASSISTANT_0) {
      if (view.getFloat64(at + 8, true) !== ASSISTANT_8 || view.getFloat64(at + 14, true) !== ASSISTANT_14)
        return false;
      return readAnswer(bytes, view, at + 22, end, out);
    }
    if (role === USER_0) {
      // `user","content":` has 16 characters.
      if (view.getFloat64(at + 8, true) !== USER_8) return false;
      out.kind = USER;
      return readTurn(bytes, view, at + 16, end, out) && closesAtEnd(bytes, view, at + 5, end, 2);
    }
    out.kind = TOOL_RESULT;
    return role === TOOL_0 && view.getFloat64(at + 5, true) === TOOL_5 && closesAtEnd(bytes, view, at + 11, end, 2);
  };
})();

const isParent = bytePattern('","parentId":"');
const isNullParent = bytePattern('","parentId":null,"timestamp":"');
const isTimestamp = bytePattern('","timestamp":"');
const beginsRecord = bytePattern('{"type":"');
const isBootstrap = bytePattern(`${BOOTSTRAP_TYPE}"`);

/** `","parentId":"…","timestamp":"` or the same with null: where the time begins, or -1. */
function readParent(bytes: Buffer, view: DataView, at: number, previous: EntryId, out: QuickFacts): number {
  out.follows = false;
  if (isParent(view, at)) {
    if (!out.parentId.read(bytes, view, at + 14)) return -1;
    const { length, words } = out.parentId;
    out.follows = length === previous.length && previous.equals(words, 0);
    return isTimestamp(view, at + 14 + length) ? at + 29 + length : -1;
  }
  if (!isNullParent(view, at)) return -1;
  out.parentId.clear();
  return at + 31;
}

/** Entries that are no messages: short lines, or rare ones. It is made sure that nothing else stands on their line. */
function lookAtOtherKind(
  bytes: Buffer,
  view: DataView,
  start: number,
  end: number,
  previous: EntryId,
  out: QuickFacts,
): boolean {
  if (!beginsRecord(view, start)) return false;
  const kindAt = otherKindsFirstBytes.indexOf(view.getFloat64(start + 8, true));
  const other = otherKinds[kindAt];
  if (!other?.isKind(view, start + 8)) return false;
  out.kind = other.kind;
  const keyAt = start + 8 + other.length;
  // Bootstrap rows name a session: they are read in full.
  if (other.isCustom && (!isCustomType(view, keyAt) || isBootstrap(view, keyAt + 14))) return false;
  if (isId(bytes, keyAt)) {
    const headEnd = readHead(bytes, view, keyAt + 6, previous, out);
    if (other.kind === COMPACTION && !readSummary(bytes, view, headEnd, out)) return false;
    return headEnd !== -1 && closesAtEnd(bytes, view, headEnd, end, 1);
  }
  return other.kind !== COMPACTION && readTail(bytes, view, keyAt, end, previous, out);
}

/** How the summary of a compaction begins that goes on at `at`; false when that is not certain. */
function readSummary(bytes: Buffer, view: DataView, at: number, out: QuickFacts): boolean {
  if (at === -1 || !isSummary(view, at)) return false;
  const first = bytes[at + 12] ?? 0;
  if (first <= SPACE || first > 0x7e || first === BACKSLASH) return false;
  out.noPriorHistory = isNoPriorHistory(view, at + 12);
  const next = bytes[at + 28] ?? 0;
  return first !== UPPER_N || (out.noPriorHistory && (next === DOT || next === QUOTE));
}

/**
 * Whether the record closes with the last byte of its line, and not before with another record behind it, whole or half. `from`
 * lies `levels` deep in it. Where a closing brace is followed by an opening one the long way is taken, step by step: within a
 * record that happens only in texts.
 */
function closesAtEnd(bytes: Buffer, view: DataView, from: number, end: number, levels: 1 | 2): boolean {
  let at = from;
  for (;;) {
    at = bytes.indexOf(CLOSE, at);
    while (bytes[at] === CLOSE) at++;
    if (end - at < SHORTEST_RECORD) return bytes[end - levels] === CLOSE;
    while (bytes[at] === SPACE || bytes[at] === TAB) at++;
    if (at === -1 || bytes[at] === OPEN) return findClosing(bytes, view, from, end) === end - levels;
  }
}

/** `<id>","parentId":"…","timestamp":"…"`: where it ends, or -1. */
function readHead(bytes: Buffer, view: DataView, idAt: number, previous: EntryId, out: QuickFacts): number {
  if (!out.id.read(bytes, view, idAt)) return -1;
  const timeAt = readParent(bytes, view, idAt + out.id.length, previous, out);
  if (timeAt === -1) return -1;
  const time = readTime(bytes, view, timeAt);
  out.numbers[AT] = time;
  return time < 0 || bytes[timeAt + 24] !== QUOTE ? -1 : timeAt + 25;
}

/**
 * Rows that OpenClaw writes with their own fields first (custom rows; all of them in the SQLite era, 2026.8+) end with
 * `,"id":"…","parentId":"…","timestamp":"…"}`. The last brace closes the record, so these are its own fields; and a quote
 * right behind a comma cannot be part of a text, where it would be escaped.
 */
function readTail(
  bytes: Buffer,
  view: DataView,
  from: number,
  end: number,
  previous: EntryId,
  out: QuickFacts,
): boolean {
  for (const idLength of idLengths) {
    for (const parentLength of parentLengths) {
      const idAt = end - 2 - 24 - parentLength - idLength;
      if (idAt - 7 <= from || !isId(bytes, idAt - 6) || bytes[idAt - 7] !== COMMA) continue;
      if (readHead(bytes, view, idAt, previous, out) === end - 1)
        return findClosing(bytes, view, from, end) === end - 1;
    }
  }
  return false;
}

const idLengths = [8, 36] as const;
/** With the keys around them: `","parentId":"…","timestamp":"` and `","parentId":null,"timestamp":"`. */
const parentLengths = [29 + 8, 29 + 36, 31] as const;

/** `"id":"` */
function isId(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === QUOTE &&
    bytes[at + 1] === 0x69 &&
    bytes[at + 2] === 0x64 &&
    bytes[at + 3] === QUOTE &&
    bytes[at + 4] === 0x3a &&
    bytes[at + 5] === QUOTE
  );
}

const isSummary = bytePattern(',"summary":"');
const isNoPriorHistory = bytePattern("No prior history");
const isCustomType = bytePattern('"customType":"');
const otherKinds = quickKinds.flatMap(({ type }, kind) => {
  if (type === "message") return [];
  const text = `"${type}","`;
  return [{ kind, isKind: bytePattern(text), length: text.length - 1, isCustom: type === "custom" }];
});
/** These differ for all kinds. */
const otherKindsFirstBytes = quickKinds.flatMap(({ type }) => (type === "message" ? [] : [eightBytes(`"${type}","`)]));
