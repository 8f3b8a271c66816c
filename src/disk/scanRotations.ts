import type { Agent, Conversation, Snapshot, Window } from "../core/conversation/model";
import type { InspectorChange } from "../core/inspectorPort";
import type { StoreRow } from "../core/store/storeRow";
import type { SeenRotation } from "./explainWitness";

/** What everybody is told, and what only we know. A conversation that left the index is no reset to be told. */
interface Rotation {
  readonly told: InspectorChange["rotations"][number] | undefined;
  readonly seen: SeenRotation;
}

interface Remembered {
  readonly sessionId: string;
  readonly windowId: string;
  readonly row: StoreRow;
  /** The conversation is gone from the index; noticed once. */
  isGone: boolean;
}

/** When more go at once, the store was lost or could not be read. */
const MOST_GONE = 50;

/**
 * Notices that the current window of a conversation was replaced by another.
 *
 * A reset is several steps on disk, in an order that differs by version: the transcript is renamed, the store row changes, a
 * new file appears, empty at first. We may look between any two of them, so the last window that was certainly current is
 * remembered until another one certainly is.
 */
export class RotationMemory {
  /** By agent, then by key. */
  private readonly remembered = new Map<string, Map<string, Remembered>>();
  /** What did not change since the last call is the same object. */
  private readonly seen = new WeakSet<Conversation | Agent>();

  /** What rotated since the last call. The first sight of a conversation is no rotation. */
  observe(snapshot: Snapshot): Rotation[] {
    const rotations: Rotation[] = [];
    for (const { path, realPath, agents } of snapshot.stateDirs) {
      for (const agent of agents) {
        if (this.seen.has(agent)) continue;
        this.seen.add(agent);
        const known = this.rememberedOf(realPath, agent);
        for (const conversation of agent.conversations) {
          if (this.seen.has(conversation)) continue;
          this.seen.add(conversation);
          const before = rotated(known, conversation);
          if (before === undefined) continue;
          const { key } = conversation;
          rotations.push({
            told: { agentId: agent.id, key, stateDir: path },
            seen: {
              stateDir: realPath,
              agentId: agent.id,
              key,
              sessionIdBefore: before.sessionId,
              sessionIdAfter: conversation.row?.sessionId,
              rowBefore: before.row,
            },
          });
        }
        rotations.push(...gone(known, { stateDir: realPath, agent }));
      }
    }
    return rotations;
  }

  private rememberedOf(stateDir: string, { id }: Agent): Map<string, Remembered> {
    const name = `${stateDir}\n${id}`;
    let known = this.remembered.get(name);
    if (known === undefined) this.remembered.set(name, (known = new Map<string, Remembered>()));
    return known;
  }
}

/** What was current before, when it is no longer. */
function rotated(known: Map<string, Remembered>, conversation: Conversation): Remembered | undefined {
  const before = known.get(conversation.key);
  const current = certainlyCurrent(conversation);
  const { row } = conversation;
  if (current === undefined || row === undefined) return undefined;
  const { sessionId, windowId } = current;
  known.set(conversation.key, { sessionId, windowId, row, isGone: false });
  if (before === undefined) return undefined;
  const isAnother = before.sessionId !== sessionId || isEarlierNow(before, current, conversation);
  return isAnother ? before : undefined;
}

/** Conversations that left the index: nothing on disk may tell any more whose their last session was. */
function gone(
  known: ReadonlyMap<string, Remembered>,
  { stateDir, agent }: { readonly stateDir: string; readonly agent: Agent },
): Rotation[] {
  const rows = new Set(agent.conversations.flatMap(({ key, row }) => (row === undefined ? [] : [key])));
  const left = [...known].filter(([key, { isGone }]) => !isGone && !rows.has(key));
  for (const [, remembered] of left) remembered.isGone = true;
  if (left.length > MOST_GONE) return [];
  return left.map(([key, { sessionId, row }]) => ({
    told: undefined,
    seen: { stateDir, agentId: agent.id, key, sessionIdBefore: sessionId, sessionIdAfter: undefined, rowBefore: row },
  }));
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
