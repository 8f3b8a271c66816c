import type { Conversation, StateDir } from "../conversation/model";
import type { Finding } from "../findings/finding";

/** The conversation that a finding is about, when it names one that is there. */
export function conversationOfFinding(
  { subject }: Pick<Finding, "subject">,
  stateDirs: readonly StateDir[],
): Conversation | undefined {
  if (subject.key === undefined) return undefined;
  return conversationsByKey(stateDirs).get(name(subject.stateDir, subject.agentId, subject.key));
}

/** Made once per snapshot: a directory may have thousands of findings and of conversations. */
const known = new WeakMap<readonly StateDir[], ReadonlyMap<string, Conversation>>();

function conversationsByKey(stateDirs: readonly StateDir[]): ReadonlyMap<string, Conversation> {
  let found = known.get(stateDirs);
  if (!found) {
    const made = new Map<string, Conversation>();
    for (const { path, agents } of stateDirs) {
      for (const { id, conversations } of agents) {
        for (const conversation of conversations) {
          made.set(name(path, id, conversation.key), conversation);
          made.set(name(path, undefined, conversation.key), conversation);
        }
      }
    }
    known.set(stateDirs, (found = made));
  }
  return found;
}

function name(stateDir: string, agentId: string | undefined, key: string): string {
  return JSON.stringify([stateDir, agentId ?? null, key]);
}
