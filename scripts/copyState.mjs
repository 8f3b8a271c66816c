import { accessSync, constants, cpSync, lstatSync } from "node:fs";

/**
 * Copies a state directory with its times. Sockets, pipes and what we may not read stay behind, and are returned.
 *
 * @param {string} from
 * @param {string} to
 * @returns {string[]} what was left behind
 */
export function copyState(from, to) {
  /** @type {string[]} */
  const left = [];
  cpSync(from, to, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter(source) {
      const copied = copyable(source);
      if (!copied) left.push(source);
      return copied;
    },
  });
  return left;
}

/** @param {string} path */
function copyable(path) {
  try {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return true;
    if (!stat.isFile() && !stat.isDirectory()) return false;
    accessSync(path, stat.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
