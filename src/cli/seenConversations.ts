import type { Conversation, Snapshot } from "../core/conversation/model";
import type { Rotation } from "../core/rotation/rotation";

/**
 * Whose session each one was while it was watched. A reset may take away the only file that told: what was seen before it
 * still holds.
 */
export class SeenConversations {
  readonly #bySession = new Map<string, Conversation>();
  readonly #known = new WeakSet<Conversation>();

  /** Unchanged conversations are the same objects, and cost nothing. */
  saw({ stateDirs }: Snapshot): void {
    for (const { path, agents } of stateDirs) {
      for (const { conversations } of agents) {
        for (const conversation of conversations) {
          if (this.#known.has(conversation)) continue;
          this.#known.add(conversation);
          // Only the current one can be reset.
          const current = conversation.row?.sessionId ?? conversation.windows[0]?.sessionId;
          if (current !== undefined) this.#bySession.set(nameOf(path, conversation.agentId, current), conversation);
        }
      }
    }
  }

  /** The reset with the conversation that it was seen in, where the files do not tell any more. */
  named(rotation: Rotation): Rotation {
    if (rotation.conversation) return rotation;
    const { stateDir, agentId, from } = rotation;
    const conversation = this.#bySession.get(nameOf(stateDir, agentId, from.sessionId));
    return conversation ? { ...rotation, conversation } : rotation;
  }
}

function nameOf(stateDir: string, agentId: string, sessionId: string): string {
  return JSON.stringify([stateDir, agentId, sessionId]);
}
