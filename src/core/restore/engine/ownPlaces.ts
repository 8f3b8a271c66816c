import * as l10n from "@vscode/l10n";
import type { RestoreFiles } from "../restoreFiles";
import type { RestorePlan } from "../restorePlan";
import { noDirectory, NotAsPlanned } from "./changeFile";
import type { VaultPaths } from "./vaultPaths";

/**
 * Whether a plan changes files of the state directory only, and each by a path without links. A plan may come from a journal, and
 * what a journal says is not believed: it may be damaged, somebody else's, or written by somebody who wants us to remove a file.
 * Throws NotAsPlanned; nothing has been touched by then.
 */
export async function expectOwnPlaces(
  { files, paths: { path } }: { readonly files: RestoreFiles; readonly paths: Pick<VaultPaths, "path"> },
  plan: RestorePlan,
  directories: readonly string[],
): Promise<void> {
  for (const { path: file } of plan.changes) {
    const directory = path.dirname(file);
    // `a/../b` is another place than it looks like.
    const isPlain = path.normalize(file) === file && !file.includes("\0");
    if (!isPlain || !directories.includes(directory)) throw new NotAsPlanned(outside(file));
    for (let at = directory; path.dirname(at) !== at; at = path.dirname(at)) {
      if ((await files.look(at)).kind !== "directory") throw new NotAsPlanned(noDirectory(at));
    }
  }
}

function outside(file: string): string {
  return l10n.t(
    "{0} is not in a sessions directory of this state directory. Nothing is written or removed elsewhere, whatever a journal says.",
    file,
  );
}
