import type { Judge } from "../judgement";
import { judgeCheckpointRestore } from "./checkpointRestore";
import { judgeCommand } from "./command";
import { judgeCompactionFailure } from "./compactionFailure";
import { judgeCompactionSuccessor } from "./compactionSuccessor";
import { judgeDaily } from "./daily";
import { judgeDeleted } from "./deleted";
import { judgeDoctor } from "./doctor";
import { judgeEndedRow } from "./endedRow";
import { judgeHistoryCorruption } from "./historyCorruption";
import { judgeIdle } from "./idle";
import { judgeIndexLoss } from "./indexLoss";
import { judgeIsolatedRun } from "./isolatedRun";
import { judgeMemoryFlush } from "./memoryFlush";
import { judgePruned } from "./pruned";
import { judgeRestored } from "./restored";
import { judgeRoleConflict } from "./roleConflict";
import { judgeRpc } from "./rpc";
import { judgeTranscriptMissing } from "./transcriptMissing";
import type { CauseKind } from "../rotation";

/**
 * Every cause and its judge. The order decides between causes of the same confidence: what leaves marks of its own stands before
 * policies, which need nothing but the clock.
 */
export const allCauses: Readonly<Record<CauseKind, Judge>> = {
  restored: judgeRestored,
  doctor: judgeDoctor,
  command: judgeCommand,
  rpc: judgeRpc,
  "compaction-failure": judgeCompactionFailure,
  "role-conflict": judgeRoleConflict,
  "history-corruption": judgeHistoryCorruption,
  "memory-flush": judgeMemoryFlush,
  "checkpoint-restore": judgeCheckpointRestore,
  "compaction-successor": judgeCompactionSuccessor,
  "isolated-run": judgeIsolatedRun,
  pruned: judgePruned,
  deleted: judgeDeleted,
  "transcript-missing": judgeTranscriptMissing,
  "index-loss": judgeIndexLoss,
  daily: judgeDaily,
  idle: judgeIdle,
  "ended-row": judgeEndedRow,
};
