import type { Conversation, StateDir } from "../conversation/model";
import type { CollectedEvidence } from "../rotation/rotationFacts";
import { doubtfulLogs } from "./doubtfulLogs";
import { heartbeatOf } from "./heartbeatSchedule";
import { policiesBefore, policiesOf, traitsOf, type ConversationTraits } from "./resetPolicy";
import { sessionFilesOf } from "./sessionFiles";
import type { HeartbeatSchedule, PolicyFact, Surroundings, VersionFact } from "./surroundings";
import { within } from "./versionFact";
import { VersionHistory } from "./versionHistory";
import type { VersionMark } from "./versionMark";
import { logRecordsOf, versionMarksOf } from "./versionMarks";
import { ZoneHistory } from "./zoneCandidates";
import { sightingInFile, sightingInLog, withoutStamps, type ZoneSighting } from "./zoneSightings";

/** What a verdict depends on besides the files of a session. `at` in epoch ms; where it is not known, it is now. */
export type SurroundingsAt = (
  agentId: string,
  conversation: Conversation | undefined,
  at: number | undefined,
) => Surroundings;

/** The surroundings in one state directory. Everything is put in order when it is first asked for; then an answer is cheap. */
export function surroundingsOf(stateDir: StateDir, collected: CollectedEvidence): SurroundingsAt {
  let found: SurroundingsAt | undefined;
  return (agentId, conversation, at) => {
    found ??= atOnce(surroundingsInSteps(stateDir, collected));
    return found(agentId, conversation, at);
  };
}

/** The same in steps of a few milliseconds: ten thousand transcripts take a tenth of a second. */
export function* surroundingsInSteps(
  stateDir: StateDir,
  collected: CollectedEvidence,
): Generator<undefined, SurroundingsAt, undefined> {
  const { configFacts } = stateDir;
  const records = [...logRecordsOf(collected)];
  const marks: VersionMark[] = [];
  let count = 0;
  for (const mark of versionMarksOf(stateDir, collected)) {
    marks.push(mark);
    if (++count % STEP === 0) yield;
  }
  const isDoubtful = doubtfulLogs(stateDir, records, collected.now);
  yield;
  const sightings: ZoneSighting[] = records.flatMap((record) => sightingInLog(record, isDoubtful(record)) ?? []);
  for (const file of sessionFilesOf(stateDir)) {
    const sighting = sightingInFile(file);
    if (sighting !== undefined) sightings.push(sighting);
    if (++count % STEP === 0) yield;
  }
  yield;
  const starts = records.filter(({ event }) => event.kind === "gateway-start").map(({ at }) => at);
  const versions = new VersionHistory(marks, {
    coverage: collected.logCoverage,
    starts: starts.sort((one, other) => one - other),
  });
  yield;
  const believed: ZoneSighting[] = [];
  for (const sighting of sightings) {
    const isTyped = sighting.beforeWords === true && within(versions.at(sighting.at), withoutStamps) === "yes";
    if (!isTyped) believed.push(sighting);
    if (++count % STEP === 0) yield;
  }
  const zones = new ZoneHistory(believed, {
    userTimezone: configFacts?.userTimezone,
    machineZone: collected.machineZone,
  });
  const policies = new Map<string, PolicyFact>();
  const heartbeats = new Map<string, HeartbeatSchedule>();

  return (agentId, conversation, at = collected.now) => {
    const version = versions.at(at);
    const of = nameOf(version);
    const traits = traitsOf(conversation?.key ?? "", conversation?.row);
    const isLater = (configFacts?.lastTouched?.at ?? -Infinity) > at;
    const policiesThen = isLater ? policiesBefore : policiesOf;
    return {
      version,
      zone: zones.at(at),
      policy: remembered(policies, `${nameOfTraits(traits)} ${of} ${String(isLater)}`, () =>
        policiesThen(configFacts, traits, version),
      ),
      heartbeat: remembered(heartbeats, `${agentId} ${of}`, () => heartbeatOf(configFacts, agentId, version)),
    };
  };
}

/** Files or marks between two steps. */
const STEP = 256;

function atOnce<T>(steps: Generator<undefined, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Equal for versions that make no difference to a policy. */
function nameOf(version: VersionFact): string {
  switch (version.kind) {
    case "exact":
      return version.version;
    case "range":
      return `${version.from ?? ""}..${version.until ?? ""}`;
    case "unknown":
      return "?";
  }
}

function nameOfTraits({ type, channel, channelIsFixed, hasCliSession }: ConversationTraits): string {
  return JSON.stringify([type, channel, channelIsFixed, hasCliSession]);
}

function remembered<T>(known: Map<string, T>, name: string, make: () => T): T {
  const before = known.get(name);
  if (before !== undefined) return before;
  const made = make();
  known.set(name, made);
  return made;
}
