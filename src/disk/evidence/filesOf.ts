import type { SessionFile, StateDir } from "../../core/conversation/model";

/** Directories that may be read for a state directory: itself, and stores elsewhere that the scan reads as well. */
export function readableDirectories(stateDir: StateDir): readonly string[] {
  const outside = stateDir.agents.flatMap(({ roots }) => roots.filter(({ read }) => read).map((root) => root.path));
  return [...new Set([stateDir.realPath, ...outside])];
}

/** Files in the sessions directories that hold no conversation: locks, backups of the index. */
export function sideFiles(stateDir: StateDir): readonly SessionFile[] {
  return byPath(stateDir.agents.flatMap(({ otherFiles }) => otherFiles)).filter(({ name }) => name.kind === "side");
}

/** Run traces, of every window that has some. */
export function trajectories(stateDir: StateDir): readonly SessionFile[] {
  const found: SessionFile[] = [];
  for (const { conversations, orphans } of stateDir.agents) {
    for (const window of orphans) found.push(...window.trajectories);
    for (const { windows } of conversations) for (const window of windows) found.push(...window.trajectories);
  }
  return byPath(found);
}

/** Agents may share a directory, and windows a file. */
function byPath(files: readonly SessionFile[]): readonly SessionFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
