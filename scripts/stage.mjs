import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";
import { throwAwayFolder } from "./throwAway.mjs";

/** @typedef {{ passed: number, failed: number, note?: string }} Counts */

/**
 * Runs a program that is one test by itself: passed when it ends with 0.
 *
 * @param {[string, string[]]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, limitSeconds: number }} options
 * @returns {Promise<Counts>}
 */
export async function oneTest([file, args], options) {
  const { code, timedOut } = await run(file, args, options);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: whyNot(code, timedOut) };
}

/**
 * Runs a program that runs tests and writes how many to the file named by COUNTS_FILE. It is believed only when
 * everything fits: it ended in time with 0 and counted at least one test; otherwise at least one test has failed.
 *
 * @param {[string, string[]]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, limitSeconds: number, read?: (text: string) => Counts }} options
 * @returns {Promise<Counts>}
 */
export async function manyTests([file, args], { env, read = JSON.parse, ...options }) {
  const counts = join(throwAwayFolder("counts"), "counts.json");
  const { code, timedOut } = await run(file, args, { ...options, env: { ...env, COUNTS_FILE: counts } });
  if (!existsSync(counts))
    return { passed: 0, failed: 1, note: `${whyNot(code, timedOut)}, without counting its tests` };
  const { passed, failed } = read(readFileSync(counts, "utf8"));
  if (failed > 0) return { passed, failed };
  if (code !== 0 || timedOut) return { passed, failed: 1, note: whyNot(code, timedOut) };
  if (!(passed > 0)) return { passed: 0, failed: 1, note: "no test was found" };
  return { passed, failed };
}

/** The counts in the report that Playwright writes as JSON. @param {string} report @returns {Counts} */
export function playwrightCounts(report) {
  const { stats, errors } = JSON.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** @param {number} code @param {boolean} timedOut */
function whyNot(code, timedOut) {
  return timedOut ? "took too long" : `ended with code ${code}`;
}
