import type { Agent, Conversation, Window } from "../conversation/model";
import type { FindingInput } from "./findingInput";

export interface OfAgent {
  readonly agent: Agent;
  readonly conversation: Conversation;
}

/**
 * The conversations in which people lose words, of agents whose sessions are in files. Isolated runs (heartbeats, cron jobs,
 * sub-agents) take a new session by design, and where sessions are in tables the files beside them are left-overs.
 */
export function* peopleConversations({ stateDir }: FindingInput): Generator<OfAgent> {
  for (const agent of stateDir.agents) {
    if (agent.sqlite !== undefined) continue;
    for (const conversation of agent.conversations) {
      if (isOfPeople(conversation)) yield { agent, conversation };
    }
  }
}

export function isOfPeople({ group }: Conversation): boolean {
  return group === "people" || group === "other";
}

/** The window that the store row means, whether or not its transcript exists. */
export function currentWindow({ row, windows }: Conversation): Window | undefined {
  const [first] = windows;
  if (first === undefined || row?.sessionId === undefined || first.sessionId !== row.sessionId) return undefined;
  return first.kind === "live" || first.kind === "missing" || first.kind === "trajectory-only" ? first : undefined;
}

/** Where the store of the conversation lies, to link to. */
export function storePathOf({ roots }: Agent, window?: Window): string | undefined {
  const file = window?.primary?.path ?? window?.trajectories[0]?.path;
  return (roots.find(({ path }) => file?.startsWith(path) === true) ?? roots[0])?.storePath;
}
