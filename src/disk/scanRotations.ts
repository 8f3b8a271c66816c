import type { Agent, Conversation, Snapshot, Window } from "../core/conversation/model";
import type { InspectorChange } from "../core/inspectorPort";
import type { StoreRow } from "../core/store/storeRow";
import type { SeenRotation } from "./explainWitness";

/** What everybody is told, and what only we know. */
interface Rotation {
  readonly told: InspectorChange["rotations"][number];
  readonly seen: SeenRotation;
}

interface Remembered {
  readonly sessionId: string;
  readonly windowId: string;
  readonly row: StoreRow;
}

/**
 * Notices that the current window of a conversation was replaced by another.
 *
 * A reset is several steps on disk, in an order that differs by version: the transcript is renamed, the store row changes, a
 * new file appears, empty at first. We may look between any two of them, so the last window that was certainly current is
 * remembered until another one certainly is.
 */
export class RotationMemory {
  private readonly remembered = new Map<string, Remembered>();
  /** What did not change since the last call is the same object. */
  private readonly seen = new WeakSet<Conversation>();

  /** What rotated since the last call. The first sight of a conversation is no rotation. */
  observe(snapshot: Snapshot): Rotation[] {
    const rotations: Rotation[] = [];
    for (const { path, realPath, agents } of snapshot.stateDirs) {
      for (const agent of agents) {
        for (const conversation of agent.conversations) {
          if (this.seen.has(conversation)) continue;
          this.seen.add(conversation);
          const before = this.rotated(realPath, agent, conversation);
          if (before === undefined) continue;
          const { key } = conversation;
          rotations.push({
            told: { agentId: agent.id, key, stateDir: path },
            seen: {
              stateDir: realPath,
              agentId: agent.id,
              key,
              sessionIdBefore: before.sessionId,
              rowBefore: before.row,
            },
          });
        }
      }
    }
    return rotations;
  }

  /** What was current before, when it is no longer. */
  private rotated(stateDir: string, agent: Agent, conversation: Conversation): Remembered | undefined {
    const name = `${stateDir}\n${agent.id}\n${conversation.key}`;
    const before = this.remembered.get(name);
    const current = certainlyCurrent(conversation);
    const { row } = conversation;
    if (current === undefined || row === undefined) return undefined;
    const { sessionId, windowId } = current;
    this.remembered.set(name, { sessionId, windowId, row });
    if (before === undefined) return undefined;
    const isAnother = before.sessionId !== sessionId || isEarlierNow(before, current, conversation);
    return isAnother ? before : undefined;
  }
}

function certainlyCurrent({ row, windows }: Conversation): Window | undefined {
  const [window] = windows;
  // Without a row nothing is current; a window that is missing may be any of those the row remembers.
  if (row === undefined) return undefined;
  if (window?.kind === "missing") return window.sessionId === row.sessionId ? window : undefined;
  // Before its header is written, a file does not tell whose it is: up to 2026.5.7 a new session may take an old one's name.
  return window?.kind === "live" && window.primary?.head?.headerId !== undefined ? window : undefined;
}

/** One id, two windows: the transcript was restored and reset again, or begun anew after it had gone. */
function isEarlierNow(before: Remembered, current: Window, { windows }: Conversation): boolean {
  if (current.kind !== "live" || before.windowId === current.windowId) return false;
  return windows.some((window) => window !== current && window.windowId === before.windowId);
}
