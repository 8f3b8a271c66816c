import * as l10n from "@vscode/l10n";
import { canBeReset } from "../conversation/resettableKey";
import type { Agent, Conversation, Window } from "../conversation/model";
import type { SpeakerKind } from "../transcript/speaker";
import type { Between } from "./rotation";
import { Timed } from "./timed";
import { startOf } from "./windowOrder";

/** Clocks and the order of steps differ by so much at most, ms. */
const ABOUT_MS = 1_000;
/** One operation wrote the stamp of the archive and the next header: nothing lies between, ms. */
const ONE_OPERATION_MS = 2;
const MOST_LOOKED_AT = 50;

/**
 * A session of no known conversation that began after a window was set aside and ended before the next one of its conversation
 * began. It may be what really followed; then the next known one says nothing about this end.
 */
export function unjoinedBetween(
  agent: Agent,
  conversation: Conversation,
  { from, to, at }: { readonly from: Window; readonly to: Window; readonly at: number | undefined },
): Between | undefined {
  if (agent.orphans.length === 0 || at === undefined) return undefined;
  const next = startOf(to);
  if (next === -Infinity || Math.abs(next - at) <= ONE_OPERATION_MS) return undefined;
  if (isNextInFamily(conversation, from, to) || !canBeReset(conversation.key)) return undefined;
  const found = orphansOf(agent)
    .between(at - ABOUT_MS, next - 1, MOST_LOOKED_AT)
    .find(({ window }) => window !== from && endOf(window) <= next + ABOUT_MS);
  return found && { window: found.window, next: to };
}

/** What follows from it, as something that would settle the cause. */
export function unknownSuccessor({ window, next }: Between): string {
  return l10n.t(
    "Session {0} began in between, and nothing on disk names its conversation: whether it followed, or session {1}, is not known, and so the first message after the reset says nothing.",
    window.sessionId,
    next.sessionId,
  );
}

/** The list of ids that the key had, in order (2026.5.18+). */
function isNextInFamily({ row }: Conversation, from: Window, to: Window): boolean {
  const family = row?.usageFamilySessionIds ?? [];
  const place = family.indexOf(from.sessionId);
  return place >= 0 && family[place + 1] === to.sessionId;
}

function endOf({ archivedAt, lastAt }: Window): number {
  return archivedAt ?? lastAt ?? -Infinity;
}

interface Begun {
  readonly at: number;
  readonly window: Window;
}

const remembered = new WeakMap<readonly Window[], Timed<Begun>>();

/** By their beginning. */
function orphansOf({ orphans }: Agent): Timed<Begun> {
  let found = remembered.get(orphans);
  if (found === undefined) {
    found = new Timed(orphans.filter(mayBeOfPeople).map((window) => ({ at: startOf(window), window })));
    remembered.set(orphans, found);
  }
  return found;
}

/** Copies and what was deleted with its key are no stretch of a conversation that goes on, nor are runs of cron and helpers. */
function mayBeOfPeople({ kind, primary }: Window): boolean {
  if (kind !== "reset" && kind !== "orphan") return false;
  const speaker = primary?.head?.opening?.speaker;
  return speaker === undefined || !ofRuns.has(speaker);
}

const ofRuns: ReadonlySet<SpeakerKind> = new Set<SpeakerKind>(["cron", "subagent-task"]);
