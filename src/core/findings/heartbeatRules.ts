import type { FindingRule } from "./findingInput";
import { compactionLoop } from "./rules/compactionLoop";
import { compactionNoPriorHistory } from "./rules/compactionNoPriorHistory";
import { compactionSoonAfterRotation } from "./rules/compactionSoonAfterRotation";
import { conversationPolluted } from "./rules/conversationPolluted";
import { heartbeatNestedKey } from "./rules/heartbeatNestedKey";
import { heartbeatNotIsolated } from "./rules/heartbeatNotIsolated";
import { heartbeatOrphans } from "./rules/heartbeatOrphans";
import { lockStale } from "./rules/lockStale";
import { seamExecAndHeartbeat } from "./rules/seamExecAndHeartbeat";
import { transcriptMasked } from "./rules/transcriptMasked";

/** What machines do to conversations: heartbeats, compactions, locks, and what they write in place of words. */
export const machineRules: readonly FindingRule[] = [
  heartbeatNotIsolated,
  heartbeatNestedKey,
  heartbeatOrphans,
  conversationPolluted,
  compactionLoop,
  compactionSoonAfterRotation,
  compactionNoPriorHistory,
  seamExecAndHeartbeat,
  lockStale,
  transcriptMasked,
];
