import { NONE, UNCERTAIN } from "./quickPiece";

/**
 * The stamp that OpenClaw puts before the words of a person, `[Mon 2026-03-30 09:15 UTC] `. Neighbouring lines share the day, so it is
 * compared with the one met last.
 */
export class QuickStamp {
  /** `[Mon 2026-03-30 ` as two numbers of eight bytes. */
  private first = NaN;
  private second = NaN;

  /** Where the stamp ends that may begin at `at`; or NONE, or UNCERTAIN. */
  end(bytes: Buffer, view: DataView, at: number): number {
    const isSameDay =
      view.getFloat64(at, true) === this.first && view.getFloat64(at + DAY_BYTES / 2, true) === this.second;
    for (let place = isSameDay ? DAY_BYTES : 1; place < places.length; place++) {
      const byte = bytes[at + place] ?? 0;
      const expected = places[place] ?? 0;
      const fits = expected === ZERO ? (byte - ZERO) >>> 0 <= 9 : expected === LOWER_X || byte === expected;
      if (byte === BACKSLASH) return bytes[at + place + 1] === LOWER_U ? UNCERTAIN : NONE;
      if (!fits) return NONE;
      if (place === 3 && !days.includes(view.getInt32(at, true))) return NONE;
    }
    this.first = view.getFloat64(at, true);
    this.second = view.getFloat64(at + DAY_BYTES / 2, true);
    let limit = at + places.length + LONGEST_REST;
    for (let close = at + places.length; close <= limit; close++) {
      const byte = bytes[close] ?? 0;
      if (byte === CLOSE_LIST) return bytes[close + 1] === SPACE ? close + 2 : close + 1;
      if (byte === QUOTE) return NONE;
      if (byte > 0x7f) return UNCERTAIN;
      if (byte !== BACKSLASH) continue;
      close++;
      limit++;
      if (bytes[close] === LOWER_N) return NONE;
      if (bytes[close] === LOWER_U) return UNCERTAIN;
    }
    return NONE;
  }
}

/** What stands at each place of a stamp; `0` for any digit, `x` for any letter. */
const places = Buffer.from("[xxx 0000-00-00 00:00");
const DAY_BYTES = 16;
/** Letters between the time and the closing bracket, as in envelope.ts. */
const LONGEST_REST = 40;
/** `[Mon` and so on. */
const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((day) => Buffer.from(`[${day}`).readInt32LE());

const SPACE = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const LOWER_N = 0x6e;
const LOWER_U = 0x75;
const LOWER_X = 0x78;
