import { existsSync, readFileSync } from "node:fs";
import { format } from "node:util";
import { join } from "node:path";
import { chromiumArguments, getChromium } from "../../scripts/chromium.mjs";
import { startServer } from "../../scripts/startServer.mjs";
import { discard, throwAwayFolder } from "../../scripts/throwAway.mjs";
import { getServer } from "../../scripts/vscodeServer.mjs";

const LIMIT_SECONDS = 180;

/**
 * Measures in a fresh extension host of the newest VS Code: server, workbench page and host are started for this one job, with
 * nothing cached, and ended.
 *
 * @param {{ path: string, program: string }} extension
 * @param {string} folder what the workbench opens
 * @param {Record<string, unknown>} job what measureInHost.ts is to do
 * @returns {Promise<any>} what it found
 */
export async function runInHost(extension, folder, job) {
  const { chromium } = await import("@playwright/test");
  const [server, executablePath] = await Promise.all([getServer("newest"), getChromium()]);
  const results = throwAwayFolder("result");
  const result = join(results, "result.json");
  const env = { BENCH_JOB: JSON.stringify(job), BENCH_RESULT: result };
  const running = await startServer({ server, testDriver: true, env });
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    let output = "";
    await page.exposeFunction("codeAutomationLog", (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      output += `${format(...args)}\n`;
    });
    const finished = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${running.port}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(extension.path)],
      ["extensionTestsPath", remote(extension.program)],
    ];
    await page.goto(running.url(folder, { payload: JSON.stringify(payload) }));
    const ended = await Promise.race([finished.then(() => "ended"), after(LIMIT_SECONDS)]);
    // A host that died is reported like one that succeeded: only what it wrote down proves that it measured.
    if (existsSync(result)) return JSON.parse(readFileSync(result, "utf8"));
    const why = ended === "ended" ? "ended without a result" : `gave no result within ${LIMIT_SECONDS} seconds`;
    throw new Error(`The extension host ${why}:\n${output.slice(-4_000)}\n${running.output().slice(-2_000)}`);
  } finally {
    await browser.close().catch(() => {});
    await running.stop();
    discard(results);
  }
}

/** @param {number} seconds */
function after(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000).unref());
}
