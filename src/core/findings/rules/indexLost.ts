import * as l10n from "@vscode/l10n";
import { headerAtOf } from "../../conversation/fileFacts";
import type { Agent, SessionFile, SessionRoot, Window } from "../../conversation/model";
import { type Evidence, evidence } from "../../evidence/evidence";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import type { Problem, ProblemCode } from "../../problem";
import { formatCount } from "../../text/formatCount";
import { isoTime } from "../../text/formatTime";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import { currentWindow, isOfPeople } from "../peopleConversations";
import { versionNow } from "../versionNow";

/** OpenClaw takes such an index for an empty one, and its next write replaces it (2026.3.13–7.35; 2026.1 read JSON5). */
const broken: readonly ProblemCode[] = ["store.not-json", "store.half-written", "store.not-object", "store.empty"];

/** Indexes that are lost with the next message, that are gone, and that look as if they had been. */
export function* lostIndexes(input: FindingInput): Generator<Finding> {
  for (const agent of input.stateDir.agents) {
    if (agent.sqlite !== undefined) continue;
    const counts = countTranscripts(agent);
    let isKnown = false;
    for (const root of agent.roots) {
      const problem = root.problems.find(({ code }) => broken.includes(code) || code === "store.missing");
      if (problem === undefined) continue;
      isKnown = true;
      yield damagedIndex(input, agent, root, problem, counts);
    }
    if (isKnown) continue;
    const loss = findLoss(agent);
    if (loss !== undefined) yield replacedIndex(input, agent, loss);
  }
}

function damagedIndex(
  input: FindingInput,
  agent: Agent,
  root: SessionRoot,
  problem: Problem,
  transcripts: number,
): Finding {
  const isLeft = broken.includes(problem.code) && problem.code !== "store.empty";
  const backups = backupsOf(agent);
  const place = {
    file: problem.file ?? root.storePath,
    ...(problem.line === undefined ? {} : { line: problem.line }),
    ...(problem.offset === undefined ? {} : { offset: problem.offset }),
  };
  return {
    code: "index.lost",
    severity: isLeft || transcripts > 0 ? "error" : "info",
    title: isLeft
      ? l10n.t("The session index of agent {0} is broken, and the next message overwrites it", agent.id)
      : problem.code === "store.empty"
        ? l10n.t("The session index of agent {0} is empty", agent.id)
        : l10n.t("The session index of agent {0} is missing", agent.id),
    detail: l10n.t(
      "{0} Transcripts beside it, which OpenClaw leaves behind when it starts each conversation anew: {1}.",
      problem.message,
      formatCount("file", transcripts),
    ),
    evidence: [evidence("store", () => problem.message, place), ...backups.slice(0, 3).map(backupEvidence)],
    next: isLeft
      ? l10n.t(
          "Stop the gateway and copy the index before the next message. Then repair the place that is named here, and start the gateway again.",
        )
      : backups.length > 0
        ? l10n.t("Stop the gateway and put the newest backup of the index back.")
        : l10n.t(
            "Stop the gateway, and put the index back from a backup of the state directory; the transcripts themselves are still there.",
          ),
    place,
    subject: { stateDir: input.stateDir.path, agentId: agent.id },
    at: undefined,
    knownIssues: issuesOfFinding("index.lost", {
      version: versionNow(input),
      marks: problem.code === "store.empty" && transcripts > 0 ? ["index-empty"] : [],
    }),
  };
}

interface Loss {
  /** Epoch ms at which everything began anew. */
  readonly at: number;
  readonly rows: number;
  /** People's transcripts that nothing names and that ended before. */
  readonly orphans: readonly Window[];
}

/** Rows that began in one minute; a day's first messages to several people do not come that close, resets leave archives. */
const TOGETHER_MS = 60_000;
const BEFORE_MS = 48 * 3_600_000;
const ROWS = 3;

/** Every row is young at once, and as many transcripts of people were left behind right before. */
function findLoss(agent: Agent): Loss | undefined {
  const starts: number[] = [];
  const archivedAt: number[] = [];
  for (const conversation of agent.conversations) {
    for (const { archivedAt: at } of conversation.windows) if (at !== undefined) archivedAt.push(at);
    const window = isOfPeople(conversation) ? currentWindow(conversation) : undefined;
    if (window === undefined || conversation.row === undefined) continue;
    const start = conversation.row.sessionStartedAt ?? (window.primary && headerAtOf(window.primary));
    if (start !== undefined) starts.push(start);
  }
  starts.sort((a, b) => a - b);
  const [at] = starts;
  if (at === undefined) return emptyIndex(agent);
  if (starts.length < ROWS) return fewRows(agent, starts, archivedAt);
  const together = starts.filter((start) => start <= at + TOGETHER_MS).length;
  if (together < ROWS || together < starts.length * 0.8) return undefined;
  if (archivedAt.some((stamp) => Math.abs(stamp - at) <= TOGETHER_MS)) return undefined;
  const orphans = agent.orphans.filter((window) => isPeoplesOrphan(window) && endedRightBefore(window, at));
  return orphans.length >= ROWS && orphans.length >= together / 2 ? { at, rows: together, orphans } : undefined;
}

