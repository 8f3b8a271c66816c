import * as Instant from "temporal-polyfill/fns/Instant";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";

export type LocalDate = ReturnType<typeof Instant.toZonedDateTimeISO>;

/** The date on the clock of `zone`; undefined when that is no zone or `at` (epoch ms) no moment. */
export function localDate(at: number, zone: string): LocalDate | undefined {
  if (!Number.isFinite(at) || !zoneText.test(zone)) return undefined;
  try {
    return Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(Math.floor(at)), zone);
  } catch {
    // No such zone, or a moment that no Date can hold.
    return undefined;
  }
}

/** Whether time can be reckoned in it: an IANA name, `UTC`, or a fixed offset such as `+09:00`. */
export function isZone(text: string): boolean {
  return offsetMinutesAt(0, text) !== undefined;
}

/** Minutes that the clock of `zone` is ahead of UTC at that moment; undefined where that cannot be told. */
export function offsetMinutesAt(at: number, zone: string): number | undefined {
  return steadyOffset(at, zone) ?? offsetFromData(at, zone);
}

/**
 * The same where the clocks of `zone` do not change from two days before to two days after. Ten thousand rotations fall into a
 * few hundred days, and asking the zone database takes 20 µs each time.
 */
export function steadyOffset(at: number, zone: string): number | undefined {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined || !Number.isFinite(at)) return fixed;
  let days = steadyDays.get(zone);
  if (days === undefined) {
    if (steadyDays.size >= MOST_ZONES) steadyDays.clear();
    steadyDays.set(zone, (days = new Map<number, number | undefined>()));
  }
  const day = Math.floor(at / DAY);
  if (!days.has(day)) {
    if (days.size >= MOST_DAYS) days.clear();
    const before = offsetFromData((day - 2) * DAY, zone);
    days.set(day, before === offsetFromData((day + 3) * DAY, zone) ? before : undefined);
  }
  return days.get(day);
}

/** 540 is `+09:00`, 0 is `UTC`. Undefined for what is no offset of a zone: those stay within 15 hours. */
export function zoneOfOffset(minutes: number): string | undefined {
  if (!Number.isInteger(minutes) || Math.abs(minutes) > 15 * 60) return undefined;
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const parts = [Math.trunc(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${parts.join(":")}`;
}

/** Keeps out the dates with a zone in brackets that Temporal takes as well. */
const zoneText = /^(?:[+-]\d{2}:\d{2}|[A-Za-z][A-Za-z0-9_+/-]{0,63})$/;

const DAY = 24 * 60 * 60_000;

/** By zone and day since 1970; undefined for days near a change of the clocks. */
const steadyDays = new Map<string, Map<number, number | undefined>>();
const MOST_ZONES = 50;
const MOST_DAYS = 4_000;

function offsetFromData(at: number, zone: string): number | undefined {
  const local = localDate(at, zone);
  return local === undefined ? undefined : ZonedDateTime.offsetNanoseconds(local) / 60e9;
}

function fixedOffset(zone: string): number | undefined {
  if (zone === "UTC") return 0;
  const [, sign, hours, minutes] = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/.exec(zone) ?? [];
  if (sign === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
