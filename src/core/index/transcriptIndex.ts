import type { Problem } from "../problem";

/**
 * What the tree and the lists need to know of one transcript file, without its text. Small enough to keep for 10,000
 * files; contains no message text, so it may be cached on disk.
 *
 * Built line by line (see indexBuilder.ts) either from a quick look at a line's head and tail or from a full parse; both
 * give the same index.
 */
export interface TranscriptIndex {
  /** Bytes covered, up to and including the last complete line plus a final line without `\n`. */
  readonly bytes: number;
  /** Lines, the last one counted even without `\n`. */
  readonly lines: number;
  readonly header: IndexedHeader | undefined;
  /** Understood lines other than the header, unknown kinds included, damaged lines not. */
  readonly entries: number;
  /** Entries per written `type`, the 32 most frequent at most. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly roles: RoleCounts;
  readonly firstEntryId: string | undefined;
  readonly lastEntryId: string | undefined;
  /** Epoch ms of the first and the last entry that carry a time. The header's time is in `header`. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** Sums over assistant messages that are no mirror rows. Tokens; cost in USD. */
  readonly usage: UsageTotals;
  /** Of the last assistant message that is no mirror row. */
  readonly lastModel: { readonly provider: string | undefined; readonly model: string | undefined } | undefined;
  /** How many problems there are, and the first of them (at most 50). */
  readonly problemCount: number;
  readonly problems: readonly Problem[];
  /**
   * Entries whose parent is not the entry right before them: where branches start. Linear transcripts have none.
   * At most 10,000; `branchesComplete` is false when there were more.
   */
  readonly branches: readonly BranchStart[];
  readonly branchesComplete: boolean;
  /** Session ids named by `openclaw:bootstrap-context:full` rows (a rung of the ladder); at most 8. */
  readonly bootstrapSessionIds: readonly string[];
  /** Compaction rows, and the first of them whose summary says that there was no history. */
  readonly compactions: { readonly count: number; readonly noPriorHistoryLine: number | undefined };
  /** Messages that hold a token OpenClaw wrote in place of a secret, and the line (from 1) of the first. */
  readonly masked: { readonly count: number; readonly firstLine: number | undefined };
  /** OpenClaw versions named in its own replies (`/status`), the last 4: version, epoch ms, line from 1. */
  readonly versionReplies: readonly {
    readonly version: string;
    readonly at: number | undefined;
    readonly line: number;
  }[];
  /** Answers that ended in an error whose wording says that the context was too long. */
  readonly overflows: number;
  /** Job id of a `[cron:<jobId> …]` prefix of the first user message, when it has one. */
  readonly cronJobId: string | undefined;
  /** For each page of the file (see page.ts): line number (from 1) of the first line that starts in it, or after it. */
  readonly pageFirstLine: readonly number[];
  /**
   * Present when the file does not end with `\n`: the index without that last line. From there reading goes on once the file
   * has grown (`IndexBuilder.resume`), so that a line is never counted twice.
   */
  readonly withoutLastLine?: TranscriptIndex;
}

export interface IndexedHeader {
  readonly id: string;
  readonly version: number;
  readonly at: number | undefined;
  readonly cwd: string | undefined;
  readonly parentSession: string | undefined;
  /** 1 unless the header is not the first line. */
  readonly line: number;
}

export interface RoleCounts {
  readonly user: number;
  /** Without mirror rows. */
  readonly assistant: number;
  readonly toolResult: number;
  /** bashExecution, custom and roles we do not know. */
  readonly other: number;
  /** Assistant rows OpenClaw wrote itself; not messages of the conversation. */
  readonly mirror: number;
  /**
   * Of `user`: rows whose stored text begins like one of the gateway's own prompts (heartbeats, cron, notices of finished commands,
   * startup prompts, …; machineTurn.ts). A person's message behind an envelope, as with a stamp or `Sender (untrusted metadata):`, is a
   * person's, whatever it says; only `System:` lines and internal context are stepped over. `provenance` does not count.
   */
  readonly machine: number;
  /** Of `machine`: heartbeat prompts. */
  readonly heartbeat: number;
}

export interface UsageTotals {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly totalTokens: number;
  readonly costTotal: number;
}

export interface BranchStart {
  readonly line: number;
  readonly offset: number;
  readonly id: string;
  readonly parentId: string | null;
  /**
   * Byte offset of the parent's line, when the builder still remembers it (it keeps the offsets of the latest few thousand
   * ids). Branches are nearly always taken from a recent entry. Absent: not known, which says nothing about whether it exists.
   */
  readonly parentOffset?: number;
  /** No entry of the file has the parent's id. Only said when the builder remembers all of them. */
  readonly parentMissing?: true;
}

/** What people call messages: what was said by the two sides. */
export function messageCount(roles: RoleCounts): number {
  return roles.user + roles.assistant;
}
