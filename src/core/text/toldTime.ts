import * as l10n from "@vscode/l10n";
import { formatDuration, formatTime } from "./formatTime";

/** A moment in a sentence, `2026-03-31 04:00:22 UTC`; what is compared within a second is written with `isoTime`. */
export function toldTime(at: number | undefined): string | undefined {
  if (at === undefined || !(Math.abs(at) <= 8_640_000_000_000_000)) return undefined;
  return l10n.t("{0} UTC", formatTime(at, { timeZone: "UTC" }));
}

/** The day alone, in UTC: `2026-03-31`. */
export function toldDay(at: number): string {
  return formatTime(at, { timeZone: "UTC", precision: "day" });
}

/** How long in a sentence: nobody needs the milliseconds of a conversation. */
export function toldDuration(ms: number): string {
  return ms < 1_000 ? l10n.t("less than a second") : formatDuration(ms);
}
