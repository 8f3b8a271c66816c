import { areDigits, arePlain, bytePattern, eightBytes } from "./bytePattern";
import { findTextEnd } from "./findClosing";
import { MACHINE, type QuickFacts } from "./quickFacts";
import { mayNameOrigin } from "./quickOrigin";
import { readSpeaker, readSpeakerOfWhole } from "./quickSpeaker";

/** How much of a user message a quick look tells. */
export const UNKNOWN = 0;
/** Who sent it; whether the record closes with its line is to be asked, and whether it names where it came from was. */
export const SPEAKER = 1;
/** Who sent it, and that the line ends as it should. */
export const ALL = 2;

/**
 * A user message from its content on, which begins at `at`, behind `"role":"user","content":`. OpenClaw writes most of them as
 *
 *     [{"type":"text","text":"…"}],"timestamp":1774861200000}}
 *     "…","timestamp":1774861200000}}
 *
 * and in these nothing is left to be asked once the text was stepped over, for its beginning tells who sent it. Fills `out.speaker`.
 */
export const readUser = (() => {
  // See quickLook.ts for why these stand in a function.
  const BLOCK_0 = eightBytes('[{"type":"text","text":"', 0);
  const BLOCK_8 = eightBytes('[{"type":"text","text":"', 8);
  const BLOCK_16 = eightBytes('[{"type":"text","text":"', 16);
  const LIST_0 = eightBytes('"}],"timestamp":', 0);
  const LIST_8 = eightBytes('"}],"timestamp":', 8);
  const TEXT_0 = eightBytes('","timestamp":', 0);
  const TEXT_6 = eightBytes('","timestamp":', 6);

  return function readUser(
    bytes: Buffer,
    view: DataView,
    at: number,
    end: number,
    out: QuickFacts,
  ): typeof UNKNOWN | typeof SPEAKER | typeof ALL {
    let from = at + 1;
    const isList = bytes[at] !== QUOTE;
    if (isList) {
      if (view.getFloat64(at, true) !== BLOCK_0 || view.getFloat64(at + 8, true) !== BLOCK_8) return UNKNOWN;
      if (view.getFloat64(at + 16, true) !== BLOCK_16) return UNKNOWN;
      from = at + 24;
    }
    const speakerAt = readSpeaker(bytes, view, from, end, out);
    const isCertain = speakerAt >= 0;
    const scanned = isCertain ? speakerAt : ~speakerAt;
    const textEnd = findTextEnd(bytes, view, scanned, end);
    if (textEnd >= end) return UNKNOWN;
    let restAt = textEnd;
    if (isList) {
      if (view.getFloat64(textEnd, true) === LIST_0 && view.getFloat64(textEnd + 8, true) === LIST_8) restAt += 16;
    } else if (view.getFloat64(textEnd, true) === TEXT_0 && view.getFloat64(textEnd + 6, true) === TEXT_6) {
      restAt += 14;
    }
    const isTimed = restAt > textEnd && areDigits(view, restAt) && areDigits(view, restAt + 5);
    if (isTimed && restAt + 15 === end && bytes[end - 1] === CLOSE && bytes[end - 2] === CLOSE) {
      return isCertain || readSpeakerOfWhole(bytes, from, textEnd, out) ? ALL : UNKNOWN;
    }
    if (isTimed && isFromSession(view, restAt + 13)) {
      out.speaker = MACHINE;
      return SPEAKER;
    }
    if (isTimed && !isList && endsWithKey(bytes, view, restAt + 13, end)) {
      return isCertain || readSpeakerOfWhole(bytes, from, textEnd, out) ? ALL : UNKNOWN;
    }
    if (mayNameOrigin(bytes, view, textEnd, end)) return UNKNOWN;
    return isCertain || readSpeakerOfWhole(bytes, from, textEnd, out) ? SPEAKER : UNKNOWN;
  };
})();

/**
 * Whether nothing but this goes on at `at` (OpenClaw 2026.7.x and later):
 *
 *     ,"idempotencyKey":"68612050-ca5b-4708-979b-f6a8c97cdcb4:user","__openclaw":{"senderIsOwner":true}}}
 */
function endsWithKey(bytes: Buffer, view: DataView, at: number, end: number): boolean {
  const keyAt = at + 19;
  if (!isKey(view, at) || !isOwn(view, keyAt + 36)) return false;
  const areLetters =
    arePlain(view, keyAt) &&
    arePlain(view, keyAt + 8) &&
    arePlain(view, keyAt + 16) &&
    arePlain(view, keyAt + 24) &&
    arePlain(view, keyAt + 28);
  const valueAt = keyAt + 36 + 37;
  const isTrue = end === valueAt + 7 && view.getInt32(valueAt, true) === TRUE;
  const isFalse = end === valueAt + 8 && view.getInt32(valueAt + 1, true) === ALSE;
  return areLetters && (isTrue || isFalse) && view.getInt32(end - 4, true) === CLOSES;
}

const TRUE = Buffer.from("true").readInt32LE();
const ALSE = Buffer.from("alse").readInt32LE();
const CLOSES = Buffer.from("e}}}").readInt32LE();
const isKey = bytePattern(',"idempotencyKey":"');
const isOwn = bytePattern(':user","__openclaw":{"senderIsOwner":');

const QUOTE = 0x22;
const CLOSE = 0x7d;
const isFromSession = bytePattern(',"provenance":{"kind":"inter_session"');
