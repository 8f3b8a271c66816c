import * as l10n from "@vscode/l10n";
import { formatTime } from "../text/formatTime";

/** A moment as people read it, in some zone: `2026-03-31`, `04:00:22`, `UTC+9`. */
export interface Moment {
  readonly day: string;
  readonly time: string;
  readonly zone: string;
}

/**
 * `timeZone` is an IANA name, a fixed offset (`+09:00`, which Node 20 does not know as a zone) or undefined for the reader's
 * own. Undefined for what is no moment. A zone that nobody knows is taken for UTC, and the answer says so.
 */
export function momentIn(at: number, timeZone: string | undefined): Moment | undefined {
  if (!(Math.abs(at) <= 8_640_000_000_000_000 - 86_400_000)) return undefined;
  const fixed = timeZone === undefined ? undefined : fixedOffset(timeZone);
  if (timeZone !== undefined && fixed !== undefined) {
    return { ...parts(at + fixed * 60_000, "UTC"), zone: fixedName(fixed) };
  }
  try {
    return parts(at, timeZone);
  } catch {
    return parts(at, "UTC");
  }
}

/** `2026-03-31 04:00:22 UTC+9`. */
export function momentText(at: number, timeZone: string | undefined): string {
  const moment = momentIn(at, timeZone);
  return moment ? `${moment.day} ${moment.time} ${moment.zone}` : l10n.t("unknown time");
}

/** `2026-03-31 04:00`, for tables. */
export function minuteText(at: number, timeZone: string | undefined): string {
  const moment = momentIn(at, timeZone);
  return moment ? `${moment.day} ${moment.time.slice(0, 5)}` : l10n.t("unknown time");
}

/** `2026-03-31 04:00 – 05:12`, with both days where they differ. */
export function spanText(from: number | undefined, to: number | undefined, timeZone: string | undefined): string {
  const [first, last] = [from, to].map((at) => (at === undefined ? undefined : momentIn(at, timeZone)));
  if (!first || !last) {
    const only = first ?? last;
    return only ? `${only.day} ${only.time.slice(0, 5)}` : l10n.t("unknown time");
  }
  const end = first.day === last.day ? last.time.slice(0, 5) : `${last.day} ${last.time.slice(0, 5)}`;
  const start = `${first.day} ${first.time.slice(0, 5)}`;
  return start.endsWith(end) ? start : `${start} – ${end}`;
}

function parts(at: number, timeZone: string | undefined): Moment {
  const [day = "", time = "", zone = ""] = formatTime(at, { timeZone, offset: true }).split(" ");
  return { day, time, zone };
}

/** As Intl names those of zones: `UTC+9`, `UTC-3:30`. */
function fixedName(minutes: number): string {
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const tail = rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`;
  return `UTC${minutes < 0 ? "-" : "+"}${String(hours)}${tail}`;
}

/** Minutes ahead of UTC. */
function fixedOffset(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
