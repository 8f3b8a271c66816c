import { checkAlreadyCurrent } from "./checks/alreadyCurrent";
import { checkCaseCollision } from "./checks/caseCollision";
import type { Check, PlaceCheck, PlaceFacts } from "./checks/check";
import { checkCheckpoints } from "./checks/checkpoints";
import { checkClock } from "./checks/clock";
import { checkContainment } from "./checks/containment";
import { checkDiskSpace } from "./checks/diskSpace";
import { checkDisplaced } from "./checks/displaced";
import { checkEndedRow } from "./checks/endedRow";
import { checkEra } from "./checks/era";
import { checkEraToCome } from "./checks/eraToCome";
import { checkFileSystem } from "./checks/fileSystem";
import { checkFreshness } from "./checks/freshness";
import { checkGateway } from "./checks/gatewayCheck";
import { checkIdElsewhere } from "./checks/idElsewhere";
import { checkIndexDuplicateKey } from "./checks/indexDuplicateKey";
import { checkIndexReadable } from "./checks/indexReadable";
import { checkIndexSize } from "./checks/indexSize";
import { checkIndexSymlink } from "./checks/indexSymlink";
import { checkKeyGuessed } from "./checks/keyGuessed";
import { checkOwnerAndMode } from "./checks/ownerAndMode";
import { checkPruning } from "./checks/pruning";
import { checkRetention } from "./checks/retention";
import { checkRunInProgress } from "./checks/runInProgress";
import { checkSourceAnswers } from "./checks/sourceAnswers";
import { checkSourceDamage } from "./checks/sourceDamage";
import { checkSourceHeader } from "./checks/sourceHeader";
import { checkSourceIds } from "./checks/sourceIds";
import { checkSourceMasked } from "./checks/sourceMasked";
import { checkSourceReadable } from "./checks/sourceReadable";
import { checkSourceSuperset } from "./checks/sourceSuperset";
import { checkTargetName } from "./checks/targetName";
import { checkUnfinishedRestore } from "./checks/unfinishedRestore";
import { checkUsageCountedTwice } from "./checks/usageCountedTwice";
import { checkVault } from "./checks/vault";
import { checkWorkspaceTrust } from "./checks/workspaceTrust";
import { checkWritable } from "./checks/writable";
import type { RestoreCheck } from "./restoreCheck";
import type { RestoreFacts } from "./restoreFacts";
import type { RestoreDraft } from "./restorePlan";

/** Whether anything may be written here at all: for a restore, and for undoing one. */
export function checkPlace(facts: PlaceFacts): RestoreCheck[] {
  return placeChecks.flatMap((check) => [...check(facts)]);
}

/**
 * Everything that can go wrong with a restore, looked at: each hazard is `ok`, a warning, a question or a blocker, in words and with a
 * remedy. Without a draft, what can be said without one.
 */
export function checkRestore(facts: RestoreFacts, draft: RestoreDraft | undefined): RestoreCheck[] {
  return [...checkPlace(facts), ...checks.flatMap((check) => [...check(facts, draft)])];
}

/** Where no plan could be drawn up: why not, and everything else that was looked at, each thing once. */
export function checkRefused(facts: RestoreFacts, refused: readonly RestoreCheck[]): RestoreCheck[] {
  const told = new Set(refused.map(({ code }) => code));
  return [...refused, ...checkRestore(facts, undefined).filter(({ code }) => !told.has(code))];
}

const placeChecks: readonly PlaceCheck[] = [
  checkWorkspaceTrust,
  checkGateway,
  checkRunInProgress,
  checkUnfinishedRestore,
  checkWritable,
  checkVault,
  checkClock,
  checkEra,
];

const checks: readonly Check[] = [
  checkEraToCome,
  checkSourceReadable,
  checkSourceHeader,
  checkSourceIds,
  checkSourceAnswers,
  checkSourceDamage,
  checkSourceMasked,
  checkSourceSuperset,
  checkAlreadyCurrent,
  checkDisplaced,
  checkTargetName,
  checkKeyGuessed,
  checkIdElsewhere,
  checkCaseCollision,
  checkIndexReadable,
  checkIndexDuplicateKey,
  checkIndexSymlink,
  checkIndexSize,
  checkContainment,
  checkFileSystem,
  checkDiskSpace,
  checkOwnerAndMode,
  checkFreshness,
  checkEndedRow,
  checkRetention,
  checkPruning,
  checkUsageCountedTwice,
  checkCheckpoints,
];
