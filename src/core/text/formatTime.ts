import * as l10n from "@vscode/l10n";

export interface TimeFormat {
  /** IANA name (`Europe/Berlin`); the user's own zone when absent. */
  readonly timeZone?: string | undefined;
  /** Last part that is shown; `second` when absent. */
  readonly precision?: "day" | "minute" | "second" | "millisecond";
  /** Adds the offset that applied then: `UTC+9`. */
  readonly offset?: boolean;
}

/** `2026-07-21 09:00:10`, with options `2026-07-21 09:00 UTC+9`: sortable, unambiguous, the same in every language. */
export function formatTime(epochMs: number, format: TimeFormat = {}): string {
  if (!isMoment(epochMs)) return l10n.t("unknown time");
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  const moment = new Date(epochMs);
  for (const { type, value } of formatter(format.timeZone, format.offset ?? false).formatToParts(moment))
    parts[type] = value;
  const { year = "", month = "", day = "", hour = "", minute = "", second = "" } = parts;

  let text = `${year.padStart(4, "0")}-${month}-${day}`;
  const precision = format.precision ?? "second";
  if (precision !== "day") text += ` ${hour}:${minute}`;
  if (precision === "second" || precision === "millisecond") text += `:${second}`;
  if (precision === "millisecond") text += `.${String(moment.getUTCMilliseconds()).padStart(3, "0")}`;
  // Intl writes `GMT`, `GMT+9`, `GMT+0` (by its version).
  return format.offset ? `${text} ${(parts.timeZoneName ?? "").replace(/^GMT(?:[+-]0$)?/, "UTC")}` : text;
}

/** ISO 8601 in UTC, as machines get it; undefined for what is no moment (a store may hold any number). */
export function isoTime(epochMs: number | undefined): string | undefined {
  return epochMs !== undefined && isMoment(epochMs) ? new Date(epochMs).toISOString() : undefined;
}

/** How long ago, roughly: `just now`, `5 min ago`, `3 h ago`, `2 d ago`. A future moment, from a clock that differs, is `in 3 h`. */
export function formatAge(ms: number): string {
  const magnitude = Math.abs(ms);
  if (magnitude < minute) return l10n.t("just now");
  const span = roughSpan(magnitude);
  return ms < 0 ? l10n.t("in {0}", span) : l10n.t("{0} ago", span);
}

/** How long: `350 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  // Stores hold any number, and clocks may be wrong.
  if (!Number.isFinite(ms)) return l10n.t("an unknown time");
  const length = Math.max(0, Math.round(ms));
  if (length < second) return l10n.t("{0} ms", length);
  if (length < minute) return l10n.t("{0} s", Math.floor(length / second));
  if (length < hour) return twoParts(length, minute, "{0} min", second, "{0} s");
  if (length < day) return twoParts(length, hour, "{0} h", minute, "{0} min");
  return twoParts(length, day, "{0} d", hour, "{0} h");
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

function roughSpan(ms: number): string {
  if (ms < hour) return l10n.t("{0} min", Math.floor(ms / minute));
  if (ms < 2 * day) return l10n.t("{0} h", Math.floor(ms / hour));
  if (ms < 60 * day) return l10n.t("{0} d", Math.floor(ms / day));
  if (ms < 730 * day) return l10n.t("{0} months", Math.floor(ms / (30 * day)));
  return l10n.t("{0} years", Math.floor(ms / (365 * day)));
}

function twoParts(length: number, large: number, largeText: string, small: number, smallText: string): string {
  const first = l10n.t(largeText, Math.floor(length / large));
  const rest = Math.floor((length % large) / small);
  return rest === 0 ? first : `${first} ${l10n.t(smallText, rest)}`;
}

function isMoment(epochMs: number): boolean {
  return Math.abs(epochMs) <= 8_640_000_000_000_000; // the range of Date; false for NaN
}

/** Making a formatter takes about as long as a thousand uses of it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string | undefined, offset: boolean): Intl.DateTimeFormat {
  const name = `${timeZone ?? ""}|${offset}`;
  let found = formatters.get(name);
  if (!found) {
    found = new Intl.DateTimeFormat("en-US", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(offset ? { timeZoneName: "shortOffset" } : {}),
    });
    formatters.set(name, found);
  }
  return found;
}
