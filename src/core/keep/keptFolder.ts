import type { PlatformPath } from "node:path";

/** Where copies of a state directory are, within the folder of kept copies; `hash`: SHA-256 of its real path, hex. */
export function keptFolderOf(path: PlatformPath, folder: string, hash: string): string {
  return path.join(folder, hash.slice(0, 16));
}

/**
 * The directory of an agent in there. Ids come from names of directories and from a config: one that could lead elsewhere, or that some
 * file system would not take, goes by its hash.
 */
export function keptAgentName(agentId: string, hashOf: (text: string) => string): string {
  return isPlainAgentName(agentId) ? agentId : `~${hashOf(agentId).slice(0, 16)}`;
}

/** Names that stand for themselves. On some file systems letters of either case are equal, so there is one case only. */
export function isPlainAgentName(name: string): boolean {
  return /^[a-z0-9_][a-z0-9_-]{0,63}$/.test(name) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(name);
}
