import { deepEqual, rejects } from "node:assert/strict";
import { RunQueue, type Clock } from "../../src/disk/watchQueue";

describe("a queue of runs", () => {
  it("runs once things are quiet", async () => {
    const { clock, queue, runs } = queueOf();
    queue.request();
    await clock.advance(30);
    queue.request();
    await clock.advance(39);
    deepEqual(runs, []);
    await clock.advance(1);
    deepEqual(runs, ["began at 70", "ended at 70"]);
  });

  it("does not wait longer than the maximum while requests keep coming", async () => {
    const { clock, queue, runs } = queueOf();
    for (let step = 0; step < 20; step++) {
      queue.request();
      await clock.advance(10);
    }
    deepEqual(runs.slice(0, 2), ["began at 150", "ended at 150"]);
  });

  it("never overlaps itself and folds what arrives during a run into one next run", async () => {
    const { clock, queue, runs } = queueOf({ runTakesMs: 100 });
    queue.request();
    await clock.advance(40);
    queue.request();
    queue.request();
    await clock.advance(1_000);
    deepEqual(runs, ["began at 40", "ended at 140", "began at 180", "ended at 280"]);
  });

  it("answers everyone who waits, each after a run that began later", async () => {
    const { clock, queue, runs } = queueOf({ runTakesMs: 100 });
    const first = queue.requestNow().then(() => runs.push("first answered"));
    const twin = queue.requestNow().then(() => runs.push("twin answered"));
    await clock.advance(10);
    const late = queue.requestNow().then(() => runs.push("late answered"));
    await clock.advance(1_000);
    await Promise.all([first, twin, late]);
    deepEqual(runs, [
      "began at 0",
      "ended at 100",
      "first answered",
      "twin answered",
      "began at 100",
      "ended at 200",
      "late answered",
    ]);
  });

  it("tells the one who waits of a failure, and goes on", async () => {
    const { clock, queue, runs, failNext } = queueOf();
    failNext();
    const failed = rejects(queue.requestNow(), /no luck/);
    await clock.advance(1);
    await failed;
    queue.request();
    await clock.advance(100);
    deepEqual(runs, ["began at 0", "began at 41", "ended at 41"]);
  });

  it("reports a failure nobody waits for", async () => {
    const { clock, queue, errors, failNext } = queueOf();
    failNext();
    queue.request();
    await clock.advance(100);
    deepEqual(errors, ["Error: no luck"]);
  });

  it("does nothing more once it is disposed of", async () => {
    const { clock, queue, runs } = queueOf();
    queue.request();
    const waiting = rejects(queue.requestNow(), /disposed/);
    queue.dispose();
    queue.request();
    await clock.advance(1_000);
    await waiting;
    deepEqual(runs, []);
  });
});

function queueOf({ runTakesMs = 0 } = {}) {
  const clock = new TestClock();
  const runs: string[] = [];
  const errors: string[] = [];
  let fails = false;
  const queue = new RunQueue({
    quietMs: 40,
    maxWaitMs: 150,
    clock,
    onError: (error) => errors.push(String(error)),
    run: async () => {
      runs.push(`began at ${clock.now()}`);
      if (fails) {
        fails = false;
        throw new Error("no luck");
      }
      if (runTakesMs > 0) {
        await new Promise<void>((done) => {
          clock.after(runTakesMs, done);
        });
      }
      runs.push(`ended at ${clock.now()}`);
    },
  });
  return { clock, queue, runs, errors, failNext: () => (fails = true) };
}

/** Time passes only when the test says so. */
class TestClock implements Clock {
  private time = 0;
  private timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.time + delayMs, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settle();
      const [next] = this.timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.time = Math.max(this.time, next.at);
      this.timers = this.timers.filter((each) => each !== next);
      next.callback();
    }
    this.time = end;
  }
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  await new Promise<void>((done) => {
    setImmediate(done);
  });
}
