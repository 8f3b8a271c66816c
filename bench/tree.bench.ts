// 10,000 transcripts (2 GB): the first tree with nothing cached and with a cache, each in a fresh process, against plain work on the same
// files in the same run; and how long the event loop is blocked meanwhile.
import { lstat, mkdtempSync, readdir as readdirWithCallback, readFileSync, rmSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { inFreshProcess } from "./freshProcess";
import { largeStateDirectory } from "./generate.mjs";
import { inspectorOf } from "./inspectorOf";
import { median } from "./measure";
import { atLeast, atMost, atMostOf, type Bench, told } from "./row";

const ROUNDS = 7;

const bench: Bench = async () => {
  const directory = await largeStateDirectory({ transcripts: 10_000, megabytes: 2_000 });
  const cache = mkdtempSync(join(tmpdir(), "inspector-bench-"));
  try {
    const fresh = (...words: readonly string[]): Promise<Figures> => inFreshProcess(import.meta.url, ...words);
    // Everything is in the system's cache before the first figure counts.
    const parse = (await fresh("parse", directory))["ms"] ?? NaN;
    const first = [
      await fresh("look", directory),
      await fresh("look", directory),
      await fresh("look", directory, cache),
    ];
    const cached: Figures[] = [];
    const promises: Figures[] = [];
    const callbacks: Figures[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      promises.push(await fresh("statWithPromises", directory));
      cached.push(await fresh("look", directory, cache));
      callbacks.push(await fresh("statWithCallbacks", directory));
    }
    const tree = middle(first, "tree");
    const again = middle(cached, "tree");
    return [
      atLeast("10,000 transcripts (2 GB): first tree, nothing cached, vs JSON.parse of every line", parse / tree, 4),
      told(
        "… in ms; until everything is indexed",
        `${ms(tree)}; ${ms(middle(first, "indexed"))} (JSON.parse: ${ms(parse)})`,
      ),
      atMost("… first tree, cached, vs bare readdir + stat (promises, all at once)", again / middle(promises, "ms"), 2),
      told(
        "… the same by processor time of the main thread",
        `${(middle(cached, "cpu") / middle(promises, "cpu")).toFixed(2)}×`,
      ),
      told("… vs readdir + stat with callbacks, 64 at once", `${(again / middle(callbacks, "ms")).toFixed(2)}×`),
      told("… in ms; until every count is back", `${ms(again)}; ${ms(middle(cached, "indexed"))}`),
      atMostOf("… longest block of the event loop, nothing cached", middle(first, "block"), 50, "ms"),
      atMostOf("… longest block of the event loop, cached", middle(cached, "block"), 50, "ms"),
      told(
        "… the same by processor time: nothing cached; cached",
        `${middle(first, "busiest").toFixed(1)} ms; ${middle(cached, "busiest").toFixed(1)} ms`,
      ),
      told("… memory of the process when everything is indexed", `${middle(first, "megabytes").toFixed(0)} MB`),
    ];
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
};

export default bench;

type Figures = Record<string, number>;

/** Runs in a process of its own. */
export async function measure(subject: string, stateDir: string, cacheDir?: string): Promise<Figures> {
  const sessions = join(stateDir, "agents", "main", "sessions");
  switch (subject) {
    case "look":
      return lookOnce(stateDir, cacheDir);
    case "parse":
      return timeOf(() => parseEveryLine(sessions));
    case "statWithPromises":
      return timeOf(() => statWithPromises(sessions));
    case "statWithCallbacks":
      return timeOf(() => statWithCallbacks(sessions));
    default:
      throw new Error(`Nothing is called ${subject}.`);
  }
}

function middle(from: readonly Figures[], name: string): number {
  return median(from.map((each) => each[name] ?? NaN));
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

/** From nothing to the first tree, and on until every transcript is indexed. */
async function lookOnce(stateDir: string, cacheDir: string | undefined): Promise<Figures> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  // The same without the time that other programs took from us: processor time between two turns of the loop.
  let turn = busyMs();
  let busiest = 0;
  const turns = setInterval(() => {
    const now = busyMs();
    busiest = Math.max(busiest, now - turn);
    turn = now;
  }, 1);
  const began = performance.now();
  const busy = busyMs();
  const inspector = inspectorOf(stateDir, cacheDir);
  await inspector.refresh();
  const tree = performance.now() - began;
  const cpu = busyMs() - busy;
  await inspector.whenIndexed();
  const indexed = performance.now() - began;
  const megabytes = process.memoryUsage().rss / 1e6;
  // A block is noticed when the loop turns next.
  await new Promise((done) => setTimeout(done, 20));
  const block = delays.max / 1e6;
  clearInterval(turns);
  inspector.dispose();
  return { tree, cpu, indexed, block, busiest, megabytes };
}

async function timeOf(work: () => Promise<void>): Promise<Figures> {
  const began = performance.now();
  const busy = busyMs();
  await work();
  return { ms: performance.now() - began, cpu: busyMs() - busy };
}

/** How long the main thread was on a processor, ms; on a busy machine this tells more than the clock. Only Linux says. */
function busyMs(): number {
  if (process.platform !== "linux") return NaN;
  return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[0]) / 1e6;
}

async function parseEveryLine(sessions: string): Promise<void> {
  for (const base of await readdir(sessions)) {
    if (base === "sessions.json") continue;
    for (const line of (await readFile(join(sessions, base), "utf8")).split("\n")) if (line !== "") JSON.parse(line);
  }
}

async function statWithPromises(sessions: string): Promise<void> {
  await Promise.all((await readdir(sessions)).map((base) => stat(join(sessions, base))));
}

function statWithCallbacks(sessions: string): Promise<void> {
  return new Promise((resolve, reject) => {
    readdirWithCallback(sessions, (error, bases) => {
      if (error) {
        reject(error);
        return;
      }
      let next = 0;
      let done = 0;
      const advance = (): void => {
        while (next < bases.length && next - done < 64) {
          lstat(join(sessions, bases[next++] ?? ""), () => {
            if (++done === bases.length) resolve();
            else advance();
          });
        }
      };
      advance();
    });
  });
}
