import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { copyState } from "./copyState.mjs";

const fixtures = fileURLToPath(new URL("../test/fixtures/", import.meta.url));
const database = "openclaw-agent.sqlite";

/**
 * Copies a recorded state directory as the gateway left it: large databases are stored compressed in the repository.
 * Anybody's own directory is copied as it is.
 *
 * @param {string} from
 * @param {string} to
 * @returns {string[]} what was left behind
 */
export function copyRecording(from, to) {
  const left = copyState(from, to);
  if (!from.startsWith(fixtures)) return left;
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name !== `${database}.gz`) continue;
    const packed = join(entry.parentPath, entry.name);
    writeFileSync(join(entry.parentPath, database), gunzipSync(readFileSync(packed)));
    rmSync(packed);
  }
  return left;
}
