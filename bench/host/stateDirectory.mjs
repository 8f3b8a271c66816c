import { constants, copyFileSync, linkSync, mkdirSync, openSync, readSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A state directory in `folder` with these transcripts as current windows of an agent: `{ "agent:main:main": path }`.
 * Files that nobody writes to are linked; `written` makes copies.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} transcripts
 * @param {{ written?: boolean }} [options]
 * @returns {{ path: string, files: string[] }}
 */
export function stateDirectoryWith(folder, transcripts, { written = false } = {}) {
  const path = join(folder, ".openclaw");
  const sessions = join(path, "agents", "main", "sessions");
  mkdirSync(sessions, { recursive: true });
  writeFileSync(join(path, "openclaw.json"), JSON.stringify({ meta: { lastTouchedVersion: "2026.4.21" } }));
  const store = {};
  const files = [];
  for (const [key, source] of Object.entries(transcripts)) {
    const sessionId = sessionIdOf(source);
    const sessionFile = join(sessions, `${sessionId}.jsonl`);
    if (written) copyFileSync(source, sessionFile, constants.COPYFILE_FICLONE);
    else linkOrCopy(source, sessionFile);
    store[key] = { sessionId, sessionFile, updatedAt: Date.parse("2026-04-01T00:00:00.000Z"), chatType: "direct" };
    files.push(sessionFile);
  }
  writeFileSync(join(sessions, "sessions.json"), JSON.stringify(store, undefined, 2));
  return { path, files };
}

/** @param {string} source @param {string} target */
function linkOrCopy(source, target) {
  try {
    linkSync(source, target);
  } catch (error) {
    // Another disk, or one that knows no links.
    if (!["EXDEV", "EPERM", "ENOTSUP", "EMLINK"].includes(error.code)) throw error;
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}

/** @param {string} file */
function sessionIdOf(file) {
  const descriptor = openSync(file, "r");
  const start = Buffer.alloc(4_096);
  const length = readSync(descriptor, start, 0, start.length, 0);
  closeSync(descriptor);
  return JSON.parse(start.toString("utf8", 0, length).split("\n")[0] ?? "").id;
}
