import * as l10n from "@vscode/l10n";
import { noticeSentence } from "../core/report/rotationSentence";
import type { Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import type { Told } from "./rotationNotifier";

/**
 * `main was reset at 04:00, daily reset: 8,323 messages set aside` for one; `2 conversations were reset since yesterday 18:10`
 * for several at a start, `4 conversations were reset just now` while watching.
 */
export function noticeText({ rotations, since, firstEver }: Told, timeZone: string | undefined, now: number): string {
  const [first, ...others] = rotations;
  if (first && others.length === 0) return oneNotice(first, timeZone, now);
  const count = conversationCount(rotations);
  if (since === undefined) {
    return count === 1
      ? l10n.t("1 conversation was reset {0} times just now", rotations.length)
      : l10n.t("{0} conversations were reset just now", count);
  }
  if (firstEver) {
    return count === 1
      ? l10n.t("1 conversation was reset {0} times in the last 7 days, and nobody asked for it", rotations.length)
      : l10n.t("{0} conversations were reset in the last 7 days, and nobody asked for it", count);
  }
  const when = dayAndTime(since, timeZone, now);
  return count === 1
    ? l10n.t("1 conversation was reset {0} times since {1}", rotations.length, when)
    : l10n.t("{0} conversations were reset since {1}", count, when);
}

/** The sentence gives the time of day; what happened on another day says which. */
function oneNotice(rotation: Rotation, timeZone: string | undefined, now: number): string {
  const sentence = noticeSentence(rotation, timeZone);
  const { at } = rotation;
  if (at === undefined || isSameDay(at, now, timeZone)) return sentence;
  return l10n.t("{0}: {1}", formatTime(at, { timeZone, precision: "day" }), sentence);
}

/** `18:10`, `yesterday 18:10`, `2026-03-29 18:10`. */
function dayAndTime(at: number, timeZone: string | undefined, now: number): string {
  const text = formatTime(at, { timeZone, precision: "minute" });
  const time = text.slice(11);
  if (isSameDay(at, now, timeZone)) return l10n.t("{0} today", time);
  if (isSameDay(at, now - 24 * 3_600_000, timeZone)) return l10n.t("yesterday {0}", time);
  return text;
}

function isSameDay(a: number, b: number, timeZone: string | undefined): boolean {
  const day = (at: number) => formatTime(at, { timeZone, precision: "day" });
  return day(a) === day(b);
}

/** An orphan counts as one of its own. */
function conversationCount(rotations: readonly Rotation[]): number {
  const names = rotations.map(({ stateDir, agentId, conversation, from }) =>
    [stateDir, agentId, conversation?.key ?? from.sessionId].join("\n"),
  );
  return new Set(names).size;
}
