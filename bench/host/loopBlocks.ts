import { closeSync, openSync, readSync } from "node:fs";

/** A stretch in which a timer that was due did not run, ms. */
export interface Block {
  /** Since the watch began. */
  readonly at: number;
  readonly wall: number;
  /** How much of it this thread computed; undefined where Node cannot tell. */
  readonly cpu: number | undefined;
  /** How much of it this thread was ready to run and another had the processor; undefined where the system cannot tell. */
  readonly queued: number | undefined;
  /** `wall` without `queued`: what the code itself is to blame for. */
  readonly own: number;
}

export interface LoopReport {
  readonly ms: number;
  /** The longest blocks, longest first; by each of the three. */
  readonly own: readonly Block[];
  readonly wall: readonly Block[];
  readonly cpu: readonly Block[];
}

const TICK_MS = 5;
const KEPT = 5;

/** Watches the event loop of this process with a timer of 5 ms. The result ends the watch. */
export function watchLoop(): () => LoopReport {
  const queue = new RunQueueClock();
  const began = performance.now();
  let blocks: Block[] = [];
  let last = { now: began, cpu: threadCpu(), queued: queue.read() };
  const tick = (): void => {
    const next = { now: performance.now(), cpu: threadCpu(), queued: queue.read() };
    const wall = next.now - last.now - TICK_MS;
    if (wall > TICK_MS) {
      const queued = difference(last.queued, next.queued);
      const own = Math.max(0, wall - (queued ?? 0));
      blocks.push({ at: last.now - began, wall, cpu: difference(last.cpu, next.cpu), queued, own });
      if (blocks.length > 5_000)
        blocks = [...new Set([...longest(blocks, "own"), ...longest(blocks, "wall"), ...longest(blocks, "cpu")])];
    }
    last = next;
  };
  const timer = setInterval(tick, TICK_MS);
  return () => {
    clearInterval(timer);
    tick();
    queue.close();
    return {
      ms: performance.now() - began,
      own: longest(blocks, "own"),
      wall: longest(blocks, "wall"),
      cpu: longest(blocks, "cpu"),
    };
  };
}

function longest(blocks: readonly Block[], by: "own" | "wall" | "cpu"): Block[] {
  return [...blocks].sort((one, other) => (other[by] ?? 0) - (one[by] ?? 0)).slice(0, KEPT);
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

/** Processor time of this thread, ms; Node 23.9 and newer know it. */
function threadCpu(): number | undefined {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } };
  const usage = threadCpuUsage?.call(process);
  return usage && (usage.user + usage.system) / 1_000;
}

/**
 * How long the main thread was ready and had to wait for a processor: the second number of Linux's
 * /proc/…/schedstat, ns there and ms here.
 */
class RunQueueClock {
  private readonly buffer = Buffer.alloc(128);
  private readonly descriptor = openIfThere(`/proc/self/task/${process.pid}/schedstat`);

  read(): number | undefined {
    if (this.descriptor === undefined) return undefined;
    const length = readSync(this.descriptor, this.buffer, 0, this.buffer.length, 0);
    return Number(this.buffer.toString("latin1", 0, length).split(" ")[1]) / 1_000_000;
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined; // another system than Linux
  }
}
