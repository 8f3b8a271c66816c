import type { Conversation, Snapshot, StateDir } from "../core/conversation/model";
import type { FindingSubject } from "../core/findings/finding";

/** The conversation that a finding is about. */
export function findConversation(
  { stateDirs }: Snapshot,
  { stateDir, agentId, key }: FindingSubject,
): Conversation | undefined {
  if (agentId === undefined || key === undefined) return undefined;
  const home = stateDirs.find(({ path }) => path === stateDir);
  return home && indexOf(home).get(keyOf(agentId, key));
}

/** The model is never mutated: an index of it is made once. */
const indexes = new WeakMap<StateDir, ReadonlyMap<string, Conversation>>();

function indexOf(stateDir: StateDir): ReadonlyMap<string, Conversation> {
  const known = indexes.get(stateDir);
  if (known) return known;
  const index = new Map<string, Conversation>();
  for (const { id, conversations } of stateDir.agents) {
    for (const conversation of conversations) index.set(keyOf(id, conversation.key), conversation);
  }
  indexes.set(stateDir, index);
  return index;
}

function keyOf(agentId: string, key: string): string {
  return `${agentId}\n${key}`;
}
