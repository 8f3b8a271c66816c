import { lstat } from "node:fs/promises";
import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { isAbsent } from "../readErrors";
import { listDirectory } from "../scanListing";

export interface FileToCopy {
  /** Absolute. */
  readonly from: string;
  /** Below the copy. */
  readonly to: string;
  readonly bytes: number;
  /** Permission bits. */
  readonly mode: number;
  /** Epoch ms. */
  readonly mtimeMs: number;
}

/** A sessions directory has one or two levels below it. */
const DEEPEST = 4;

/** Regular files of the sessions directories that lie in the state directory, and its config. Locks stay: nobody holds them there. */
export async function filesToCopy(stateDir: StateDir): Promise<readonly FileToCopy[]> {
  const found = new Map<string, FileToCopy>();
  const take = async (directory: string, below: string, depth: number): Promise<void> => {
    const listing = await listDirectory(directory);
    if (listing.outcome !== "listed") return;
    for (const { base, type, bytes, mode, mtimeMs } of listing.names) {
      const from = path.join(directory, base);
      const to = path.join(below, base);
      if (type === "directory" && depth < DEEPEST) await take(from, to, depth + 1);
      if (type !== "file" || /\.(?:lock|tmp)$/.test(base)) continue;
      found.set(to, { from, to, bytes, mode, mtimeMs });
    }
  };
  for (const root of stateDir.agents.flatMap(({ roots }) => roots)) {
    const below = path.relative(stateDir.path, root.path);
    if (!root.read || root.outside || below === "" || below.startsWith("..")) continue;
    await take(root.path, below, 0);
  }
  if (stateDir.configPath !== undefined) {
    const stats = await lstat(stateDir.configPath);
    const to = path.basename(stateDir.configPath);
    if (stats.isFile()) {
      const { size: bytes, mode, mtimeMs } = stats;
      found.set(to, { from: stateDir.configPath, to, bytes, mode: mode & 0o7777, mtimeMs });
    }
  }
  return [...found.values()];
}

/** A file that vanished meanwhile is not in the copy. */
export async function copiedFile(from: string, copy: (from: string) => Promise<void>): Promise<boolean> {
  try {
    await copy(from);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
