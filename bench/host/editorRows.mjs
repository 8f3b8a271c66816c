// What only the real editor can tell, measured inside the extension host of the newest VS Code with the bundle that is
// shipped: activation, bundle size, the first screen of a large transcript, appended entries, and blocks of the event loop.
// BENCH_PROFILE=folder leaves profiles of the processor there.

import { mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { leaveOnSignals, npm, runOrThrow, toolEnvironment } from "../../scripts/run.mjs";
import { discard, throwAwayFolder } from "../../scripts/throwAway.mjs";
import { largeStateDirectory, largeTranscript } from "../generate.mjs";
import { hostExtension } from "./hostExtension.mjs";
import { runInHost } from "./runInHost.mjs";
import { stateDirectoryWith } from "./stateDirectory.mjs";

/** @typedef {import("../row").Row} Row */

const root = fileURLToPath(new URL("../..", import.meta.url));
const LARGE_MB = 1_000;
const HOSTS = 5;
const APPENDS = 20;
const SCANS = 3;

/**
 * @param {readonly string[]} [parts] only these parts, for somebody who works on one of them
 * @returns {Promise<readonly Row[]>}
 */
export async function editorRows(parts = ["size", "activation", "firstScreen", "appends", "loop"]) {
  leaveOnSignals();
  const { file, args } = npm();
  await runOrThrow(file, [...args, "run", "build"], { cwd: root, env: toolEnvironment() });
  const extension = await hostExtension();
  const measures = { size: bundleSize, activation, firstScreen, appends, loop };
  const rows = [];
  for (const part of parts) rows.push(...(await measures[part](extension)));
  return rows;
}

function bundleSize() {
  const { size } = statSync(join(root, "dist", "extension.js"));
  return [atMost("size of dist/extension.js, minified", 500, size / 1_000, "KB")];
}

async function activation(extension) {
  const { path } = stateDirectoryWith(throwAwayFolder("state"), { "agent:main:main": await largeTranscript(1) });
  const found = [];
  for (let at = 0; at < HOSTS; at++) found.push(await runInHost(extension, path, { kind: "activation" }));
  const activated = found.map(({ activateMs }) => activateMs);
  const both = found.map(({ loadMs, activateMs }) => loadMs + activateMs);
  return [
    atMost(`activate() until it returns, median of ${HOSTS} fresh hosts`, 30, median(activated), "ms", all(activated)),
    told(
      "… with the loading of the bundle before it",
      median(both),
      `${all(both)}; ${rounded(median(found.map(({ loadCpuMs }) => loadCpuMs ?? Number.NaN)))} ms of computing to load it`,
    ),
  ];
}

async function firstScreen(extension) {
  const found = await firstScreens(extension, await largeTranscript(LARGE_MB), 3);
  const small = await firstScreens(extension, await largeTranscript(1), 1);
  const [texts, indexed] = [found.map(({ textMs }) => textMs), found.map(({ indexedMs }) => indexedMs)];
  const documents = found.map(({ documentMs }) => documentMs);
  const counts = found.flatMap(({ countsMs }) => countsMs ?? []);
  const size = `${LARGE_MB / 1_000} GB`;
  const never = counts.length < found.length;
  return [
    atMost(
      `first screen of a ${size} transcript, nothing cached: command to text`,
      1_000,
      median(texts),
      "ms",
      all(texts),
    ),
    told("… of a 1 MB transcript: what VS Code itself takes", small[0].textMs),
    told("… until VS Code has the text, without the editor that shows it", median(documents), all(documents)),
    told("… as the very first thing in a new window", found[0].coldMs),
    told("… until all lines are counted, in the background", median(indexed), all(indexed)),
    {
      what: "… until the open document says how many there are",
      required: "it does",
      measured: never ? "it does not" : `${rounded(median(counts))} ms (${all(counts)})`,
      ok: !never,
    },
    { ...blocks("… longest block of the event loop meanwhile", found[0].loop), required: "–", ok: undefined },
  ];
}

/** @param {string} source @param {number} hosts */
async function firstScreens(extension, source, hosts) {
  const folder = throwAwayFolder("state");
  const { path, files } = stateDirectoryWith(folder, { "agent:main:main": source });
  const [file] = files;
  const found = [];
  for (let at = 0; at < hosts; at++) {
    const profile = profileFile(`first-screen-${hosts}-${at}`);
    found.push(await runInHost(extension, path, { kind: "firstScreen", file, profile }));
  }
  const { textMs: coldMs } = await runInHost(extension, path, { kind: "coldOpen", file });
  discard(folder);
  return found.map((each) => ({ ...each, coldMs }));
}

async function appends(extension) {
  const folder = throwAwayFolder("state");
  const transcripts = {
    "agent:main:main": await largeTranscript(1),
    "agent:main:telegram:direct:5550001": await largeTranscript(LARGE_MB),
  };
  const { path, files } = stateDirectoryWith(folder, transcripts, { written: true });
  const found = await runInHost(extension, path, { kind: "appends", files, count: APPENDS });
  discard(folder);
  const [small, large] = found.map(({ ms }) => median(ms));
  const [smallCpu, largeCpu] = found.map(({ cpuMs }) => median(cpuMs));
  const name = "one appended entry until it is in the open document";
  const ratio = (one, other) => `${(one / other).toFixed(2)}×`;
  return [
    atMost(`${name}, 1 MB, median of ${APPENDS}`, 200, small, "ms", spread(found[0].ms)),
    atMost(`${name}, ${LARGE_MB / 1_000} GB, median of ${APPENDS}`, 200, large, "ms", spread(found[1].ms)),
    {
      what: "… large against small: time, and processor time of the host",
      required: "≤ 1.5×",
      measured: `${ratio(large, small)}, ${ratio(largeCpu, smallCpu)} (${rounded(smallCpu)} and ${rounded(largeCpu)} ms)`,
      ok: large <= 1.5 * small && largeCpu <= 1.5 * smallCpu,
    },
  ];
}

/** A busy machine only ever adds to a block: of several scans the one with the shortest is believed. */
async function loop(extension) {
  const stateDir = await largeStateDirectory({ transcripts: 10_000, megabytes: 2_000 });
  const empty = throwAwayFolder("empty");
  const found = [];
  for (let at = 0; at < SCANS; at++) {
    const profile = profileFile(`scan-${at}`);
    found.push(await runInHost(extension, empty, { kind: "scan", stateDir, profile }));
    if (longestOf(found.at(-1)) <= 50) break;
  }
  const [best] = found.sort((one, other) => longestOf(one) - longestOf(other));
  return [
    blocks("longest block of the extension host's event loop during a 2 GB scan", best.loop),
    told(
      "… the scan until the tree is there, and until all lines are counted",
      best.treeMs,
      `${rounded(best.indexedMs)} ms`,
    ),
    { ...blocks("… the same host with nothing to do", best.idle), required: "–", ok: undefined },
  ];
}

/** @param {string} name */
function profileFile(name) {
  const folder = process.env.BENCH_PROFILE;
  if (!folder) return undefined;
  mkdirSync(folder, { recursive: true });
  return join(resolve(folder), `${name}.cpuprofile`);
}

function longestOf({ loop: { own } }) {
  return own[0]?.own ?? 0;
}

/**
 * Judged without the time for which the system gave the processor to other programs; that is told as well.
 *
 * @param {string} what
 * @param {import("./loopBlocks").LoopReport} report
 * @returns {Row}
 */
function blocks(what, { own, wall, cpu }) {
  const [longest] = own;
  const required = "≤ 50 ms";
  if (!longest) return { what, required, measured: "none above 5 ms", ok: true };
  const more = [
    `most computing ${rounded(cpu[0].cpu ?? Number.NaN)} ms`,
    `with waiting for a processor ${rounded(wall[0].wall)} ms`,
  ];
  const measured = [own.slice(0, 3).map(block).join(", "), ...more].join("; ");
  return { what, required, measured, ok: longest.own <= 50 };
}

/** @param {import("./loopBlocks").Block} block */
function block({ own, cpu, at }) {
  return `${rounded(own)} ms${cpu === undefined ? "" : ` (${rounded(cpu)} computing)`} at ${rounded(at / 1_000)} s`;
}

/** @returns {Row} */
function atMost(what, limit, value, unit, more) {
  const measured = `${rounded(value)} ${unit}${more === undefined ? "" : ` (${more})`}`;
  return { what, required: `≤ ${limit.toLocaleString("en-US")} ${unit}`, measured, ok: value <= limit };
}

/** A figure nobody set a limit for. @returns {Row} */
function told(what, value, more) {
  const measured = `${rounded(value)} ms${more === undefined ? "" : ` (${more})`}`;
  return { what, required: "–", measured, ok: undefined };
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function all(values) {
  return values.map(rounded).join(", ");
}

function spread(values) {
  return `${rounded(Math.min(...values))} to ${rounded(Math.max(...values))}`;
}

function rounded(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Math.round(value * 10) / 10);
}
