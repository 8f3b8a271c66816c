import { headerAtOf } from "../conversation/fileFacts";
import type { Agent, Conversation, JoinRung, Window } from "../conversation/model";
import { canBeReset } from "../conversation/resettableKey";

/** Nothing names the key of a window; it was concluded from the time, or from there being no other. */
export interface GuessedKey {
  readonly key: string;
  /** A whole sentence: why this key. */
  readonly evidence: string;
  /** Other keys that fit as well: a window of theirs began soon after this one was set aside, too. */
  readonly others: readonly string[];
}

const guesses: ReadonlySet<JoinRung> = new Set<JoinRung>(["time-adjacency", "chain", "only-conversation"]);

/** The row's start is taken a few milliseconds before the rename; so close, one operation wrote both. */
const AT_ONCE_MS = 50;
/** Between a rename and the next header OpenClaw takes 0–1.1 s; with many chats at once, nearness of milliseconds may be chance. */
const SECONDS_MS = 2_000;
/** A chat that was reset goes on with its next message. */
const MINUTES_MS = 3 * 60_000;
const ADJACENT_MS = 60_000;

/** Undefined where something on disk names the key, or where the window is not known to belong to it at all. */
export function guessedKey(agent: Pick<Agent, "conversations">, windowId: string, key: string): GuessedKey | undefined {
  const conversation = agent.conversations.find((each) => each.key === key);
  const window = conversation?.windows.find((each) => each.windowId === windowId);
  const join = window?.join;
  if (conversation === undefined || window === undefined || join?.key !== key || !guesses.has(join.rung))
    return undefined;
  return { key, evidence: join.evidence, others: othersThatFit(agent, conversation, window) };
}

function othersThatFit({ conversations }: Pick<Agent, "conversations">, own: Conversation, window: Window): string[] {
  const resetAt = window.archivedAt;
  if (resetAt === undefined) return [];
  const from = resetAt - AT_ONCE_MS;
  const next = own.windows.map(begunAt).reduce((best, at) => (at >= from && at < best ? at : best), Infinity);
  const until = next <= resetAt + AT_ONCE_MS ? resetAt + SECONDS_MS : next + MINUTES_MS;
  const fits = (at: number): boolean => at >= from && at <= until;
  return conversations
    .filter((other) => other !== own && canBeReset(other.key))
    .filter((other) => other.windows.some((each) => fits(begunAt(each)) && !hasPredecessor(each, other)))
    .map(({ key }) => key);
}

/** It is known what was set aside for it, and not by a guess. */
function hasPredecessor(window: Window, { windows }: Conversation): boolean {
  const at = begunAt(window);
  return windows.some(
    ({ archivedAt, join }) =>
      archivedAt !== undefined &&
      archivedAt <= at + AT_ONCE_MS &&
      archivedAt >= at - ADJACENT_MS &&
      join !== undefined &&
      !guesses.has(join.rung),
  );
}

/** Epoch ms; NaN where nothing tells, which is at no time. */
function begunAt({ primary, firstAt }: Window): number {
  return (primary && headerAtOf(primary)) ?? firstAt ?? Number.NaN;
}
