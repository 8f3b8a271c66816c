import * as l10n from "@vscode/l10n";
import type { Agent, Snapshot, StateDir, Window } from "../conversation/model";
import { ReadError } from "../inspectorPort";
import type { KeepRequest } from "./keptCopy";

export interface FoundWindow {
  readonly stateDir: StateDir;
  readonly agent: Agent;
  readonly window: Window;
}

/** Throws ReadError when there is no such window any more. */
export function windowOf(snapshot: Snapshot, { stateDir: path, agentId, windowId }: KeepRequest): FoundWindow {
  const stateDir = snapshot.stateDirs.find((each) => each.path === path);
  const agent = stateDir?.agents.find(({ id }) => id === agentId);
  for (const window of agent === undefined ? [] : windowsOf(agent)) {
    if (stateDir !== undefined && agent !== undefined && window.windowId === windowId)
      return { stateDir, agent, window };
  }
  throw new ReadError("vanished", path, l10n.t("{0} has no window {1} any more.", path, windowId));
}

export function* windowsOf({ conversations, orphans }: Agent): Generator<Window> {
  for (const { windows } of conversations) yield* windows;
  yield* orphans;
}
