import * as l10n from "@vscode/l10n";
import type { Agent, Conversation, SessionFile, StateDir, Window } from "../conversation/model";
import { evidence, type Evidence, type EvidenceSource, type Place } from "../evidence/evidence";
import type { LogRecord } from "../log/logRecord";
import { ownArchives } from "../rotation/ownRestores";
import type { CollectedEvidence } from "../rotation/rotationFacts";
import { isoTime } from "../text/formatTime";
import { sessionFilesOf } from "./sessionFiles";
import { logClues, versionClues, type VersionClue } from "./versionClues";
import { isVersion } from "./versionFact";
import { namedMark, type VersionMark } from "./versionMark";

/** Every mark of a version in a state directory and in what was collected around it. In no order. */
export function* versionMarksOf(stateDir: StateDir, collected: CollectedEvidence): Iterable<VersionMark> {
  yield* configMarks(stateDir, collected.now);
  for (const record of logRecordsOf(collected)) yield* logMarks(record);
  const ours = ownArchives(collected.restores ?? []);
  for (const file of sessionFilesOf(stateDir)) yield* fileMarks(file, ours);
  const startsAreNoted = stateDir.agents.some(({ conversations }) => conversations.some(hasStart));
  for (const agent of stateDir.agents) {
    for (const { path, name } of agent.otherFiles) {
      if (name.kind === "side" && name.role === "store-backup")
        yield* clue("storeBackup", name.at, "store-backup", { file: path });
    }
    for (const conversation of agent.conversations) yield* rowMarks(agent, conversation, startsAreNoted);
  }
  if (stateDir.era === "files") yield* clue("files", collected.now, "file-name", { file: stateDir.path });
  if (stateDir.era === "sqlite") yield* clue("tables", collected.now, "file-name", { file: stateDir.path });
}

/** Those that the inspector kept are still there when the log is gone. */
export function* logRecordsOf({ logs, resetRecords }: CollectedEvidence): Iterable<LogRecord> {
  yield* logs;
  for (const record of resetRecords) yield* record.logs;
}

function* configMarks({ configFacts }: StateDir, now: number): Iterable<VersionMark> {
  const touched = configFacts?.lastTouched;
  if (touched === undefined || !isVersion(touched.version)) return;
  const { version, at, place } = touched;
  if (at === undefined) {
    const say = (): string => l10n.t("OpenClaw {0} wrote the config at some time.", version);
    yield { at: now, from: version, until: undefined, evidence: () => evidence("config", say, place) };
    return;
  }
  const say = (): string =>
    l10n.t("OpenClaw {0} was the last to write the config, at {1}.", version, isoTime(at) ?? "");
  yield namedMark(at, version, "after", () => evidence("config", say, place));
}

function* logMarks({ at, event, place, recordedAt }: LogRecord): Iterable<VersionMark> {
  if (event.kind === "gateway-start" && event.version !== undefined && isVersion(event.version)) {
    const { version } = event;
    const say = (): string => l10n.t("The gateway's log: OpenClaw {0} started at {1}.", version, isoTime(at) ?? "");
    yield namedMark(at, version, "after", () => evidence("log", say, place, recordedAt));
  }
  const found = logClues[event.kind];
  if (found !== undefined) yield marked(found, at, () => evidence("log", found.text, place, recordedAt));
}

