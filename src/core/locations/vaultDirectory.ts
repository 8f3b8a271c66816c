import { storageDirectory } from "./storageDirectory";

/**
 * Where the vaults of all state directories are, the same for the editor and for the command line: what one restores the other
 * can undo. Undefined when there is no such place.
 *
 * @param override the setting `openclawSessions.backupDirectory` or `--backup-dir`; absolute; empty counts as unset
 */
export function vaultDirectory(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
  override: string | undefined,
): string | undefined {
  return override === undefined || override === "" ? storageDirectory(platform, env, homeDir) : override;
}
