import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { errorCode } from "../readErrors";

/**
 * A directory of our own with those above it. Node's recursive `mkdir` tries for ever where a directory is there and nothing can
 * be made in it because "there is no such directory" (`/proc/1`).
 */
export async function makeDirectory(directory: string): Promise<void> {
  if (await madeOrThere(directory)) return;
  const parent = path.dirname(directory);
  if (parent !== directory) await makeDirectory(parent);
  if (!(await madeOrThere(directory))) throw new Error(`${directory} cannot be made`);
}

/** False when the directory above is missing. */
async function madeOrThere(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, { mode: 0o700 });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return true;
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