/** One or two rows may be all there ever were; but several that were in use at the same time were several conversations. */
function fewRows(agent: Agent, starts: readonly number[], archivedAt: readonly number[]): Loss | undefined {
  const [at = Number.NaN, last = at] = starts;
  if (last > at + TOGETHER_MS || archivedAt.some((stamp) => Math.abs(stamp - at) <= TOGETHER_MS)) return undefined;
  const orphans = agent.orphans.filter((window) => isPeoplesOrphan(window) && endedRightBefore(window, at));
  return mostAtOnce(orphans) > starts.length ? { at, rows: starts.length, orphans } : undefined;
}

/** An index without a row is no damage, and never how several conversations end. */
function emptyIndex(agent: Agent): Loss | undefined {
  if (agent.conversations.some(({ row }) => row !== undefined)) return undefined;
  const orphans = agent.orphans.filter(isPeoplesOrphan);
  const at = Math.max(-Infinity, ...orphans.slice(0, MOST_ORPHANS).map(({ lastAt }) => lastAt ?? -Infinity));
  const recent = orphans.filter((window) => endedRightBefore(window, at));
  return mostAtOnce(recent) > 1 ? { at, rows: 0, orphans: recent } : undefined;
}

/** How many were in use at one time; what follows one another may be stretches of one conversation. At least `ROWS`, or none. */
function mostAtOnce(windows: readonly Window[]): number {
  const moments = windows.flatMap(({ firstAt, lastAt }) =>
    firstAt === undefined || lastAt === undefined || lastAt <= firstAt
      ? []
      : [
          { at: firstAt, change: 1 },
          { at: lastAt, change: -1 },
        ],
  );
  moments.sort((one, other) => one.at - other.at || one.change - other.change);
  let [now, most] = [0, 0];
  for (const { change } of moments) {
    now += change;
    most = Math.max(most, now);
  }
  return most >= ROWS ? most : 0;
}

const MOST_ORPHANS = 10_000;

function isPeoplesOrphan({ kind, primary }: Window): boolean {
  const opening = primary?.head?.opening;
  return kind === "orphan" && opening?.speaker === "user" && !opening.heartbeat;
}

function endedRightBefore({ lastAt }: Window, at: number): boolean {
  return lastAt !== undefined && lastAt <= at && lastAt > at - BEFORE_MS;
}

function replacedIndex(input: FindingInput, agent: Agent, { at, rows, orphans }: Loss): Finding {
  const backups = backupsOf(agent);
  const [store] = agent.roots;
  const [newest] = orphans;
  const place = store === undefined ? undefined : { file: store.storePath };
  return {
    code: "index.lost",
    severity: "warning",
    title: l10n.t("The session index of agent {0} seems to have been lost", agent.id),
    detail:
      rows === 0
        ? l10n.t(
            "It names no conversation at all, and {0} that nothing names ended shortly before one another.",
            formatCount("window", orphans.length),
          )
        : rows < ROWS
          ? l10n.t(
              "No row is older than {0}, and {1} that nothing names ended shortly before; several of them were in use at the same time.",
              isoTime(at) ?? l10n.t("an unknown time"),
              formatCount("window", orphans.length),
            )
          : l10n.t(
              "{0} rows began within a minute at {1}, no row is older, and {2} that nothing names ended shortly before.",
              rows,
              isoTime(at) ?? l10n.t("an unknown time"),
              formatCount("window", orphans.length),
            ),
    evidence: [
      evidence(
        "store",
        () =>
          rows === 0
            ? l10n.t("The index has no row.")
            : rows === 1
              ? l10n.t("The only row of the index began at {0}.", isoTime(at) ?? "")
              : l10n.t(
                  "The oldest row of the index began at {0}, and {1} more in the same minute.",
                  isoTime(at) ?? "",
                  rows - 1,
                ),
        place,
      ),
      ...(newest?.primary === undefined ? [] : [orphanEvidence(newest.primary, newest.lastAt)]),
      ...backups.slice(0, 3).map(backupEvidence),
    ],
    next:
      backups.length > 0
        ? l10n.t("A backup of the index names the conversations that the transcripts belong to.")
        : l10n.t("The transcripts are still there: open those that were left behind to see whose they are."),
    place,
    subject: { stateDir: input.stateDir.path, agentId: agent.id },
    at,
    knownIssues: issuesOfFinding("index.lost", { version: versionNow(input), marks: ["index-empty"] }),
  };
}

function orphanEvidence({ name, path }: SessionFile, lastAt: number | undefined): Evidence {
  return evidence(
    "transcript",
    () => l10n.t("{0} has no row and ended at {1}.", name.base, isoTime(lastAt) ?? l10n.t("an unknown time")),
    { file: path },
  );
}

function backupEvidence({ name, path }: SessionFile): Evidence {
  return evidence("store-backup", () => l10n.t("The backup {0} is still there.", name.base), { file: path });
}

function backupsOf({ otherFiles }: Agent): readonly SessionFile[] {
  return otherFiles
    .filter(({ name }) => name.kind === "side" && name.role === "store-backup")
    .sort((a, b) => b.mtimeMs - a.mtimeMs);
}

/** Transcripts that may be somebody's current one. */
function countTranscripts({ conversations, orphans }: Agent): number {
  const found = new Set<string>();
  const count = ({ windowId, primary }: Window): void => {
    if (primary?.name.kind === "transcript") found.add(windowId);
  };
  for (const { windows } of conversations) windows.forEach(count);
  orphans.forEach(count);
  return found.size;
}
