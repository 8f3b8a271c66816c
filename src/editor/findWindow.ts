import type { Snapshot } from "../core/conversation/model";
import type { Place } from "./findPlace";

/** Names a window in requests and addresses. */
export interface WindowName {
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly windowId: string;
  /** The conversation in which it is meant, where several claim it. */
  readonly key?: string | undefined;
}

export function findWindow(
  { stateDirs }: Snapshot,
  { stateDir: path, agentId, windowId, key }: WindowName,
): Place | undefined {
  const stateDir = stateDirs.find((each) => each.path === path);
  const agent = stateDir?.agents.find(({ id }) => id === agentId);
  if (!stateDir || !agent) return undefined;
  const inOrder =
    key === undefined ? agent.conversations : agent.conversations.toSorted((a) => (a.key === key ? -1 : 0));
  for (const conversation of inOrder) {
    const window = conversation.windows.find((each) => each.windowId === windowId);
    if (window) return { stateDir, agent, conversation, window };
  }
  const window = agent.orphans.find((each) => each.windowId === windowId);
  return window && { stateDir, agent, conversation: undefined, window };
}
