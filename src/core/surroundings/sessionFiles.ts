import type { SessionFile, StateDir, Window } from "../conversation/model";

/** Every transcript, archive, checkpoint and run trace of a state directory; a file that several windows name comes more than once. */
export function* sessionFilesOf(stateDir: StateDir): Iterable<SessionFile> {
  for (const agent of stateDir.agents) {
    for (const { windows } of agent.conversations) for (const window of windows) yield* filesOf(window);
    for (const window of agent.orphans) yield* filesOf(window);
  }
}

function* filesOf({ primary, copies, trajectories }: Window): Iterable<SessionFile> {
  if (primary !== undefined) yield primary;
  yield* copies;
  yield* trajectories;
}
