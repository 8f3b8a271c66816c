/**
 * A time as OpenClaw writes it, `2026-03-30T09:00:02.556Z`, from the 24 bytes at `at`: epoch ms, or -1 when they are not
 * certainly such a time (or lie before 1970).
 *
 * Neighbouring lines share the day, so only the time of day is worked out for each; a new day goes through `Date.parse`.
 */
export const readTime = (() => {
  // The day last met: its ten characters as two overlapping numbers of eight bytes, and epoch ms of its beginning.
  let firstBytes = NaN;
  let lastBytes = NaN;
  let dayStart = -1;
  const ZERO = 0x30;

  function learnDay(bytes: Buffer, view: DataView, at: number): void {
    const day = bytes.toString("latin1", at, at + 10);
    const start = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : NaN;
    dayStart = start >= 0 ? start : -Infinity;
    firstBytes = view.getFloat64(at, true);
    lastBytes = view.getFloat64(at + 2, true);
  }

  return function readTime(bytes: Buffer, view: DataView, at: number): number {
    if (view.getFloat64(at, true) !== firstBytes || view.getFloat64(at + 2, true) !== lastBytes) {
      learnDay(bytes, view, at);
    }
    const hour10 = (bytes[at + 11] ?? 0) - ZERO;
    const hour1 = (bytes[at + 12] ?? 0) - ZERO;
    const minute10 = (bytes[at + 14] ?? 0) - ZERO;
    const minute1 = (bytes[at + 15] ?? 0) - ZERO;
    const second10 = (bytes[at + 17] ?? 0) - ZERO;
    const second1 = (bytes[at + 18] ?? 0) - ZERO;
    const ms100 = (bytes[at + 20] ?? 0) - ZERO;
    const ms10 = (bytes[at + 21] ?? 0) - ZERO;
    const ms1 = (bytes[at + 22] ?? 0) - ZERO;
    // `>>> 0` makes of a negative number a large one, so that one comparison asks for both ends.
    const inRange =
      hour10 >>> 0 <= 2 &&
      hour1 >>> 0 <= 9 &&
      minute10 >>> 0 <= 5 &&
      minute1 >>> 0 <= 9 &&
      second10 >>> 0 <= 5 &&
      second1 >>> 0 <= 9 &&
      ms100 >>> 0 <= 9 &&
      ms10 >>> 0 <= 9 &&
      ms1 >>> 0 <= 9;
    const hour = hour10 * 10 + hour1;
    if (!inRange || hour > 23) return -1;
    const separated =
      bytes[at + 10] === 0x54 &&
      bytes[at + 13] === 0x3a &&
      bytes[at + 16] === 0x3a &&
      bytes[at + 19] === 0x2e &&
      bytes[at + 23] === 0x5a;
    if (!separated) return -1;
    const seconds = (hour * 60 + minute10 * 10 + minute1) * 60 + second10 * 10 + second1;
    return dayStart + seconds * 1000 + ms100 * 100 + ms10 * 10 + ms1;
  };
})();
