import { Claim } from "./joins/claim";
import type { Agent, Conversation, Join, Window } from "./model";
import { sameItems, sameValue } from "./sameValue";

/**
 * Takes over from an agent as it was what is the same now, so that views can tell by `===` what changed. Files are compared
 * by identity: whoever listed them keeps the object of a file that did not change.
 */
export function reuseUnchanged(agent: Agent, previous: Agent | undefined): Agent {
  if (previous?.id !== agent.id) return agent;
  const windows = windowsOf(previous);
  const conversations = new Map(previous.conversations.map((conversation) => [conversation.key, conversation]));

  const next: Agent = {
    ...agent,
    roots: listOf(agent.roots, previous.roots, sameValue),
    conversations: keepList(
      agent.conversations.map((conversation) =>
        reuseConversation(conversation, conversations.get(conversation.key), windows),
      ),
      previous.conversations,
    ),
    orphans: keepList(
      agent.orphans.map((window) => reuseWindow(window, windows)),
      previous.orphans,
    ),
    otherFiles: keepList(agent.otherFiles, previous.otherFiles),
    sqlite: sameValue(agent.sqlite, previous.sqlite) ? previous.sqlite : agent.sqlite,
    indexed: sameValue(agent.indexed, previous.indexed) ? previous.indexed : agent.indexed,
    problems: listOf(agent.problems, previous.problems, sameValue),
  };
  return isSameAgent(next, previous) ? previous : next;
}

function isSameAgent(a: Agent, b: Agent): boolean {
  return (
    a.roots === b.roots &&
    a.conversations === b.conversations &&
    a.orphans === b.orphans &&
    a.otherFiles === b.otherFiles &&
    a.sqlite === b.sqlite &&
    a.indexed === b.indexed &&
    a.problems === b.problems
  );
}

/** Windows as they were, by session id: there is rarely more than one. */
type WindowsBefore = ReadonlyMap<string, Window | readonly Window[]>;

function windowsOf({ conversations, orphans }: Agent): WindowsBefore {
  const windows = new Map<string, Window | Window[]>();
  const add = (window: Window): void => {
    const others = windows.get(window.sessionId);
    if (others === undefined) windows.set(window.sessionId, window);
    else if (Array.isArray(others)) others.push(window);
    else windows.set(window.sessionId, [others, window]);
  };
  orphans.forEach(add);
  for (const conversation of conversations) conversation.windows.forEach(add);
  return windows;
}

function reuseWindow(window: Window, windows: WindowsBefore): Window {
  const before = windows.get(window.sessionId);
  if (before === undefined) return window;
  if ("windowId" in before) return isSameWindow(window, before) ? before : window;
  return before.find((other) => isSameWindow(window, other)) ?? window;
}

function isSameWindow(a: Window, b: Window): boolean {
  return (
    a.primary === b.primary &&
    a.kind === b.kind &&
    a.sessionId === b.sessionId &&
    a.windowId === b.windowId &&
    a.archivedAt === b.archivedAt &&
    a.firstAt === b.firstAt &&
    a.lastAt === b.lastAt &&
    sameItems(a.copies, b.copies) &&
    sameItems(a.trajectories, b.trajectories) &&
    sameJoin(a.join, b.join) &&
    sameValue(a.problems, b.problems)
  );
}

function sameJoin(a: Join | undefined, b: Join | undefined): boolean {
  return a instanceof Claim ? a.equals(b) : sameValue(a, b);
}

function reuseConversation(
  conversation: Conversation,
  before: Conversation | undefined,
  windows: WindowsBefore,
): Conversation {
  const reused = conversation.windows.map((window) => reuseWindow(window, windows));
  if (before === undefined) return { ...conversation, windows: reused };
  // The store is read anew for every turn of any key; a row that says the same is the same.
  const row = sameValue(conversation.row, before.row) ? before.row : conversation.row;
  const next: Conversation = { ...conversation, row, windows: keepList(reused, before.windows) };
  const isSame =
    next.row === before.row &&
    next.windows === before.windows &&
    next.label === before.label &&
    next.group === before.group &&
    next.lastActivityAt === before.lastActivityAt &&
    sameValue(next.problems, before.problems);
  return isSame ? before : next;
}

function keepList<T>(list: readonly T[], before: readonly T[]): readonly T[] {
  return sameItems(list, before) ? before : list;
}

function listOf<T>(list: readonly T[], before: readonly T[], same: (a: T, b: T) => boolean): readonly T[] {
  const byPosition = list.map((item, at) => {
    const old = before[at];
    return old !== undefined && same(item, old) ? old : item;
  });
  return keepList(byPosition, before);
}
