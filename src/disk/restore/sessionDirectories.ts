import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { realPathOf } from "../regularFile";

/** Real paths of the directories in which a restore of this state directory may change files: those of sessions and of their index. */
export async function sessionDirectories(stateDir: StateDir): Promise<readonly string[]> {
  const roots = stateDir.agents.flatMap((agent) => agent.roots).filter(({ read }) => read);
  const directories = new Set(roots.flatMap((root) => [root.path, path.dirname(root.storePath)]));
  // What has no real path is not there, and nothing is changed in it.
  const real = await Promise.all([...directories].map((each) => realPathOf(each).catch(() => undefined)));
  return [...new Set(real.filter((each) => each !== undefined))];
}
