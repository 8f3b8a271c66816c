import type { TranscriptIndex } from "../src/core/index/transcriptIndex";

/** An index of nothing, but for what a test is about. */
export function anIndex(facts: Partial<TranscriptIndex> = {}): TranscriptIndex {
  return {
    bytes: 0,
    lines: 0,
    header: undefined,
    entries: 0,
    kinds: {},
    roles: { user: 0, assistant: 0, toolResult: 0, other: 0, mirror: 0, machine: 0, heartbeat: 0 },
    firstEntryId: undefined,
    lastEntryId: undefined,
    firstAt: undefined,
    lastAt: undefined,
    usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, totalTokens: 0, costTotal: 0 },
    lastModel: undefined,
    problemCount: 0,
    problems: [],
    branches: [],
    branchesComplete: true,
    bootstrapSessionIds: [],
    compactions: { count: 0, noPriorHistoryLine: undefined },
    masked: { count: 0, firstLine: undefined },
    versionReplies: [],
    overflows: 0,
    cronJobId: undefined,
    pageFirstLine: [1],
    ...facts,
  };
}
