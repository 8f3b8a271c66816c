// `npm run test:long`: the property tests at full size. The seed is new each time and printed; PROPERTY_SEED repeats a run,
// PROPERTY_SCALE sets another length (and, set at all, enumerates every stop and error of a restore), path parts choose test files as in `npm run unit`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const seed = process.env.PROPERTY_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
// Brings the comparison of quick and full index to 100,000 transcripts and more.
const scale = process.env.PROPERTY_SCALE ?? "70";

console.log(`PROPERTY_SEED=${seed} PROPERTY_SCALE=${scale}`);
const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL("unit.mjs", import.meta.url)), ...process.argv.slice(2)],
  { stdio: "inherit", env: { ...process.env, PROPERTY_SEED: seed, PROPERTY_SCALE: scale } },
);
console.log(`PROPERTY_SEED=${seed} PROPERTY_SCALE=${scale}`);
process.exit(status ?? 1);
