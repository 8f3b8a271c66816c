// The extension's entry in a benchmark: the shipped bundle, timed. What was measured is left for measureInHost.ts.

const { performance } = require("node:perf_hooks");
const process = require("node:process");

const cpuBeforeLoad = process.threadCpuUsage?.();
const beforeLoad = performance.now();
const extension = require("./dist/extension.js");
const loadMs = performance.now() - beforeLoad;
const loadCpu = process.threadCpuUsage?.(cpuBeforeLoad);

const loadCpuMs = loadCpu && (loadCpu.user + loadCpu.system) / 1_000;

exports.activate = (context) => {
  const before = performance.now();
  const result = extension.activate(context);
  const activateMs = performance.now() - before;
  globalThis[Symbol.for("openclawSessions.bench")] = { loadMs, loadCpuMs, activateMs };
  return result;
};
exports.deactivate = () => extension.deactivate?.();
