import * as l10n from "@vscode/l10n";
import { keyAt } from "../formerKey";
import type { How, Succession } from "../succession";
import { nothing, type WindowDraft } from "../windowDraft";
import { Claim, type Sentence, type Value } from "./claim";

/**
 * Joins by time: what was set aside right before another transcript began belongs to that one's key. Goes backwards only, from
 * a window whose key is known to the one before it and on from there; what came after is never concluded from what was
 * before, because the next transcript of a directory may be another chat's first.
 */
export function joinByTime(successions: readonly Succession[], windows: readonly WindowDraft[]): void {
  const isBusy = busyKeys(windows);
  const known = successions.filter(({ to }) => to.joins.length > 0);
  /** Restored, reset again, and followed by different keys: time alone cannot tell. */
  const contested = new Set<WindowDraft>();
  for (const last of known) {
    const key = keyAt(last.to, last.startedAt) ?? "";
    // From the known end of a chain back to its beginning, however long: a key may have been reset every day for years.
    for (let step: Succession | undefined = last; step !== undefined; step = step.from.predecessor) {
      const { from } = step;
      if (from.joins.length > 0) {
        if (step !== last && !from.joins.some((join) => join.key === key)) contested.add(step.to);
        if (isByTime(from) && !from.joins.some((join) => join.key === key)) contested.add(from);
        break;
      }
      if (isBusy(key, step) || !join(from, claimOf(step, key))) break;
    }
  }
  for (const window of contested) window.joins = nothing;
}

function isByTime({ joins: [join] }: WindowDraft): boolean {
  return join?.rung === "time-adjacency" || join?.rung === "chain";
}

function join(window: WindowDraft, claim: Claim): boolean {
  const { undecided } = window;
  // Where better evidence is torn between keys, time may side with one of them, not bring up another.
  if (undecided.length > 0 && !undecided.some(({ key }) => key === claim.key)) return false;
  const disagreeing = undecided.length === 0 ? nothing : undecided.filter(({ key }) => key !== claim.key);
  window.joins = [claim.joining(claim.key, disagreeing)];
  window.undecided = nothing;
  return true;
}

function claimOf({ to, resetAt, startedAt, how }: Succession, key: string): Claim {
  const rung = how === "later" ? "chain" : "time-adjacency";
  return new Claim(rung, key, sentences[how], resetAt, startedAt, to.sessionId, key);
}

const atOnce: Sentence = (resetAt, startedAt, id, key) =>
  l10n.t(
    "It was reset at {0}; session {1} of {2} began at the same moment, {3}, and no other did.",
    iso(resetAt),
    id,
    key,
    iso(startedAt),
  );

const sentences: Readonly<Record<How, Sentence>> = {
  known: atOnce,
  "at-once": atOnce,
  nearest: (resetAt, startedAt, id, key) =>
    l10n.t(
      "It was reset at {0}; session {1} of {2} began {3} s later, and whatever else began or was reset is ten seconds away or more.",
      iso(resetAt),
      id,
      key,
      seconds(resetAt, startedAt),
    ),
  "in-a-row": (resetAt, startedAt, id, key) =>
    l10n.t(
      "It was reset at {0}; session {1} of {2} began {3} s later. One chat was reset several times in a row, each beginning followed its reset at once, and whatever else began or was reset is ten seconds away or more.",
      iso(resetAt),
      id,
      key,
      seconds(resetAt, startedAt),
    ),
  only: (resetAt, startedAt, id, key) =>
    l10n.t(
      "It was reset at {0}; within a minute only one session began that can have followed, {1} of {2}, {3} s later.",
      iso(resetAt),
      id,
      key,
      seconds(resetAt, startedAt),
    ),
  "same-sender": (resetAt, startedAt, id, key) =>
    l10n.t(
      "It was reset at {0}; of the sessions that began within a minute, {1} of {2} was the first, {3} s later, and the only one opened by the same sender.",
      iso(resetAt),
      id,
      key,
      seconds(resetAt, startedAt),
    ),
  later: (resetAt, startedAt, id, key) =>
    l10n.t(
      "It was reset at {0}; the next session to begin, {1} of {2} at {3}, was opened by the same sender, and no other reset lies between. Weaker than the other kinds of evidence.",
      iso(resetAt),
      id,
      key,
      iso(startedAt),
    ),
};

function iso(epochMs: Value): string {
  return new Date(Number(epochMs)).toISOString();
}

function seconds(from: Value, to: Value): string {
  return ((Number(to) - Number(from)) / 1000).toFixed(3);
}

/**
 * Whether a key had another window beginning while this one was current: then it was not this key's. (A transcript that was
 * restored and reset again covers others; its first archive tells the truth.)
 */
function busyKeys(windows: readonly WindowDraft[]): (key: string, step: Succession) => boolean {
  const starts = new Map<string, number[]>();
  for (const { headerAt, joins, former } of windows) {
    if (headerAt === undefined) continue;
    for (const { key } of former === undefined ? joins : [former]) {
      const times = starts.get(key);
      if (times) times.push(headerAt);
      else starts.set(key, [headerAt]);
    }
  }
  for (const times of starts.values()) times.sort((a, b) => a - b);
  return (key, { from, to, resetAt }) => {
    const times = starts.get(key);
    if (times === undefined || from.headerAt === undefined) return false;
    // The successor itself may have begun a few milliseconds before the rename.
    const end = Math.min(resetAt, to.headerAt ?? resetAt);
    return (times[firstAfter(times, from.headerAt)] ?? Infinity) < end;
  };
}

function firstAfter(times: readonly number[], moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
