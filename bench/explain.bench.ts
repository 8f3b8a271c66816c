// 10,000 transcripts (2 GB): what explaining adds to a cold scan, in a fresh process each; and a log of 1 GB beside a small state
// directory, against one of 10 MB.
import { cpSync, mkdirSync, mkdtempSync, openSync, closeSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { inFreshProcess } from "./freshProcess";
import { largeStateDirectory } from "./generate.mjs";
import { inspectorOf } from "./inspectorOf";
import { median } from "./measure";
import { atMost, atMostOf, type Bench, told } from "./row";

const ROUNDS = 3;

const bench: Bench = async () => {
  const large = await largeStateDirectory({ transcripts: 10_000, megabytes: 2_000 });
  const withLargeLog = smallWithLog(1_000);
  const withSmallLog = smallWithLog(10);
  try {
    const fresh = (...words: readonly string[]): Promise<Figures> => inFreshProcess(import.meta.url, ...words);
    await fresh("explain", large);
    const explained: Figures[] = [];
    const largeLog: Figures[] = [];
    const smallLog: Figures[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      explained.push(await fresh("explain", large));
      largeLog.push(await fresh("explain", withLargeLog));
      smallLog.push(await fresh("explain", withSmallLog));
    }
    return [
      atMost(
        "10,000 transcripts (2 GB): cold scan with explanations, vs without",
        middle(explained, "explained") / middle(explained, "indexed"),
        1.2,
      ),
      told(
        "… in ms; rotations; findings",
        `${ms(middle(explained, "explained"))} (${ms(middle(explained, "indexed"))} without); ${String(middle(explained, "rotations"))}; ${String(middle(explained, "findings"))}`,
      ),
      atMostOf("… longest block of the event loop while explaining", middle(explained, "block"), 50, "ms"),
      told("… memory of the process", `${middle(explained, "megabytes").toFixed(0)} MB`),
      atMost(
        "a log of 1 GB: explaining, vs a log of a hundredth of that",
        middle(largeLog, "added") / middle(smallLog, "added"),
        5,
      ),
      told("… in ms", `${ms(middle(largeLog, "added"))}; ${ms(middle(smallLog, "added"))}`),
    ];
  } finally {
    for (const each of [withLargeLog, withSmallLog]) rmSync(each, { recursive: true, force: true });
  }
};

export default bench;

type Figures = Record<string, number>;

/** Runs in a process of its own. */
export async function measure(subject: string, path: string): Promise<Figures> {
  switch (subject) {
    case "explain":
      return explainOnce(path);
    default:
      throw new Error(`Nothing is called ${subject}.`);
  }
}

async function explainOnce(stateDir: string): Promise<Figures> {
  const began = performance.now();
  const inspector = inspectorOf(stateDir);
  await inspector.refresh();
  await inspector.whenIndexed();
  const indexed = performance.now() - began;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const { rotations, findings } = await inspector.whenExplained();
  const explained = performance.now() - began;
  await new Promise((done) => setTimeout(done, 20));
  const block = delays.max / 1e6;
  const megabytes = process.memoryUsage().rss / 1e6;
  inspector.dispose();
  return {
    indexed,
    explained,
    added: explained - indexed,
    block,
    megabytes,
    rotations: rotations.length,
    findings: findings.length,
  };
}

/** A recorded state directory with resets, and a log of that many MB that ends on the day of the resets. */
function smallWithLog(megabytes: number): string {
  const directory = mkdtempSync(join(tmpdir(), "inspector-bench-"));
  const recorded = join(import.meta.dirname, "..", "..", "..", "test/fixtures/corpora/2026.7.35/manual-resets/state");
  cpSync(recorded, directory, { recursive: true });
  mkdirSync(join(directory, "logs"), { recursive: true });
  const end = Date.parse("2026-07-21T12:00:00Z");
  const file = openSync(join(directory, "logs", "gateway.log"), "w");
  const lines = 100_000;
  const blocks = Math.ceil((megabytes * 1e6) / (lines * 100));
  for (let block = 0; block < blocks; block++) {
    let text = "";
    for (let line = 0; line < lines; line++) {
      const at = end - ((blocks - block) * lines - line) * 20;
      text +=
        `${new Date(at).toISOString().replace("Z", "+00:00")} [diagnostic] lane dequeue: lane=main waitMs=3 queueSize=0\n`.padEnd(
          100,
        );
    }
    writeSync(file, text);
  }
  closeSync(file);
  return directory;
}

function middle(from: readonly Figures[], name: string): number {
  return median(from.map((each) => each[name] ?? NaN));
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
