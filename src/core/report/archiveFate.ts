import type { SessionFile, StateDir } from "../conversation/model";
import { type Deadline, deadlineOf, lastWriteOf, retentionsOf } from "../findings/retention";
import { keptTwin } from "../keep/keptTwin";
import type { CollectedEvidence } from "../rotation/rotationFacts";
import type { VersionFact } from "../surroundings/surroundings";
import { surroundingsOf } from "../surroundings/surroundingsOf";
import type { Report } from "./report";

/**
 * From when on the archive of a rotation is deleted, as the finding about it says; undefined: not because of its age, or there is a kept
 * copy of it.
 */
export function fateOf(
  archive: SessionFile,
  { rotation, stateDir, explanations: { findings }, now }: Report,
): Deadline | undefined {
  if (keptTwin(archive, rotation.from) !== undefined) return undefined;
  for (const { code, subject, deadlines } of findings) {
    if (code !== "archive.will-be-deleted" || subject.stateDir !== stateDir.path) continue;
    const found = deadlines?.find(({ file }) => file.path === archive.path);
    if (found) return found;
  }
  // Archives of machines have no finding. Logs, which are not at hand here, would only tell the version more exactly.
  const agent = stateDir.agents.find(({ id }) => id === rotation.agentId);
  if (agent?.sqlite !== undefined) return undefined;
  const retentions = retentionsOf(versionOfFiles(stateDir, now), stateDir.configFacts);
  return deadlineOf(archive, retentions, lastWriteOf(agent?.conversations ?? [], now));
}

const versions = new WeakMap<StateDir, VersionFact>();

function versionOfFiles(stateDir: StateDir, now: number): VersionFact {
  let version = versions.get(stateDir);
  if (version === undefined) {
    const nothing: CollectedEvidence = {
      ...{ logs: [], logCoverage: [], commands: [], notes: [], cronRuns: [], rowsBefore: [] },
      ...{ triggers: new Map(), resetRecords: [], locks: [], traceContexts: [] },
      machineZone: "UTC",
      now,
    };
    version = surroundingsOf(stateDir, nothing)("", undefined, undefined).version;
    versions.set(stateDir, version);
  }
  return version;
}
