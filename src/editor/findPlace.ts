import type { Agent, Conversation, SessionFile, Snapshot, StateDir, Window } from "../core/conversation/model";

/** Where a file stands in the model. */
export interface Place {
  readonly stateDir: StateDir;
  readonly agent: Agent;
  /** Undefined for windows that could not be joined. */
  readonly conversation: Conversation | undefined;
  readonly window: Window;
}

/**
 * The window a document is about. A reset renames the file of a window, and may give its name to another one; a window
 * gets another id when the first entry comes. So: the window with this id that has this file, else the one with this id,
 * else the one that has this file.
 */
export function findPlace(
  snapshot: Snapshot,
  { file, windowId }: { readonly file: string; readonly windowId?: string | undefined },
): Place | undefined {
  const byFile = search(snapshot, (window) => filesOf(window).some(({ path }) => path === file));
  if (windowId === undefined || byFile?.window.windowId === windowId) return byFile;
  // A copy of a state directory has windows with the same ids: only those of the directory the file was in are meant.
  const isHere = (agent: Agent) => agent.roots.some(({ path }) => path === directoryOf(file));
  return search(snapshot, (window, agent) => window.windowId === windowId && isHere(agent)) ?? byFile;
}

export function filesOf({ primary, copies, trajectories }: Window): readonly SessionFile[] {
  return [...(primary ? [primary] : []), ...copies, ...trajectories];
}

function search(snapshot: Snapshot, is: (window: Window, agent: Agent) => boolean): Place | undefined {
  for (const stateDir of snapshot.stateDirs) {
    for (const agent of stateDir.agents) {
      for (const conversation of agent.conversations) {
        const window = conversation.windows.find((it) => is(it, agent));
        if (window) return { stateDir, agent, conversation, window };
      }
      const window = agent.orphans.find((it) => is(it, agent));
      if (window) return { stateDir, agent, conversation: undefined, window };
    }
  }
  return undefined;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")));
}
