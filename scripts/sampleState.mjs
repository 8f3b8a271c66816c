import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The state directory that the demo and the tests open a copy of. Real recorded data, arranged to tell a story. */
export function sampleState() {
  const folder = fileURLToPath(new URL("../test/fixtures/sample/state", import.meta.url));
  if (!existsSync(folder)) throw new Error(`The sample state directory is missing: ${folder}`);
  return folder;
}
