import { boundFindings } from "./boundFindings";
import type { Finding } from "./finding";
import type { FindingInput, FindingRule } from "./findingInput";
import { machineRules } from "./heartbeatRules";
import { archivesToBeDeleted } from "./rules/archiveWillBeDeleted";
import { archivesWithoutKey } from "./rules/archiveWithoutKey";
import { unlistedCheckpoints } from "./rules/checkpointLostRow";
import { holes } from "./rules/hole";
import { lostIndexes } from "./rules/indexLost";
import { resetsWithoutSuccessor } from "./rules/noSuccessor";
import { savingStopped } from "./rules/savingStopped";
import { sharedTranscripts } from "./rules/sharedFile";
import { damagedTranscripts } from "./rules/transcriptDamaged";
import { missingTranscripts } from "./rules/transcriptMissing";
import { youngTranscripts } from "./rules/transcriptYoung";
import { unexpectedRotations } from "./rules/unexpectedRotation";

export { compareFindings } from "./compareFindings";

/** One kind of incident each, or a few that are told by the same facts. */
const rules: readonly FindingRule[] = [
  unexpectedRotations,
  resetsWithoutSuccessor,
  archivesWithoutKey,
  holes,
  savingStopped,
  missingTranscripts,
  youngTranscripts,
  sharedTranscripts,
  lostIndexes,
  damagedTranscripts,
  archivesToBeDeleted,
  unlistedCheckpoints,
  ...machineRules,
];

/**
 * What in one state directory is worth a person's attention, in no order (`compareFindings` sorts). Lazy, so that whoever asks
 * may pause between two findings. A rule that fails is a defect of ours: it throws with the rule's name.
 */
export function* findIncidents(input: FindingInput): Generator<Finding> {
  for (const rule of rules) yield* boundFindings(named(rule, input));
}

function* named(rule: FindingRule, input: FindingInput): Generator<Finding> {
  try {
    yield* rule(input);
  } catch (error) {
    throw new Error(`The rule ${rule.name} failed on ${input.stateDir.path}.`, { cause: error });
  }
}
