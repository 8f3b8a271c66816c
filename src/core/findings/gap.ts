import { firstEntryIdOf } from "../conversation/fileFacts";
import type { Agent, Conversation, StateDir, Window } from "../conversation/model";
import type { Evidence, NonEmpty } from "../evidence/evidence";
import type { FindingInput } from "./findingInput";
import { adoptedArchive } from "./adoptedArchive";
import { INTERACTION_LATER_MS, SideEvidence } from "./gapSigns";
import { firstEntryAt, lastEntryAt, momentOf } from "./lastEntry";
import { currentWindow, isOfPeople, peopleConversations } from "./peopleConversations";

/** A stretch in which nothing was saved of a conversation although something happened in it. */
export interface Gap {
  readonly agent: Agent;
  readonly conversation: Conversation;
  /** What was saved last. */
  readonly window: Window;
  /** Epoch ms of its last entry, whatever the stamp of its archive says: that is the moment of a rename. */
  readonly after: number;
  /** Epoch ms of the next saved entry, or now. */
  readonly until: number;
  /** Nothing was saved since. */
  readonly isOpen: boolean;
  readonly signs: NonEmpty<Sign>;
}

/** One thing that happened while nothing was saved. */
export interface Sign {
  readonly kind:
    | "trajectory"
    | "interaction"
    | "lock-held"
    | "lock-released"
    | "compaction-unfinished"
    | "message-sent"
    | "connection-closed"
    | "row-update"
    | "memory-note";
  /**
   * - `strong`: proves that something happened that belongs into the transcript
   * - `weak`: also happens when all is well (a command that leaves no entry), so one alone is no alarm
   * - `beside`: only told together with others
   */
  readonly weight: "strong" | "weak" | "beside";
  /** Epoch ms. */
  readonly at: number;
  readonly evidence: Evidence;
}

/**
 * Silence alone is a night, not a gap: without a sign that something happened there is none.
 * Asked by several rules; the answer is kept with the input.
 */
export function gapsOf(input: FindingInput): readonly Gap[] {
  return gapsIn(input).all;
}

/** The gap since the last saved entry of a conversation, when there is one. */
export function openGapOf(input: FindingInput, conversation: Conversation): Gap | undefined {
  return gapsIn(input).open.get(conversation);
}

interface Gaps {
  readonly all: readonly Gap[];
  readonly open: ReadonlyMap<Conversation, Gap>;
}

function gapsIn(input: FindingInput): Gaps {
  const known = remembered.get(input);
  if (known !== undefined) return known;
  const all: Gap[] = [];
  const side = new SideEvidence(input);
  const adopted = new Map(input.stateDir.agents.map((agent) => [agent, adoptedArchive(agent)]));
  for (const { agent, conversation } of peopleConversations(input)) {
    const lost = adopted.get(agent);
    const own = lost?.conversation === conversation ? [...conversation.windows, lost.window] : conversation.windows;
    all.push(...gapsOfOne(agent, conversation, own, side));
  }
  const open = new Map(all.flatMap((gap) => (gap.isOpen ? [[gap.conversation, gap] as const] : [])));
  const found = { all, open };
  remembered.set(input, found);
  return found;
}

const remembered = new WeakMap<FindingInput, Gaps>();

function* gapsOfOne(
  agent: Agent,
  conversation: Conversation,
  windows: readonly Window[],
  side: SideEvidence,
): Generator<Gap> {
  const { now } = side;
  const saved = savedStretches(windows);
  for (const [at, { window, to: after }] of saved.entries()) {
    const next = saved[at + 1];
    const isOpen = next === undefined;
    if (isOpen && hasUndatedEntries(currentWindow(conversation))) return;
    const until = next?.from ?? now;
    // Windows may overlap, where an old one was restored; and clocks may be wrong.
    if (!(until > after)) continue;
    const [first, ...others] = side.signsIn({ agent, conversation, window, after, until, isOpen });
    if (first === undefined) continue;
    const signs: NonEmpty<Sign> = [first, ...others];
    if (signs.some(({ weight }) => weight === "strong"))
      yield { agent, conversation, window, after, until, isOpen, signs };
    // What is weak by itself counts only where it may still be going on: else every command of last year is told.
    else if (isOpen && signs.some(({ weight }) => weight === "weak"))
      yield { agent, conversation, window, after, until, isOpen, signs };
  }
}

/** Of such a window nobody can say what it lacks. */
function hasUndatedEntries(window: Window | undefined): boolean {
  return (
    window?.primary !== undefined && firstEntryIdOf(window.primary) !== undefined && lastEntryAt(window) === undefined
  );
}

interface Stretch {
  readonly window: Window;
  /** Epoch ms of its first and last entry. */
  readonly from: number;
  readonly to: number;
}

/** Windows that hold entries, in order of time; what lies within another one is left out. */
function savedStretches(windows: readonly Window[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const window of windows) {
    const to = lastEntryAt(window);
    if (to === undefined) continue;
    stretches.push({ window, from: Math.min(firstEntryAt(window) ?? to, to), to });
  }
  stretches.sort((a, b) => a.from - b.from || a.to - b.to);
  const ends: Stretch[] = [];
  for (const stretch of stretches) {
    const last = ends.at(-1);
    if (last === undefined || stretch.to >= last.to) ends.push(stretch);
  }
  return ends;
}

/**
 * When something happened that may belong to a conversation and was not saved: the moments at which a log is worth reading,
 * besides those of rotations. Epoch ms, the latest first, at most `limit`.
 */
export function silentMoments(stateDir: StateDir, limit = 200): readonly number[] {
  const moments: number[] = [];
  for (const { conversations, sqlite } of stateDir.agents) {
    if (sqlite !== undefined) continue;
    for (const conversation of conversations) {
      const [window] = conversation.windows;
      const interaction = momentOf(conversation.row?.lastInteractionAt ?? conversation.row?.updatedAt);
      const last = window && lastEntryAt(window);
      if (interaction === undefined || !isOfPeople(conversation)) continue;
      if (last !== undefined && interaction <= last + INTERACTION_LATER_MS) continue;
      moments.push(interaction);
      if (last !== undefined) moments.push(last);
    }
  }
  return moments.sort((a, b) => b - a).slice(0, limit);
}
