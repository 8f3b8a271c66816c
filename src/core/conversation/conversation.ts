import { conversationGroup, conversationLabel } from "../names/conversationLabel";
import type { Problem } from "../problem";
import type { StoreRow } from "../store/storeRow";
import { compareText, latest } from "./fileFacts";
import type { Conversation, Window } from "./model";

export interface ConversationFacts {
  readonly key: string;
  readonly agentId: string;
  /** None for a key that is gone from the store and known from other evidence. */
  readonly row: StoreRow | undefined;
  readonly windows: readonly Window[];
  /** Id of the window the row means. */
  readonly currentId: string | undefined;
  readonly problems: readonly Problem[];
}

export function buildConversation(facts: ConversationFacts): Conversation {
  const { key, agentId, row, windows, currentId, problems } = facts;
  let lastAt: number | undefined;
  for (const window of windows) lastAt = latest(lastAt, window.lastAt);
  return {
    key,
    agentId,
    group: conversationGroup(key),
    label: conversationLabel(key, row),
    row,
    windows: currentFirst(windows, currentId),
    lastActivityAt: lastAt ?? row?.updatedAt,
    problems,
  };
}

function currentFirst(windows: readonly Window[], currentId: string | undefined): readonly Window[] {
  if (windows.length < 2) return windows;
  const sorted = [...windows].sort(newestFirst);
  const at = sorted.findIndex(({ windowId }) => windowId === currentId);
  if (at > 0) sorted.unshift(...sorted.splice(at, 1));
  return sorted;
}

/** Conversations by their last sign of life, the newest first; by key where it is the same. */
export function byLastActivity(a: Conversation, b: Conversation): number {
  return (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || compareText(a.key, b.key);
}

/** By the last sign of life; a window of which no time is known comes last. */
export function newestFirst(a: Window, b: Window): number {
  return timeOf(b) - timeOf(a) || (b.archivedAt ?? 0) - (a.archivedAt ?? 0) || compareText(a.windowId, b.windowId);
}

function timeOf({ lastAt, archivedAt, firstAt }: Window): number {
  return lastAt ?? archivedAt ?? firstAt ?? 0;
}
