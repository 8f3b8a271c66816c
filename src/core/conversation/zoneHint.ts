import type { Envelope } from "../transcript/envelope";
import type { ZoneHint } from "./model";

const MINUTE = 60_000;
/** No zone is further from UTC (Kiribati is +14, Baker Island −12). */
const FURTHEST = 14 * 60;
/** Zones differ by quarters of an hour; what is further off is a clock or a delay, and no zone. */
const QUARTER = 15;
const MOST_OFF = 5;
/** So long a message may have waited for its turn, ms. */
const LONGEST_WAIT = 2 * 60 * MINUTE;

/**
 * What a user message tells of the gateway's zone, in the order of trust:
 *
 *     [Fri 2026-11-20 21:05 GMT+9] hello                       the stamp of the message (up to 2026.5.18)
 *     Current time: Friday, November 20th, 2026 — 9:06 PM (Asia/Tokyo) / 2026-11-20 12:06 UTC      machine prompts
 *     System: [2026-11-20 21:07:01 GMT+9] …                    what happened before; up to 2026.6
 *
 * `at` is the row's own time, epoch ms: with it a local time tells the offset where its label does not (`EST`).
 */
export function zoneHintOf(envelope: Envelope, at: number | undefined): ZoneHint | undefined {
  const stamped = envelope.stamp === undefined ? undefined : writtenZone(stampPattern.exec(envelope.stamp), at);
  const current = currentTimeZone(envelope.text);
  if (stamped) return { ...stamped, name: current?.name };
  if (current) return current;
  for (const { kind, text } of envelope.noise) {
    // Such an event may be much older than the row, so only its label tells the offset.
    const zone = kind === "system-events" ? writtenZone(systemPattern.exec(text), undefined) : undefined;
    if (zone) return zone;
  }
  return undefined;
}

/** Whether the words end in a `Current time:` line; from 2026.5.18 a line `Reference UTC:` follows it. */
export function endsInCurrentTime(words: string): boolean {
  return currentTimePattern.test(words.slice(-LONGEST_ENDING));
}

const LONGEST_ENDING = 512;
const stampPattern = /^[A-Z][a-z]{2} (?<day>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2}) (?<label>[^\s\]]{1,20})/;
const systemPattern =
  /^System(?: \(untrusted\))?: \[(?<day>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2})(?::\d{2})? (?<label>[^\s\]]{1,20})\]/;
const currentTimePattern =
  /(?:^|\n)Current time: (?<local>[^\n(]{1,80}) \((?<name>[^)\n]{1,60})\)(?:(?: \/ |\nReference UTC: )(?<utc>\d{4}-\d{2}-\d{2} \d{2}:\d{2}) UTC)?\s*$/;

function writtenZone(found: RegExpExecArray | null, at: number | undefined): ZoneHint | undefined {
  const { day, time, label } = found?.groups ?? {};
  if (day === undefined || time === undefined || label === undefined) return undefined;
  const local = Date.parse(`${day}T${time}:00.000Z`);
  const byLabel = offsetOfLabel(label);
  // The gateway writes when the message came; what is later than its row, or hours older, was typed by somebody.
  if (byLabel !== undefined && at !== undefined && !isBefore(local - byLabel * MINUTE, at)) return undefined;
  return { label, name: undefined, offsetMinutes: byLabel ?? offsetBetween(local, at) };
}

/** Messages wait while a turn runs, and clocks are read one after the other. */
function isBefore(written: number, at: number): boolean {
  return Number.isNaN(written) || (written <= at + MOST_OFF * MINUTE && written >= at - LONGEST_WAIT);
}

function currentTimeZone(words: string): ZoneHint | undefined {
  const { local, name, utc } = currentTimePattern.exec(words.slice(-LONGEST_ENDING))?.groups ?? {};
  if (local === undefined || name === undefined) return undefined;
  const offsetMinutes =
    utc === undefined ? undefined : offsetBetween(longLocalTime(local), Date.parse(`${utc.replace(" ", "T")}:00.000Z`));
  return {
    label: name,
    name: name.includes("/") ? name : undefined,
    offsetMinutes: offsetMinutes ?? offsetOfLabel(name),
  };
}

/** `UTC`, `GMT`, `GMT+9`, `GMT-3:30`: these say it themselves. */
function offsetOfLabel(label: string): number | undefined {
  const found = /^(?:UTC|GMT)(?:(?<sign>[+-])(?<hours>\d{1,2})(?::(?<minutes>\d{2}))?)?$/.exec(label)?.groups;
  if (!found) return undefined;
  const minutes = Number(found["hours"] ?? 0) * 60 + Number(found["minutes"] ?? 0);
  return minutes > FURTHEST ? undefined : minutes === 0 ? 0 : found["sign"] === "-" ? -minutes : minutes;
}

/** Minutes that the local clock is ahead, to a quarter of an hour; undefined when the difference is none of a zone. */
function offsetBetween(local: number | undefined, at: number | undefined): number | undefined {
  if (local === undefined || at === undefined) return undefined;
  const minutes = (local - at) / MINUTE;
  const rounded = Math.round(minutes / QUARTER) * QUARTER;
  if (!(Math.abs(rounded) <= FURTHEST) || Math.abs(minutes - rounded) > MOST_OFF) return undefined;
  return rounded === 0 ? 0 : rounded;
}

/** `Friday, November 20th, 2026 — 9:06 PM`, or with 24 hours, as if it were UTC: epoch ms. */
function longLocalTime(text: string): number | undefined {
  const found =
    /(?<month>[A-Z][a-z]+) (?<day>\d{1,2})(?:st|nd|rd|th)?, (?<year>\d{4}) [—–-] (?<hour>\d{1,2}):(?<minute>\d{2})(?: (?<half>[AP])M)?/.exec(
      text,
    )?.groups;
  const { month = "", day, year, hour, minute, half } = found ?? {};
  const monthAt = months.indexOf(month.slice(0, 3));
  if (monthAt === -1) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "P" ? 12 : 0);
  return Date.UTC(Number(year), monthAt, Number(day), hours, Number(minute));
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
