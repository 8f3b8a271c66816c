import type { Conversation, Window } from "../core/conversation/model";
import { type Explanations, windowKey } from "../core/explanations";
import type { Rotation } from "../core/rotation/rotation";

/** How a window ended, the last time it did: a transcript that was put back can be set aside again. */
export function endOf(
  explanations: Explanations,
  stateDir: string | undefined,
  { windowId }: Window,
): Rotation | undefined {
  return stateDir === undefined ? undefined : explanations.byWindow.get(windowKey(stateDir, windowId))?.at(-1);
}

/** The last rotation of a conversation. A window that several conversations claim ended in one of them. */
export function lastRotation(
  explanations: Explanations,
  stateDir: string,
  { key, windows }: Conversation,
): Rotation | undefined {
  for (const window of windows) {
    const end = endOf(explanations, stateDir, window);
    if (end && (end.conversation === undefined || end.conversation.key === key)) return end;
  }
  return undefined;
}
