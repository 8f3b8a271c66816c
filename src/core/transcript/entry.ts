import type { Problem } from "../problem";

/**
 * The entries of a transcript. OpenClaw and its ancestor pi both call this a "SessionEntry"; we keep
 * that word for neither: a line of a transcript is a TranscriptEntry, a row of the index a StoreRow.
 *
 * One shape serves every era: the SQLite era stores the same objects as rows.
 */

/** Where an item stands in its file. Lines count from 1; a page read from the middle of a large file knows them only later. */
export interface Position {
  readonly line: number | undefined;
  /** Byte offset of the line's first byte. */
  readonly offset: number;
  /** Length of the line in bytes, without its `\n`. */
  readonly bytes: number;
}

/** What one line became. A damaged line can give two: what could be read, and what is wrong with it. */
export type TranscriptItem =
  | { readonly kind: "header"; readonly position: Position; readonly header: TranscriptHeader }
  | { readonly kind: "entry"; readonly position: Position; readonly entry: TranscriptEntry }
  | {
      readonly kind: "damage";
      readonly position: Position;
      readonly problem: Problem;
      /** The beginning of the line as text (bounded; invalid bytes as U+FFFD), so that nothing is hidden. */
      readonly excerpt: string;
    };

/** First line of a transcript: `{"type":"session",…}`. */
export interface TranscriptHeader {
  readonly id: string;
  /** 1 when absent (pre-2026). 4 is written from 2026.9.4. */
  readonly version: number;
  /** Epoch ms, when it parses. */
  readonly at: number | undefined;
  readonly timestamp: string | undefined;
  readonly cwd: string | undefined;
  /** A path, set on forks and on compaction successors. */
  readonly parentSession: string | undefined;
  readonly raw: JsonObject;
}

export type JsonObject = Readonly<Record<string, unknown>>;

interface EntryBase {
  /** 8 hex digits or a UUID; opaque. Absent in version 1 transcripts. */
  readonly id: string | undefined;
  /** null for the first entry; undefined when the field is absent (version 1: linear). */
  readonly parentId: string | null | undefined;
  /** Epoch ms of the entry (envelope `timestamp`, else the message's own), when it parses. */
  readonly at: number | undefined;
  /** The envelope's `timestamp` as written. */
  readonly timestamp: string | undefined;
  /** The parsed line, whole: unknown fields are kept and shown. */
  readonly raw: JsonObject;
}

/** The model sees it. */
export interface MessageEntry extends EntryBase {
  readonly type: "message";
  readonly message: Message;
}
/** The model sees the summary in place of everything before `firstKeptEntryId`. */
export interface CompactionEntry extends EntryBase {
  readonly type: "compaction";
  readonly summary: string;
  readonly firstKeptEntryId: string | undefined;
  readonly tokensBefore: number | undefined;
  readonly tokensAfter: number | undefined;
}
/** The model sees it, as a summary message. */
export interface BranchSummaryEntry extends EntryBase {
  readonly type: "branch_summary";
  readonly fromId: string | undefined;
  readonly summary: string;
}
/** State, not seen by the model. */
export interface ModelChangeEntry extends EntryBase {
  readonly type: "model_change";
  readonly provider: string | undefined;
  readonly modelId: string | undefined;
}
/** State, not seen by the model. */
export interface ThinkingLevelChangeEntry extends EntryBase {
  readonly type: "thinking_level_change";
  readonly thinkingLevel: string | undefined;
}
/** Not seen by the model. */
export interface CustomEntry extends EntryBase {
  readonly type: "custom";
  readonly customType: string | undefined;
  readonly data: unknown;
}
/** The model sees it; with `display: false` the user did not. */
export interface CustomMessageEntry extends EntryBase {
  readonly type: "custom_message";
  readonly customType: string | undefined;
  readonly blocks: readonly Block[];
  readonly display: boolean;
}
/** Not seen by the model. */
export interface LabelEntry extends EntryBase {
  readonly type: "label";
  readonly targetId: string | undefined;
  readonly label: string | undefined;
}
/** Not seen by the model. */
export interface SessionInfoEntry extends EntryBase {
  readonly type: "session_info";
  readonly name: string | undefined;
}
/** Control row (6.11+): moves the active leaf. */
export interface LeafEntry extends EntryBase {
  readonly type: "leaf";
  readonly targetId: string | undefined;
}
/** In-transcript reset of the SQLite era; cuts the context. */
export interface ResetEntry extends EntryBase {
  readonly type: "reset";
  readonly reason: string | undefined;
  readonly firstKeptEntryId: string | undefined;
}
/** A kind this version of the product does not know. Kept, shown raw. */
export interface UnknownEntry extends EntryBase {
  readonly type: "unknown";
  /** The `type` as written, or undefined when it is absent or no string. */
  readonly writtenType: string | undefined;
}

export type TranscriptEntry =
  | MessageEntry
  | CompactionEntry
  | BranchSummaryEntry
  | ModelChangeEntry
  | ThinkingLevelChangeEntry
  | CustomEntry
  | CustomMessageEntry
  | LabelEntry
  | SessionInfoEntry
  | LeafEntry
  | ResetEntry
  | UnknownEntry;

export type Message = UserMessage | AssistantMessage | ToolResultMessage | BashMessage | OtherMessage;

interface MessageBase {
  /** String content arrives as one text block. */
  readonly blocks: readonly Block[];
  /** The message's own `timestamp`, epoch ms. */
  readonly at: number | undefined;
  readonly raw: JsonObject;
}
export interface UserMessage extends MessageBase {
  readonly role: "user";
  readonly provenance: Provenance | undefined;
}
export interface AssistantMessage extends MessageBase {
  readonly role: "assistant";
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly stopReason: string | undefined;
  readonly errorMessage: string | undefined;
}
export interface ToolResultMessage extends MessageBase {
  readonly role: "toolResult";
  readonly toolCallId: string | undefined;
  readonly toolName: string | undefined;
  readonly isError: boolean;
}
export interface BashMessage extends MessageBase {
  readonly role: "bashExecution";
  readonly command: string | undefined;
  readonly output: string | undefined;
  readonly exitCode: number | undefined;
}
export interface OtherMessage extends MessageBase {
  readonly role: "other";
  readonly writtenRole: string | undefined;
}

/** Origin of a user-role message (3.13+). */
export interface Provenance {
  readonly kind: string | undefined;
  readonly sourceSessionKey: string | undefined;
  readonly sourceChannel: string | undefined;
  readonly sourceTool: string | undefined;
}

/** Tokens, and cost in USD by the prices configured at the time. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly totalTokens: number;
  readonly costTotal: number;
}

export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "thinking"; readonly text: string }
  | {
      readonly kind: "toolCall";
      readonly id: string | undefined;
      readonly name: string | undefined;
      readonly arguments: unknown;
    }
  | {
      readonly kind: "toolResult";
      readonly id: string | undefined;
      readonly blocks: readonly Block[];
      readonly isError: boolean;
    }
  | { readonly kind: "image"; readonly mimeType: string | undefined; readonly base64: string }
  | { readonly kind: "unknown"; readonly writtenType: string | undefined; readonly raw: unknown };

/**
 * A mirror row is what OpenClaw itself sent to a channel: provider `openclaw`, all-zero usage (2026.1 to 2026.9). It counts neither as a
 * message nor as cost, and "the last model" is never taken from it.
 */
export function isMirror(message: Message): boolean {
  return message.role === "assistant" && message.provider === "openclaw";
}
