import { compareText } from "../conversation/fileFacts";
import type { Window } from "../conversation/model";
import { type Explanations, windowKey } from "../explanations";
import type { LookAlike, Rotation } from "../rotation/rotation";
import { startOf } from "../rotation/windowOrder";

/** One line of a conversation's story, oldest first. */
export type TimelineItem =
  | { readonly kind: "window"; readonly window: Window }
  /** It is current again, since the restore before it. */
  | { readonly kind: "back"; readonly window: Window }
  | { readonly kind: "rotation"; readonly rotation: Rotation; readonly explained: boolean }
  | { readonly kind: "look-alike"; readonly lookAlike: LookAlike };

export interface ConversationTimeline {
  /** Windows before the first and after the last that is shown. */
  readonly earlier: number;
  readonly later: number;
  readonly items: readonly TimelineItem[];
}

/** Windows on either side of the rotation that is explained. */
const AROUND = 4;
/** Look-alikes that are shown of one stretch: a log may repeat one every minute. */
const LOOK_ALIKES = 4;

/** The stretch of a conversation's story around one rotation: its windows, what ended them, and what only looked like it. */
export function conversationTimeline(rotation: Rotation, explanations: Explanations): ConversationTimeline {
  const windows = windowsInOrder(rotation);
  const ended = Math.max(0, indexIn(windows, rotation.from));
  const first = Math.max(0, ended - AROUND + 1);
  const last = Math.min(windows.length, ended + 1 + AROUND);
  const shown = windows.slice(first, last);

  const until = windows[last];
  const items: TimelineItem[] = [];
  const looked = lookAlikesOf(rotation, explanations, timeOf(shown[0]), until && timeOf(until));
  for (const [index, window] of shown.entries()) {
    items.push({ kind: "window", window });
    const next = shown[index + 1];
    const nextAt = next ? timeOf(next) : Infinity;
    for (const each of rotationsFrom(window, rotation, explanations)) {
      items.push(...upTo(looked, each.at ?? nextAt));
      items.push({ kind: "rotation", rotation: each, explained: each.id === rotation.id });
      if (each.restore !== undefined && each.to !== undefined) items.push({ kind: "back", window: each.to });
    }
    items.push(...upTo(looked, nextAt));
  }
  return { earlier: first, later: windows.length - last, items };
}

/** Sorted once per conversation: an isolated heartbeat has thousands of windows, and each of them a report. */
const sorted = new WeakMap<readonly Window[], readonly Window[]>();

function windowsInOrder({ conversation, from, to }: Rotation): readonly Window[] {
  const windows = conversation?.windows ?? [];
  let known = sorted.get(windows);
  if (!known) {
    known = [...windows].sort((a, b) => timeOf(a) - timeOf(b) || compareText(a.windowId, b.windowId));
    sorted.set(windows, known);
  }
  // What a rotation was found from may be older than what it was found in, or belong to no conversation.
  return indexIn(known, from) >= 0 ? known : [from, ...(to ? [to] : [])];
}

/** A rotation may have been explained in a snapshot before this one: then the window goes by its identity. */
function indexIn(windows: readonly Window[], window: Window): number {
  const at = windows.indexOf(window);
  return at >= 0 ? at : windows.findIndex(({ windowId }) => windowId === window.windowId);
}

/** When it began; where nothing tells, a moment at which it was there. */
function timeOf(window: Window | undefined): number {
  if (!window) return -Infinity;
  const start = startOf(window);
  return start > -Infinity ? start : (window.lastAt ?? window.archivedAt ?? -Infinity);
}

function rotationsFrom(window: Window, explained: Rotation, { byWindow }: Explanations): readonly Rotation[] {
  const all = byWindow.get(windowKey(explained.stateDir, window.windowId)) ?? [];
  const own = all.filter(({ conversation }) => conversation?.key === explained.conversation?.key);
  return window.windowId === explained.from.windowId && !own.some(({ id }) => id === explained.id)
    ? [...own, explained]
    : own;
}

function lookAlikesOf(
  { stateDir, conversation }: Rotation,
  { lookAlikes }: Explanations,
  from: number,
  to: number | undefined,
): LookAlike[] {
  if (!conversation) return [];
  return lookAlikes
    .filter((each) => each.stateDir === stateDir && each.key === conversation.key)
    .filter(({ at }) => at >= from && at < (to ?? Infinity))
    .slice(-LOOK_ALIKES);
}

/** Takes those before a moment off the front. */
function* upTo(lookAlikes: LookAlike[], at: number): Generator<TimelineItem> {
  for (let next = lookAlikes[0]; next && next.at < at; next = lookAlikes[0]) {
    lookAlikes.shift();
    yield { kind: "look-alike", lookAlike: next };
  }
}
