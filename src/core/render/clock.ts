import * as l10n from "@vscode/l10n";
import { formatTime } from "../text/formatTime";
import type { Run } from "./view";

/**
 * Writes times in the reader's zone, with what the file says on hover. The date is left out where it is the same as in the
 * heading before, unless `full` asks for it; so text that is there already does not change when entries are appended.
 */
export class Clock {
  #day = "";
  readonly #timeZone: string | undefined;

  constructor(timeZone: string | undefined) {
    this.#timeZone = knownZone(timeZone);
  }

  /** `20:15:06`, or `2026-04-22 20:15:06`; undefined when the entry has no time at all. */
  run(at: number | undefined, written: string | undefined, extra?: string, full = false): Run | undefined {
    const moment = at === undefined ? undefined : dateOf(at);
    if (!moment) return written === undefined ? undefined : { text: written };
    const text = this.text(moment.getTime());
    const [day = "", time = ""] = text.split(" ");
    const short = !full && day === this.#day;
    this.#day = day;
    const original = written ?? moment.toISOString();
    return {
      text: short ? time : text,
      hover: extra === undefined ? original : l10n.t("{0}, stamped {1}", original, extra),
    };
  }

  /** Always with the date, without hover. */
  text(at: number): string {
    return dateOf(at) ? formatTime(at, { timeZone: this.#timeZone }) : String(at);
  }
}

function dateOf(at: number): Date | undefined {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A zone that this machine does not know is no reason to show nothing: the system's own is taken. */
function knownZone(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined;
  let known = zones.get(timeZone);
  if (known === undefined) {
    known = isZone(timeZone);
    zones.set(timeZone, known);
  }
  return known ? timeZone : undefined;
}

/** Trying a zone means making a formatter, which is slow; there are never more than a handful. */
const zones = new Map<string, boolean>();

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone });
    return true;
  } catch {
    return false;
  }
}
