import type { Conversation, StateDir, Window } from "../core/conversation/model";

/** More moments than any log is read around; people's conversations come first. */
const MAX_MOMENTS = 600;

/**
 * When something happened that side evidence may tell more about: windows that ended, and the last sign of life of those
 * that are current. Epoch ms, those of people's conversations first, newest first among themselves.
 */
export function momentsOf({ agents }: StateDir): readonly number[] {
  const people: number[] = [];
  const machines: number[] = [];
  for (const { conversations, orphans } of agents) {
    for (const conversation of conversations) collect(conversation, isOfPeople(conversation) ? people : machines);
    for (const { archivedAt } of orphans) if (archivedAt !== undefined) people.push(archivedAt);
  }
  return [...people.sort(newestFirst), ...machines.sort(newestFirst)].slice(0, MAX_MOMENTS);
}

function collect({ windows }: Conversation, moments: number[]): void {
  let next: Window | undefined;
  for (const window of windows) {
    const at = window.kind === "live" ? window.lastAt : (window.archivedAt ?? next?.firstAt ?? window.lastAt);
    if (at !== undefined && Number.isFinite(at)) moments.push(at);
    next = window;
  }
}

function isOfPeople({ group }: Conversation): boolean {
  return group === "people" || group === "other";
}

function newestFirst(one: number, other: number): number {
  return other - one;
}
