#!/usr/bin/env node
// Stands in for the desktop executable `code` where that cannot be downloaded: takes the arguments that
// @vscode/test-electron gives it, runs the tests in the extension host of VS Code's server, and answers with the
// exit code. `--server-edition=oldest|newest` is ours. Exit codes: 0 passed, 1 failed or not proven, 124 took too long.

import { parseArgs, format } from "node:util";
import { chromiumArguments, getChromium } from "../../scripts/chromium.mjs";
import { startServer } from "../../scripts/startServer.mjs";
import { getServer } from "../../scripts/vscodeServer.mjs";
import { verdict } from "./verdict.mjs";

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: "string", multiple: true },
    extensionTestsPath: { type: "string" },
    "server-edition": { type: "string", default: "newest" },
  },
});
const limitSeconds = Number(process.env.OPENCLAW_SESSIONS_HOST_LIMIT ?? 300);
const folder = positionals.at(-1) ?? process.cwd();

process.exitCode = await main();

async function main() {
  const [server, executablePath, { chromium }] = await Promise.all([
    getServer(values["server-edition"] === "oldest" ? "oldest" : "newest"),
    getChromium(),
    import("@playwright/test"),
  ]);
  const running = await startServer({ server, testDriver: true });
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const leave = onSignals();
  try {
    let output = "";
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.exposeFunction("codeAutomationLog", (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      if (fromWorkbench(line)) return;
      output += `${line}\n`;
      console.log(line);
    });
    const finished = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const crashed = new Promise((resolve) => page.on("crash", resolve)).then(() =>
      fail("the page of the workbench crashed", 1),
    );
    const tooLong = after(limitSeconds).then(() => fail(`no answer within ${limitSeconds} seconds`, 124));
    const signalled = leave.then((code) => fail("stopped by a signal", code));

    await page.goto(running.url(folder, { payload: JSON.stringify(payload(running.port)) }));
    const reported = await Promise.race([finished.then(Number), crashed, tooLong, signalled]);
    // The server writes how the host ended a moment after the workbench noticed.
    await after(0.3);
    const { code, why } = verdict({ reported, output, serverLog: running.output() });
    if (why) fail(why, code);
    return code;
  } finally {
    await browser.close().catch(() => {});
    await running.stop();
  }
}

/** @param {number} port */
function payload(port) {
  const remote = (/** @type {unknown} */ path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const developed = [values.extensionDevelopmentPath ?? []].flat();
  return [
    ...developed.map((path) => ["extensionDevelopmentPath", remote(path)]),
    ["extensionTestsPath", remote(values.extensionTestsPath)],
  ];
}

/** @param {string} why @param {number} code */
function fail(why, code) {
  console.error(`code (stand-in): ${why}`);
  return code;
}

/** @param {number} seconds */
function after(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000).unref());
}

/** @returns {Promise<number>} */
function onSignals() {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve(130));
    process.once("SIGTERM", () => resolve(143));
  });
}

/** Log lines of the workbench arrive on the same channel as those of the tests. @param {string} line */
function fromWorkbench(line) {
  return /^(Resolv(ing|ed) connection token|Creating a socket|Ignoring fetching additional builtin|Updating additional builtin|No search provider registered|ChatSessionStore:|\[(Service Worker|reconnection-grace-time|AgentHost|AccountPolicyGate)\b)/.test(
    line,
  );
}
