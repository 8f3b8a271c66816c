import type { Conversation, Snapshot, Window } from "../core/conversation/model";
import type { FindingSubject } from "../core/findings/finding";
import { findConversation } from "./findConversation";

/** The window that a finding is about; of one about a whole conversation, its newest that is on disk. */
export function windowOfFinding(
  snapshot: Snapshot,
  subject: FindingSubject,
): { readonly conversation: Conversation | undefined; readonly window: Window | undefined } {
  const { stateDir, agentId, windowId } = subject;
  const conversation = findConversation(snapshot, subject);
  if (windowId === undefined) return { conversation, window: conversation?.windows.find(({ primary }) => primary) };
  const agent = snapshot.stateDirs.find(({ path }) => path === stateDir)?.agents.find(({ id }) => id === agentId);
  const window = [...(conversation?.windows ?? []), ...(agent?.orphans ?? [])].find((it) => it.windowId === windowId);
  return { conversation, window };
}
