// `npm test`: everything, on a fresh clone. Every stage runs, also after one has failed; the last line printed is the
// sum, `N passed, N failed`. `npm test -- --only unit,host,e2e` runs some stages.
// Until the dependencies are installed, only modules of Node itself may be imported here.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { install } from "../test/gateway/install.mjs";
import { testedVersions } from "../test/gateway/testedVersions.mjs";
import { getChromium } from "./chromium.mjs";
import { installDependencies } from "./install.mjs";
import { nodeForTools } from "./newerNode.mjs";
import { packageExtension } from "./package.mjs";
import { isLeaving, leaveOnSignals, npm, toolEnvironment } from "./run.mjs";
import { manyTests, oneTest, playwrightCounts } from "./stage.mjs";
import { getServer } from "./vscodeServer.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const env = { ...toolEnvironment(), OPENCLAW_SESSIONS_PACKAGED: "1" };
const minutes = (/** @type {number} */ count) => ({ cwd: root, env, limitSeconds: count * 60 });

/** @typedef {import("./stage.mjs").Counts} Counts */
/** @type {{ name: string, title: string, downloads?: boolean, run(): Promise<Counts> }[]} */
const stages = [
  { name: "types", title: "types", run: () => oneTest(npmRun("typecheck"), minutes(5)) },
  { name: "lint", title: "lint", run: () => oneTest(npmRun("lint"), minutes(5)) },
  {
    name: "lint",
    title: "launch entries",
    run: () => oneTest(node("scripts/launchEntries.mjs", "--check"), minutes(1)),
  },
  { name: "unit", title: "unit", run: () => manyTests(node("scripts/unit.mjs"), minutes(20)) },
  { name: "package", title: "package", run: packaged },
  {
    name: "harness",
    title: "harness",
    downloads: true,
    run: async () => manyTests(await newerNode("test/harness/selftest.mjs"), minutes(6)),
  },
  {
    name: "host",
    title: "host, oldest VS Code",
    downloads: true,
    run: () => manyTests(node("scripts/host.mjs", "oldest"), minutes(12)),
  },
  {
    name: "host",
    title: "host, newest VS Code",
    downloads: true,
    run: () => manyTests(node("scripts/host.mjs", "newest"), minutes(12)),
  },
  { name: "e2e", title: "workbench", downloads: true, run: workbench },
  {
    name: "gateway",
    title: "real gateways",
    downloads: true,
    run: () => manyTests(node("scripts/gateways.mjs"), minutes(20)),
  },
];

leaveOnSignals();
const chosen = chosenStages();
await installDependencies().catch((error) => end([{ title: "install", passed: 0, failed: 1, note: String(error) }]));
const fetched = fetchAhead(chosen);

const results = [];
for (const { title, run, downloads } of chosen) {
  if (downloads) await fetched;
  console.log(`\n── ${title} ──`);
  const from = performance.now();
  const counts = await run().catch((error) => ({ passed: 0, failed: 1, note: String(error?.message ?? error) }));
  if (isLeaving()) await new Promise(() => {});
  if (counts.note) console.error(counts.note);
  results.push({ title, ...counts, seconds: (performance.now() - from) / 1_000 });
}
end(results);

function chosenStages() {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
  if (!values.only) return stages;
  const wanted = new Set(values.only.flatMap((list) => list.split(",")));
  const unknown = [...wanted].filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such stage: ${unknown.join(", ")}. There are ${[...new Set(stages.map(({ name }) => name))].join(", ")}.`,
    );
    process.exit(2);
  }
  if (["host", "e2e", "gateway"].some((name) => wanted.has(name))) wanted.add("package");
  return stages.filter(({ name }) => wanted.has(name));
}

/**
 * Downloads run beside the first stages, and are waited for before the first that needs them. What fails here is tried
 * again, and reported, by the stage that needs it.
 *
 * @param {typeof stages} chosen
 */
function fetchAhead(chosen) {
  if (!chosen.some(({ downloads }) => downloads)) return Promise.resolve([]);
  const wanted = [() => getServer("newest"), getChromium];
  if (chosen.some(({ name, downloads }) => downloads && name !== "gateway")) wanted.push(() => getServer("oldest"));
  if (chosen.some(({ name }) => name === "gateway")) wanted.push(installGateways);
  return Promise.allSettled(wanted.map((fetch) => fetch()));
}

/** One after the other: each is hundreds of megabytes. */
async function installGateways() {
  for (const { version } of testedVersions) await install(version);
}

/** Counts for nothing when it works: it is what the later stages test. @returns {Promise<Counts>} */
async function packaged() {
  await packageExtension();
  return { passed: 0, failed: 0 };
}

function workbench() {
  const cli = node("node_modules/@playwright/test/cli.js", "test", "--config", "test/e2e/playwright.config.ts");
  // The reporter in test/e2e/playwright.config.ts writes the report to COUNTS_FILE.
  return manyTests(cli, { ...minutes(30), read: playwrightCounts });
}

/** @param {string} script @returns {[string, string[]]} */
function npmRun(script) {
  const { file, args } = npm();
  return [file, [...args, "run", "--silent", script]];
}

/** @param {string} script @param {string[]} args @returns {[string, string[]]} */
function node(script, ...args) {
  return [process.execPath, [join(root, script), ...args]];
}

/** @param {string} script @returns {Promise<[string, string[]]>} */
async function newerNode(script) {
  return [await nodeForTools(), [join(root, script)]];
}

/** @param {(Counts & { title: string, seconds?: number })[]} results @returns {never} */
function end(results) {
  console.log("");
  for (const { title, passed, failed, note, seconds = 0 } of results) {
    const counts = `${passed} passed, ${failed} failed`.padStart(24);
    console.log(
      `${title.padEnd(22)}${counts}${`${seconds.toFixed(0)} s`.padStart(8)}${note ? `   ${note.split("\n")[0]}` : ""}`,
    );
  }
  const sum = (/** @type {"passed" | "failed"} */ what) => results.reduce((total, counts) => total + counts[what], 0);
  const failed = sum("failed");
  console.log(`${sum("passed")} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
