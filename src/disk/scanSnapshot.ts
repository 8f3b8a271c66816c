import type { Agent, Conversation, Snapshot, Window } from "../core/conversation/model";

export const emptySnapshot: Snapshot = { stateDirs: [], lookedAt: [], problems: [] };

/**
 * Whether conversations, windows or files came, went or moved between two snapshots: then a tree is drawn from the top. What
 * is the same object is not looked into, so the price is that of what changed.
 */
export function structureDiffers(one: Snapshot, other: Snapshot): boolean {
  if (one.problems !== other.problems || one.lookedAt !== other.lookedAt) return true;
  return !sameList(one.stateDirs, other.stateDirs, (before, after) => {
    const { path, era, problems, version } = before;
    if (path !== after.path || era !== after.era || version?.value !== after.version?.value) return false;
    return problems.length === after.problems.length && sameList(before.agents, after.agents, sameAgent);
  });
}

function sameAgent(one: Agent, other: Agent): boolean {
  return (
    one.id === other.id &&
    one.roots === other.roots &&
    one.sqlite === other.sqlite &&
    one.problems === other.problems &&
    sameList(one.conversations, other.conversations, sameConversation) &&
    sameList(one.orphans, other.orphans, sameWindow) &&
    sameList(one.otherFiles, other.otherFiles, (before, after) => before.path === after.path)
  );
}

function sameConversation(one: Conversation, other: Conversation): boolean {
  return (
    one.key === other.key &&
    one.label === other.label &&
    one.group === other.group &&
    sameList(one.windows, other.windows, sameWindow)
  );
}

function sameWindow(one: Window, other: Window): boolean {
  const samePath = (before: { path: string }, after: { path: string }): boolean => before.path === after.path;
  return (
    one.windowId === other.windowId &&
    one.kind === other.kind &&
    one.primary?.path === other.primary?.path &&
    one.join?.key === other.join?.key &&
    sameList(one.copies, other.copies, samePath) &&
    sameList(one.trajectories, other.trajectories, samePath)
  );
}

function sameList<Item>(one: readonly Item[], other: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((item, at) => item === other[at] || same(item, other[at] as Item));
}
