import { spawn } from "node:child_process";

const windows = process.platform === "win32";

/** Children that are still running; each leads a process group of its own. @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/**
 * Starts a program with the same meaning of `options` as `spawn`, in its own process group, so that `stop` also ends
 * what it starts in turn.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function start(file, args, options = {}) {
  const child = spawn(file, args, { detached: !windows, ...options });
  children.add(child);
  child.once("error", () => children.delete(child));
  child.once("close", () => children.delete(child));
  return child;
}

/** Ends a child and everything below it; resolves when it has gone. @param {import("node:child_process").ChildProcess} child */
export async function stop(child) {
  const gone = child.exitCode !== null || child.signalCode !== null;
  const exited = gone ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), 5_000);
  await exited;
  clearTimeout(timer);
  signalGroup(child, "SIGKILL");
  children.delete(child);
}

/**
 * Runs a program to its end.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, limitSeconds?: number }} [options]
 *   `quiet` collects the output instead of showing it.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>}
 */
export function run(file, args, { cwd, env = process.env, quiet = false, limitSeconds = 600 } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(file, args, {
      cwd,
      env,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    let output = "";
    let timedOut = false;
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    const timer = setTimeout(() => {
      timedOut = true;
      void stop(child);
    }, limitSeconds * 1_000);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once(quiet ? "close" : "exit", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output, timedOut });
    });
  });
}

/** Like `run`, but quiet, and a failure throws with what the program said. @type {typeof run} */
export async function runOrThrow(file, args, options) {
  const result = await run(file, args, { quiet: true, ...options });
  if (result.code === 0) return result;
  const why = result.timedOut ? "took too long" : `ended with code ${result.code}`;
  throw new Error(`${[file, ...args].join(" ")} ${why}\n${result.output.trimEnd().slice(-4_000)}`);
}

/** How to call npm: the one that started us if there is one, so that PATH need not lead to it. */
export function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.[cm]?js$/.test(script)) return { file: process.execPath, args: [script] };
  return windows ? { file: "cmd.exe", args: ["/d", "/s", "/c", "npm"] } : { file: "npm", args: [] };
}

/** The environment for tools we call: a `--silent` given to the npm that started us must not hide their errors. */
export function toolEnvironment() {
  const env = { ...process.env };
  delete env.npm_config_loglevel;
  return env;
}

let leaving = false;

/** Whether a signal has come and everything is being stopped: children that end now have not failed. */
export function isLeaving() {
  return leaving;
}

/** Stops every child and leaves; repeated signals do not interrupt the cleaning. */
export function leaveOnSignals() {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      if (leaving) return;
      leaving = true;
      void Promise.all([...children].map(stop)).finally(() => process.exit(code));
    });
  }
}

process.on("exit", () => {
  for (const child of children) signalGroup(child, "SIGKILL");
});

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (windows || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
