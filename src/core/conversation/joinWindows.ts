import * as l10n from "@vscode/l10n";
import { climbLadder, jobKey } from "./joinLadder";
import { Claim, type Sentence } from "./joins/claim";
import { joinToOnlyConversation } from "./joins/onlyConversation";
import { joinByTime } from "./joins/timeAdjacency";
import type { KnownFacts } from "./knownFacts";
import type { Join } from "./model";
import { findSuccessions } from "./succession";
import type { WindowDraft } from "./windowDraft";

/** Joins every window to its key or keys, in steps: the ladder first, then time for what the ladder leaves over. */
export function* joinWindows(
  windows: readonly WindowDraft[],
  facts: KnownFacts,
): Generator<undefined, void, undefined> {
  climbLadder(windows, facts);
  yield;
  // Time is asked only where something is left over: most of the work, and often none of it is needed.
  if (windows.some(({ joins, files }) => joins.length === 0 && files.length > 0)) {
    const successions = findSuccessions(windows);
    yield;
    joinByTime(successions, windows);
    yield;
    joinToOnlyConversation(windows, facts);
    yield;
  }
  for (const window of windows) addJobsOfRuns(window, facts.rowKeys);
}

/**
 * Until 2026.4.21 every run of an isolated cron job has a row of its own beside the job's, so that the job's row names the
 * latest run only. What belongs to a run belongs to its job as well.
 */
function addJobsOfRuns(window: WindowDraft, rowKeys: ReadonlySet<string>): void {
  // Nearly every window has one key, and nearly no key is a run's.
  if (!window.joins.some(({ key }) => jobKey(key) !== key)) return;
  const added: Join[] = [];
  for (const { key } of window.joins) {
    const job = jobKey(key);
    if (job === key || !rowKeys.has(job) || window.joins.some((join) => join.key === job)) continue;
    added.push(new Claim("cron-run", job, isRunOf, key, job));
  }
  if (added.length > 0) window.joins = [...window.joins, ...added];
}

const isRunOf: Sentence = (run, job) =>
  l10n.t("{0} is a run of the job {1}, and the store has a row for both.", run, job);
