import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const project = "openclaw-session-inspector";

/** Where downloads live between runs; outside the repository, so that a fresh clone finds what an earlier one fetched. */
export function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, project);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", project);
  if (process.platform === "win32") return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), project);
  return join(homedir(), ".cache", project);
}

/**
 * The folder `name` of the cache, made by `make` when it is not there. It is built beside its final place and renamed
 * at the end, so an interrupted run leaves nothing that a later run could take for complete.
 *
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make
 */
export async function cached(name, make) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  try {
    await make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another run may have finished the same folder meanwhile; then rename refuses and its result serves us too.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
