// One appended entry: until the change is announced, and until the page that shows it is read. Files of three sizes, and one
// among 10,000 others: what an entry costs must not depend on either.
import {
  appendFileSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Inspector } from "../src/core/inspectorPort";
import { tailStart } from "../src/core/transcript/page";
import { largeStateDirectory, largeTranscript } from "./generate.mjs";
import { inspectorOf } from "./inspectorOf";
import { median } from "./measure";
import { atMostOf, type Bench, told } from "./row";

const APPENDS = 30;

const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), "inspector-bench-"));
  try {
    const costs: [string, Cost][] = [];
    for (const megabytes of [1, 100, 1_000]) {
      const stateDir = join(folder, `alone-${megabytes}`);
      copyFileSync(await largeTranscript(megabytes), join(makeSessions(stateDir), "live.jsonl"));
      costs.push([`to a transcript of ${megabytes} MB`, await costOfAppend(stateDir)]);
      rmSync(stateDir, { recursive: true });
    }
    const stateDir = join(folder, "among");
    const sessions = makeSessions(stateDir);
    const many = join(
      await largeStateDirectory({ transcripts: 10_000, megabytes: 2_000 }),
      "agents",
      "main",
      "sessions",
    );
    for (const base of readdirSync(many))
      if (base !== "sessions.json") linkSync(join(many, base), join(sessions, base));
    copyFileSync(await largeTranscript(1), join(sessions, "live.jsonl"));
    costs.push(["to one of 1 MB among 10,000", await costOfAppend(stateDir)]);

    const cheapest = Math.min(...costs.map(([, { cpu }]) => cpu));
    return costs.flatMap(([where, { seen, shown, slowest, cpu }]) => [
      atMostOf(`one entry appended ${where}: announced, and its page read`, shown, 200, "ms"),
      told(
        "… announced; slowest; CPU",
        `${seen.toFixed(0)} ms; ${slowest.toFixed(0)} ms; ${cpu.toFixed(1)} ms (${(cpu / cheapest).toFixed(1)}× the cheapest)`,
      ),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export default bench;

interface Cost {
  /** Until the change is announced, and until its page is read; medians, ms. */
  readonly seen: number;
  readonly shown: number;
  readonly slowest: number;
  /** CPU time per entry, ms. */
  readonly cpu: number;
}

function makeSessions(stateDir: string): string {
  const sessions = join(stateDir, "agents", "main", "sessions");
  mkdirSync(sessions, { recursive: true });
  const row = { sessionId: "live", sessionFile: join(sessions, "live.jsonl"), updatedAt: 0 };
  writeFileSync(join(sessions, "sessions.json"), JSON.stringify({ "agent:main:main": row }));
  return sessions;
}

async function costOfAppend(stateDir: string): Promise<Cost> {
  const path = join(stateDir, "agents", "main", "sessions", "live.jsonl");
  const inspector = inspectorOf(stateDir);
  try {
    await inspector.refresh();
    await inspector.whenIndexed();
    const ready = new Promise<void>((resolve) =>
      inspector.onDidChange(() => {
        resolve();
      }),
    );
    inspector.watch();
    await ready;
    await inspector.refresh();

    const seen: number[] = [];
    const shown: number[] = [];
    let cpu = 0;
    for (let at = 0; at < APPENDS; at++) {
      const before = process.cpuUsage();
      const began = performance.now();
      const announced = changeOf(inspector, path);
      appendFileSync(path, entry(at));
      await announced;
      seen.push(performance.now() - began);
      const { items } = await inspector.readPage(path, { kind: "tail", from: tailStart(statSync(path).size) });
      shown.push(performance.now() - began);
      const used = process.cpuUsage(before);
      cpu += (used.user + used.system) / 1_000;
      const last = items.at(-1);
      if (last?.kind !== "entry" || last.entry.id !== idOf(at) || last.position.line === undefined) {
        throw new Error(`The page of ${path} does not end with the entry that was appended.`);
      }
    }
    return { seen: median(seen), shown: median(shown), slowest: Math.max(...shown), cpu: cpu / APPENDS };
  } finally {
    inspector.dispose();
  }
}

function changeOf(inspector: Inspector, path: string): Promise<void> {
  return new Promise((resolve) => {
    const listener = inspector.onDidChange(({ files }) => {
      if (!files.includes(path)) return;
      listener.dispose();
      resolve();
    });
  });
}

function entry(at: number): string {
  const timestamp = new Date(Date.UTC(2026, 10, 20, 12, 0, at)).toISOString();
  const message = { role: "user", content: [{ type: "text", text: "and another thing" }] };
  return `${JSON.stringify({ type: "message", id: idOf(at), parentId: at === 0 ? null : idOf(at - 1), timestamp, message })}\n`;
}

function idOf(at: number): string {
  return `bench${at.toString().padStart(3, "0")}`;
}
