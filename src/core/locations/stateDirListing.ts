import { configNames } from "./configCandidates";

/** What a directory holds, as far as it tells whether it is a state directory. Names only. */
export interface StateDirListing {
  readonly files: readonly string[];
  readonly directories: readonly string[];
  /** Names below `agents/` that have a directory `sessions` or `agent`. */
  readonly agents: readonly string[];
}

/**
 * Whether a directory that nothing but its content speaks for is a state directory. Used for folders open in the editor: a
 * project that happens to have a folder `agents` must not become one.
 */
export function looksLikeStateDir(listing: StateDirListing): boolean {
  if (listing.agents.length > 0) return true;
  return hasConfig(listing) && listing.directories.includes("agents");
}

/**
 * Whether there is anything of OpenClaw in it: enough where the place already speaks for it (`~/.openclaw-work`, a directory the
 * user named). `sessions` alone is the layout of very old installs.
 */
export function hasStateDirMark(listing: StateDirListing): boolean {
  return hasConfig(listing) || listing.directories.includes("agents") || listing.directories.includes("sessions");
}

function hasConfig({ files }: StateDirListing): boolean {
  return configNames.some(({ name }) => files.includes(name));
}
