// Proves that the harness can fail: runs suites that must read as red, and one that must read as green, through the
// same route as test/host. Writes its counts to COUNTS_FILE. Needs the Node that @vscode/test-cli needs.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { leaveOnSignals, run } from "../../scripts/run.mjs";
import { throwAwayFolder } from "../../scripts/throwAway.mjs";

// The server's native logger is replaced by one of ours; without it this file would stay empty.
const channelWrites = `it("writes", async () => {
  const { readdirSync, readFileSync } = require("node:fs");
  const channel = require("vscode").window.createOutputChannel("Self-test", { log: true });
  channel.info("hello from the channel");
  const logs = require("node:path").resolve(process.env.HOME, "..", "data", "logs");
  for (;;) {
    const files = readdirSync(logs, { recursive: true, withFileTypes: true }).filter((it) => it.name.includes("Self-test"));
    if (files.some((it) => readFileSync(it.parentPath + "/" + it.name, "utf8").includes("hello from the channel"))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});`;

/** `says` is what the output must contain: red for another reason than the one meant would prove nothing. */
const suites = [
  { name: "a suite that passes is green", green: true, body: `it("passes", () => {});`, says: /1 passing/ },
  ...["oldest", "newest"].map((edition) => ({
    name: `an output channel of the ${edition} VS Code reaches its file`,
    green: true,
    body: channelWrites,
    edition,
    says: /1 passing/,
  })),
  {
    name: "a failing test is red",
    body: `it("fails", () => { throw new Error("on purpose"); });`,
    says: /1 failing/,
  },
  {
    name: "process.exit(0) in a test is red",
    body: `it("passes", () => {}); it("exits", () => process.exit(0));`,
    says: /no summary of mocha was seen/,
  },
  {
    name: "SIGKILL to the host is red, even after something that looks like a summary",
    body: `it("dies", async () => {
      console.log("  3 passing (1ms)");
      await new Promise((resolve) => setTimeout(resolve, 500));
      process.kill(process.pid, "SIGKILL");
      await new Promise(() => {});
    });`,
    says: /the extension host ended with code/,
  },
  {
    name: "a host that never answers is red",
    body: `it("hangs", () => { for (;;); });`,
    limitSeconds: 12,
    says: /no answer within 12 seconds/,
  },
  { name: "a suite without tests is red", body: `describe("nothing", () => {});`, says: /no test was run/ },
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const standIn = join(root, "test", "harness", "code.mjs");
const testCli = join(root, "node_modules", "@vscode", "test-cli", "out", "bin.mjs");
leaveOnSignals();

const waiting = [...suites];
const outcomes = [];
await Promise.all([worker(), worker()]);
const failed = outcomes.filter((passed) => !passed).length;
if (process.env.COUNTS_FILE) {
  writeFileSync(process.env.COUNTS_FILE, JSON.stringify({ passed: outcomes.length - failed, failed }));
}
process.exit(failed === 0 ? 0 : 1);

async function worker() {
  for (let suite = waiting.shift(); suite; suite = waiting.shift()) outcomes.push(await holds(suite));
}

/** @param {(typeof suites)[number]} suite */
async function holds({ name, body, says, green = false, edition = "newest", limitSeconds = 60 }) {
  const folder = throwAwayFolder("selftest");
  const state = join(folder, "state");
  mkdirSync(state);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  const manifest = { name: "nothing", publisher: "test", version: "0.0.0", engines: { vscode: "^1.103.0" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "only.test.cjs"), `describe("suite", () => { ${body} });`);
  const config = {
    files: "only.test.cjs",
    workspaceFolder: state,
    launchArgs: [`--server-edition=${edition}`],
    useInstallation: { fromPath: standIn },
    mocha: { ui: "bdd" },
  };
  writeFileSync(join(folder, ".vscode-test.json"), JSON.stringify(config));

  const env = { ...process.env, OPENCLAW_SESSIONS_HOST_LIMIT: String(limitSeconds) };
  const { code, output } = await run(process.execPath, [testCli, "--config", join(folder, ".vscode-test.json")], {
    cwd: folder,
    env,
    quiet: true,
    limitSeconds: limitSeconds + 60,
  });
  const held = (code === 0) === green && says.test(output);
  console.log(`  ${held ? "✔" : "✘"} ${name} (exit code ${code})`);
  if (!held) console.log(output);
  return held;
}
