import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @type {Set<string>} */
const folders = new Set();

/** A new empty folder that disappears when this process ends, unless `discard` removes it earlier. */
export function throwAwayFolder(label = "folder") {
  // Short on purpose: VS Code puts Unix sockets below it, and their paths must stay under 107 bytes.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `ocsi-${label}-`)));
  folders.add(folder);
  return folder;
}

/** @param {string} folder */
export function discard(folder) {
  folders.delete(folder);
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch {
    // A process that is still ending may be writing there. The system's own cleaning of temporary folders remains.
  }
}

process.on("exit", () => {
  for (const folder of [...folders]) discard(folder);
});
