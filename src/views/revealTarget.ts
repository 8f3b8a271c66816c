import type { Place } from "../editor/findPlace";
import { conversationId } from "./conversationNode";
import { agentNodeId, stateDirId } from "./conversationTree";
import { filteredId, groupId, newestFirst, orphansId } from "./agentNodes";
import { childrenAtOnce } from "./treeNode";
import { windowNodeId } from "./windowNodes";

/** A node to reveal. */
export interface RevealTarget {
  readonly id: string;
  /** Ids of the nodes above it. A level that the tree leaves out, as it has a single member, may be among them. */
  readonly ancestors: ReadonlySet<string>;
  /** How many children an ancestor must show for the node to be there, where that is more than at first. */
  readonly limits: ReadonlyMap<string, number>;
}

export function revealTarget({ stateDir, agent, conversation, window }: Place): RevealTarget {
  const limits = new Map<string, number>();
  const mustShow = <T>(parent: string, items: readonly T[], item: T) => {
    const needed = items.indexOf(item) + 1;
    if (needed > childrenAtOnce) limits.set(parent, Math.ceil(needed / childrenAtOnce) * childrenAtOnce);
  };
  const agentNode = agentNodeId(stateDir, agent);
  const top = [stateDirId(stateDir), agentNode];
  if (!conversation) {
    const orphans = orphansId(agentNode);
    mustShow(orphans, agent.orphans, window);
    return { id: windowNodeId(orphans, window), ancestors: ancestors(...top, orphans), limits };
  }
  const group = groupId(agentNode, conversation.group);
  const conversationNode = conversationId(stateDir.realPath, conversation);
  const siblings = newestFirst(agent.conversations.filter((each) => each.group === conversation.group));
  mustShow(conversation.group === "people" ? agentNode : group, siblings, conversation);
  mustShow(conversationNode, conversation.windows, window);
  return {
    id: windowNodeId(conversationNode, window),
    ancestors: ancestors(...top, group, conversationNode),
    limits,
  };
}

/** With the ids that they have while a filter is set. */
function ancestors(...ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => [id, filteredId(id)]));
}
