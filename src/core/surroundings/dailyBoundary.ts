import * as PlainTime from "temporal-polyfill/fns/PlainTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { formatTime, isoTime } from "../text/formatTime";
import { localDate, steadyOffset } from "./zoneOffset";

/**
 * The moment (epoch ms) at which OpenClaw's day began that `at` lies in: the most recent `atHour`:00 on the clock of `zone`, at or
 * before `at`. As OpenClaw reckons with JavaScript's Date (2026.1.29–2026.9.6: resolveDailyResetAtMs): today at that hour, and
 * when that is still to come, the same time one day earlier. An hour that the clocks skip is the one after it, of an hour
 * that comes twice it is the first.
 *
 *     dailyBoundaryBefore(Date.parse("2026-03-31T04:00:00.397Z"), 4, "UTC")          2026-03-31T04:00Z
 *     dailyBoundaryBefore(Date.parse("2026-03-31T04:00:00.397Z"), 4, "Asia/Tokyo")   2026-03-30T19:00Z
 *
 * NaN where there is none: `zone` is no zone, `at` no moment or `atHour` no hour. Nothing is earlier or later than NaN.
 */
export function dailyBoundaryBefore(at: number, atHour: number, zone: string): number {
  const isHour = Number.isInteger(atHour) && atHour >= 0 && atHour <= 23;
  if (!isHour || isoTime(at) === undefined) return Number.NaN;
  const offset = steadyOffset(at, zone);
  if (offset !== undefined) {
    const shift = offset * MINUTE - atHour * HOUR;
    return Math.floor((at + shift) / DAY) * DAY - shift;
  }
  const now = localDate(at, zone);
  if (now === undefined) return Number.NaN;
  try {
    const today = ZonedDateTime.withPlainTime(now, PlainTime.create(atHour));
    if (today.epochMilliseconds <= at) return today.epochMilliseconds;
    return ZonedDateTime.subtractDays(today, 1).epochMilliseconds;
  } catch {
    // Before the first day that a Date can hold.
    return Number.NaN;
  }
}

/** `2026-03-31 13:00:00` on the clock of `zone`; in UTC, and marked so, when that is no zone. */
export function localTime(at: number, zone: string): string {
  const offset = steadyOffset(at, zone);
  if (offset !== undefined) return formatTime(at + offset * MINUTE, { timeZone: "UTC" });
  const local = localDate(at, zone);
  if (local === undefined) return `${formatTime(at, { timeZone: "UTC" })} UTC`;
  return formatTime(at + ZonedDateTime.offsetNanoseconds(local) / 1e6, { timeZone: "UTC" });
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
