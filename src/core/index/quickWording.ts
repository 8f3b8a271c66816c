import { wordings } from "../transcript/wordings";
import { HEARTBEAT, MACHINE, PERSON, type QuickFacts } from "./quickFacts";

/**
 * Compares the words of a user message, which begin at `at`, with wordings.ts, and fills `out.speaker`. False when it is not certain
 * whose they are.
 *
 * Each wording begins with letters that stand in its pattern as they are; that is all there is to most of them, and what else a pattern
 * asks is asked of the few texts that begin so.
 */
export function readWording(bytes: Buffer, view: DataView, at: number, out: QuickFacts): boolean {
  if (!heads.includes(view.getInt32(at, true))) {
    out.speaker = PERSON;
    // One of the four letters may be written as an escape.
    return !isLetterEscape(bytes, at + 1) && !isLetterEscape(bytes, at + 2) && !isLetterEscape(bytes, at + 3);
  }
  return readLetters(bytes, at, out);
}

function readLetters(bytes: Buffer, at: number, out: QuickFacts): boolean {
  for (const { letters, rest, pattern, speaker } of beginnings) {
    let letter = 0;
    while (letter < letters.length && bytes[at + letter] === letters[letter]) letter++;
    const next = bytes[at + letter] ?? 0;
    const isEscaped = next === BACKSLASH && bytes[at + letter + 1] === LOWER_U; // maybe the letter that is missing
    if (letter < letters.length) {
      if (isEscaped) return false;
      continue;
    }
    out.speaker = speaker;
    if (rest === "") return true;
    if (rest === "\\b") {
      if (isEscaped) return false;
      if (isWordLetter[next] === 1) continue;
      return true;
    }
    switch (matches(bytes, at, pattern)) {
      case true:
        return true;
      case undefined:
        return false;
    }
  }
  out.speaker = PERSON;
  return true;
}

/** Whether a wording begins with this letter. */
export function beginsWording(byte: number): boolean {
  return beginnings.some(({ letters }) => letters[0] === byte);
}

function isLetterEscape(bytes: Buffer, at: number): boolean {
  return bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_U;
}

/** Undefined when it is not certain. */
function matches(bytes: Buffer, at: number, pattern: RegExp): boolean | undefined {
  const read = bytes.toString("latin1", at, at + LONGEST_WORDING);
  const [plain = ""] = /^(?:[^"\\\x80-\xff]|\\["\\])*/.exec(read) ?? [];
  const words = plain.replace(/\\(["\\])/g, "$1");
  const match = pattern.exec(words);
  // An internal context may stand in the middle of what was matched; the words then are without it.
  if (match) return match[0].includes("<") || match[0].length === words.length ? undefined : true;
  // None goes on behind the end of the text or of a line.
  return read[plain.length] === '"' || read.startsWith("\\n", plain.length) ? false : undefined;
}

/** Of `^\[cron:(?<job>…)` the letters `[cron:`, and the rest as it is. */
function beginningOf(source: string): { readonly letters: Buffer; readonly rest: string } {
  const [, written = ""] = /^\^((?:[\w ,':-]|\\[^\w\s])*)(?![?*{])/.exec(source) ?? [];
  return { letters: Buffer.from(written.replaceAll("\\", "")), rest: source.slice(1 + written.length) };
}

const beginnings = wordings.map(({ turn, pattern }) => {
  return { ...beginningOf(pattern.source), pattern, speaker: turn === "heartbeat" ? HEARTBEAT : MACHINE };
});

/** The first four letters of all wordings. */
const heads = beginnings.map(({ letters }) => letters.readInt32LE());

/** Longer than all wordings, bytes. */
const LONGEST_WORDING = 512;

/** 1 for what `\b` takes for a letter. */
const isWordLetter = Uint8Array.from({ length: 256 }, (_, byte) => (/\w/.test(String.fromCharCode(byte)) ? 1 : 0));
isWordLetter.fill(0, 0x80);

const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
