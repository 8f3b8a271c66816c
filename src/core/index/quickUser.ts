import { areDigits, bytePattern, eightBytes } from "./bytePattern";
import { stringEnd } from "./findClosing";
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
      if (!isTextBlock(view, at)) return UNKNOWN;
      from = at + 24;
    }
    const speakerAt = readSpeaker(bytes, view, from, end, out);
    const isCertain = speakerAt >= 0;
    const scanned = isCertain ? speakerAt : ~speakerAt;
    // Native search steps over what is long, such as an image behind the text.
    const textEnd = end - scanned > LONG ? end : stringEnd(bytes, view, scanned, end);

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
    if (mayNameOrigin(bytes, view, textEnd < end ? textEnd : scanned, end)) return UNKNOWN;
    if (isCertain) return SPEAKER;
    const wholeEnd = textEnd < end ? textEnd : stringEnd(bytes, view, scanned, end);
    return wholeEnd < end && readSpeakerOfWhole(bytes, from, wholeEnd, out) ? SPEAKER : UNKNOWN;
  };
})();

/** From here on native search is quicker, bytes. */
const LONG = 2_000;

const QUOTE = 0x22;
const CLOSE = 0x7d;
const isTextBlock = bytePattern('[{"type":"text","text":"');
const isFromSession = bytePattern(',"provenance":{"kind":"inter_session"');