function* fileMarks({ name, path, head, index }: SessionFile, ours: ReadonlySet<string>): Iterable<VersionMark> {
  const file = { file: path };
  if (name.kind === "trajectory") {
    yield* traceMarks(path, head?.openClawVersion, head?.firstAt);
    return;
  }
  if (name.kind === "checkpoint") yield* clue("checkpointFile", head?.lastAt, "file-name", file);
  // Compressed ones are of versions with tables.
  if (
    name.kind === "archive" &&
    name.reason === "reset" &&
    name.stampForm === "iso" &&
    !name.zst &&
    !ours.has(name.base)
  ) {
    yield* clue("resetArchive", name.at, "file-name", file);
  }
  const headerAt = head?.headerAt;
  if ((head?.headerVersion ?? 0) >= 4) yield* clue("headerVersion4", headerAt, "transcript", { ...file, line: 1 });
  // One alone may be the message of the turn that began the transcript (seen with 2026.7.35).
  if ((head?.replayed ?? 0) > 1) yield* clue("replayed", headerAt, "transcript", file);
  yield* openingMarks(path, head?.opening);
  if (index === undefined) return;
  for (const { version, at, line } of index.versionReplies) {
    if (at === undefined || !isVersion(version)) continue;
    const say = (): string => l10n.t("OpenClaw named its version {0} in a reply of {1}.", version, isoTime(at) ?? "");
    yield namedMark(at, version, "around", () => evidence("transcript", say, { ...file, line }));
  }
  if (Object.hasOwn(index.kinds, "leaf")) yield* clue("leafEntry", index.lastAt, "transcript", file);
  if (Object.hasOwn(index.kinds, "reset")) yield* clue("resetEntry", index.lastAt, "transcript", file);
}

function* traceMarks(file: string, version: string | undefined, at: number | undefined): Iterable<VersionMark> {
  if (at === undefined) return;
  if (version === undefined || !isVersion(version)) {
    yield* clue("runTrace", at, "trajectory", { file });
    return;
  }
  const say = (): string => l10n.t("A run trace of {0} was written by OpenClaw {1}.", isoTime(at) ?? "", version);
  yield namedMark(at, version, "around", () => evidence("trajectory", say, { file }));
}

function* openingMarks(file: string, opening: NonNullable<SessionFile["head"]>["opening"]): Iterable<VersionMark> {
  if (opening === undefined) return;
  const { at, speaker, startup, stamped, currentTime, heartbeat, line, offset } = opening;
  const place = { file, line, offset };
  if (speaker === "startup")
    yield* clue(startup === undefined ? "plainStartup" : "namedStartup", at, "transcript", place);
  if (heartbeat && currentTime) yield* clue("currentTime", at, "transcript", place);
  if (speaker === "user" && stamped) yield* clue("stampedUser", at, "transcript", place);
}

function* rowMarks(agent: Agent, conversation: Conversation, startsAreNoted: boolean): Iterable<VersionMark> {
  const { row, windows } = conversation;
  const store = agent.roots[0]?.storePath;
  if (row === undefined || store === undefined) return;
  const place = { file: store };
  yield* clue("rowInFile", row.updatedAt, "store", place);
  if (hasStart(conversation)) yield* clue("rowStarted", row.updatedAt, "store", place);
  if (row.status !== undefined) yield* clue("rowStatus", row.updatedAt, "store", place);
  if (row.usageFamilyKey !== undefined) yield* clue("usageFamily", row.updatedAt, "store", place);
  const current = windows.find(({ kind }) => kind === "live");
  // A row that is older than an upgrade stays as it was, so it only speaks of when its session began.
  if (!startsAreNoted) yield* clue("noRowStarted", headerTime(current), "store", place);
  const earlier = new Set(row.usageFamilySessionIds);
  for (const { sessionId, archivedAt } of windows) {
    if (sessionId !== row.sessionId && earlier.has(sessionId)) yield* clue("usageFamily", archivedAt, "store", place);
  }
}

function hasStart({ row }: Conversation): boolean {
  return row?.sessionStartedAt !== undefined || row?.lastInteractionAt !== undefined;
}

function headerTime(window: Window | undefined): number | undefined {
  return window?.primary?.head?.headerAt ?? window?.primary?.index?.header?.at;
}

function* clue(
  name: keyof typeof versionClues,
  at: number | undefined,
  source: EvidenceSource,
  place: Place,
): Iterable<VersionMark> {
  const found: VersionClue = versionClues[name];
  if (at !== undefined) yield marked(found, at, () => evidence(source, found.text, place));
}

function marked({ from, until }: VersionClue, at: number, evidence: () => Evidence): VersionMark {
  return { at, from, until, evidence };
}
