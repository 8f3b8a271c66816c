import { EntryId } from "./entryId";

/** Who sent a user message. */
export const PERSON = 0;
export const MACHINE = 1;
export const HEARTBEAT = 2;

/**
 * What one entry contributes to the index, as far as a quick look can be certain of it. One object is filled again and again,
 * and its numbers stand in one array, so that a line of a transcript allocates nothing.
 */
export class QuickFacts {
  /** Place in `quickKinds`. */
  kind = 0;
  readonly id = new EntryId();
  /** Whether the parent is the entry before; else `parentId` tells it. */
  follows = false;
  /** Of length 0 for `null`. */
  readonly parentId = new EntryId();
  readonly numbers = new Float64Array(7);
  /** Of an assistant message. */
  model: QuickModel = noModel;
  /** Of a user message: PERSON, MACHINE or HEARTBEAT. */
  speaker = PERSON;
  /** Of a compaction: its summary says that there was nothing to summarise. */
  noPriorHistory = false;
  /** Of an answer of OpenClaw's own: the version that it names. */
  version: string | undefined;
  /** Its line holds what OpenClaw writes in place of a secret. */
  masked = false;
}

export interface QuickModel {
  readonly provider: string;
  readonly model: string;
}

const noModel: QuickModel = { provider: "", model: "" };

/** Places in `numbers`. Tokens, cost in USD; `at` in epoch ms. */
export const AT = 0;
export const INPUT = 1;
export const OUTPUT = 2;
export const CACHE_READ = 3;
export const CACHE_WRITE = 4;
export const TOTAL_TOKENS = 5;
export const COST_TOTAL = 6;

/** The kinds of entries that a quick look tells; of messages also the role. */
export const quickKinds = [
  { type: "message", role: "user" },
  { type: "message", role: "assistant" },
  { type: "message", role: "mirror" },
  { type: "message", role: "toolResult" },
  { type: "model_change" },
  { type: "thinking_level_change" },
  { type: "compaction" },
  { type: "branch_summary" },
  { type: "label" },
  { type: "session_info" },
  { type: "leaf" },
  { type: "reset" },
  { type: "custom" },
  { type: "custom_message" },
] as const;

export const USER = 0;
export const ASSISTANT = 1;
export const MIRROR = 2;
export const TOOL_RESULT = 3;
export const COMPACTION = 6;
