// `npm run test:gateway [version …]`: real OpenClaw gateways against what we restore; see restoreRounds.mjs. Two versions at a
// time. The last line is the sum; the process ends with 0 only when something passed and nothing failed.
import { writeFileSync } from "node:fs";
import { leaveOnSignals } from "../../scripts/run.mjs";
import { restoreRounds } from "./restoreRounds.mjs";
import { GaveUp, newSheet } from "./sheet.mjs";
import { testedVersions } from "./testedVersions.mjs";

leaveOnSignals();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((word) => !testedVersions.some(({ version }) => version === word));
if (unknown.length > 0) {
  console.error(
    `Not tested: ${unknown.join(", ")}. There are ${testedVersions.map(({ version }) => version).join(", ")}.`,
  );
  process.exit(2);
}
const waiting = testedVersions.filter(({ version }) => wanted.length === 0 || wanted.includes(version));
const done = [];

await Promise.all([work(), work()]);

for (const { version, passed, failed, seconds } of done) {
  console.log(`${version}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
}
const sum = (what) => done.reduce((total, counts) => total + counts[what], 0);
const [passed, failed] = [sum("passed"), sum("failed")];
if (process.env["COUNTS_FILE"]) writeFileSync(process.env["COUNTS_FILE"], JSON.stringify({ passed, failed }));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function work() {
  for (let tested = waiting.shift(); tested; tested = waiting.shift()) {
    const sheet = newSheet(tested.version);
    const from = performance.now();
    try {
      await restoreRounds(tested, sheet);
    } catch (error) {
      if (!(error instanceof GaveUp)) await sheet.check("the round ends", () => Promise.reject(error));
    }
    done.push({ version: tested.version, ...sheet.counts, seconds: (performance.now() - from) / 1_000 });
  }
}
