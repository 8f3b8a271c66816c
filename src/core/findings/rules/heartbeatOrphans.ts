import * as l10n from "@vscode/l10n";
import type { Agent, SessionFile, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { formatCount } from "../../text/formatCount";
import { formatBytes, formatNumber } from "../../text/formatSize";
import { isoTime } from "../../text/formatTime";
import type { Severity } from "../finding";
import type { FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";

/** Fewer are nothing to speak of. */
const FEWEST = 3;
const MANY = 100;
/** More than half of everything is much, unless there is next to nothing. */
const FEWEST_FOR_SHARE = 20;
const DAY = 24 * 60 * 60_000;

/** Isolated heartbeats leave a transcript per tick that nothing refers to (OpenClaw 2026.3.22–7.35). */
export const heartbeatOrphans: FindingRule = function* ({ stateDir }) {
  for (const agent of stateDir.agents) {
    if (agent.sqlite !== undefined) continue;
    const orphans = heartbeatOrphansOf(agent);
    if (orphans.length < FEWEST) continue;
    const lane = sumOf(orphans);
    const all = sumOf([...agent.conversations.flatMap(({ windows }) => windows), ...agent.orphans]);
    const newest = orphans.reduce((one, other) => ((other.lastAt ?? 0) > (one.lastAt ?? 0) ? other : one));
    const place = windowPlace(newest);
    const span = spanOf(orphans);
    yield {
      code: "heartbeat.orphans",
      severity: severityOf(lane, all),
      title: l10n.t("Every tick of the isolated heartbeat leaves a transcript behind"),
      detail: [
        l10n.t(
          "{0} of {1} and {2} of {3} in the sessions of agent {4} come from heartbeats and are no longer referred to.",
          formatNumber(lane.files),
          formatCount("file", all.files),
          formatBytes(lane.bytes),
          formatBytes(all.bytes),
          agent.id,
        ),
        ...(span === undefined ? [] : [perDay(lane.files, span)]),
      ].join(" "),
      evidence: [
        evidence(
          "file-name",
          () => l10n.t("The newest of them is of {0}.", isoTime(newest.lastAt ?? newest.firstAt) ?? "?"),
          place,
        ),
      ],
      next: l10n.t(
        'Set "agents.defaults.heartbeat.every" to a longer interval, or to "0m" if nobody needs the heartbeat. "openclaw sessions cleanup" of OpenClaw 2026.5.5 and later deletes what nothing refers to and is older than "session.maintenance.pruneAfter"; look first whether anything else is among it.',
      ),
      place,
      subject: { stateDir: stateDir.path, agentId: agent.id },
      at: span?.to,
      knownIssues: [],
    };
  }
};

function heartbeatOrphansOf({ conversations, orphans }: Agent): readonly Window[] {
  const ofHeartbeats = conversations
    .filter(({ group }) => group === "heartbeat")
    .flatMap(({ windows }) => windows)
    .filter(({ kind }) => kind === "orphan" || kind === "trajectory-only");
  const unplaced = orphans.filter(({ primary }) => primary?.head?.opening?.heartbeat === true);
  return [...ofHeartbeats, ...unplaced];
}

interface Sum {
  readonly files: number;
  readonly bytes: number;
}

function sumOf(windows: readonly Window[]): Sum {
  let files = 0;
  let bytes = 0;
  const add = (file: SessionFile | undefined): void => {
    if (file === undefined) return;
    files++;
    bytes += file.bytes;
  };
  for (const { primary, copies, trajectories } of windows) {
    add(primary);
    copies.forEach(add);
    trajectories.forEach(add);
  }
  return { files, bytes };
}

function severityOf(lane: Sum, all: Sum): Severity {
  if (lane.files >= MANY) return "warning";
  const isMost = 2 * lane.files > all.files || 2 * lane.bytes > all.bytes;
  return isMost && lane.files >= FEWEST_FOR_SHARE ? "warning" : "info";
}

function spanOf(windows: readonly Window[]): { readonly from: number; readonly to: number } | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { firstAt, lastAt } of windows) {
    for (const at of [firstAt, lastAt]) {
      if (at === undefined || !Number.isFinite(at)) continue;
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
  }
  return from <= to ? { from, to } : undefined;
}

function perDay(files: number, { from, to }: { readonly from: number; readonly to: number }): string {
  const days = (to - from) / DAY;
  if (days < 1) {
    return l10n.t("They were made within a day, from {0} to {1}.", isoTime(from) ?? "?", isoTime(to) ?? "?");
  }
  const average = formatNumber(Math.max(1, Math.round(files / days)));
  return l10n.t("That is about {0} a day, from {1} to {2}.", average, isoTime(from) ?? "?", isoTime(to) ?? "?");
}
