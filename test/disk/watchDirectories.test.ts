import { deepEqual, equal, match } from "node:assert/strict";
import { DirectoryWatch, type FollowedDirectory } from "../../src/disk/watchDirectories";
import type { DirectoryListener, WatchOneDirectory } from "../../src/disk/watchOneDirectory";
import type { Clock } from "../../src/disk/watchQueue";

describe("following directories", () => {
  it("takes one watch for each and tells of names", () => {
    const { watch, system, log } = world();
    watch.follow([directory("/a"), directory("/b")]);
    system.listener("/b").onName("x.jsonl");
    deepEqual([watch.state, log], [{ mode: "events", reason: undefined, watches: 2 }, ["/b x.jsonl"]]);
  });

  it("looks once at everything when a watch is ready", () => {
    const { watch, system, log } = world();
    watch.follow([directory("/a")]);
    system.listener("/a").onReady();
    deepEqual(log, ["/a ?"]);
  });

  it("keeps the watches of directories that stay, and renews those of directories that were replaced", () => {
    const { watch, system } = world();
    watch.follow([directory("/a"), directory("/b"), directory("/c")]);
    watch.follow([directory("/a"), directory("/b", "2:2")]);
    deepEqual(system.calls, ["+/a", "+/b", "+/c", "-/b", "-/c", "+/b"]);
  });

  it("polls what is beyond the limit of watches", async () => {
    const { watch, clock, log } = world({ maxWatches: 2 });
    watch.follow(["/a", "/b", "/c", "/d"].map((path) => directory(path)));
    match(watch.state.reason ?? "", /more directories than may be watched/);
    deepEqual([watch.state.mode, watch.state.watches], ["polling", 2]);
    await clock.tick();
    deepEqual(log, ["poll /c,/d"]);
  });

  for (const code of ["ENOSPC", "EMFILE", "ENFILE"]) {
    it(`polls everything after ${code}, and says so`, async () => {
      const { watch, system, clock, log, modes } = world();
      watch.follow([directory("/a"), directory("/b")]);
      system.fail("/b", code);
      match(watch.state.reason ?? "", new RegExp(code));
      deepEqual([watch.state.mode, watch.state.watches], ["polling", 0]);
      await clock.tick();
      deepEqual(
        [modes, log],
        [
          ["events", "polling"],
          ["/b ?", "poll /a,/b"],
        ],
      );
      watch.follow([directory("/a"), directory("/b"), directory("/c")]);
      equal(watch.state.watches, 0);
    });
  }

  it("polls one that cannot be watched for another reason, until it is another directory", () => {
    const { watch, system } = world();
    watch.follow([directory("/a"), directory("/b")]);
    system.fail("/b", "EACCES");
    match(watch.state.reason ?? "", /\/b cannot be watched/);
    watch.follow([directory("/a"), directory("/b")]);
    equal(watch.state.watches, 1);
    watch.follow([directory("/a"), directory("/b", "2:2")]);
    deepEqual(watch.state, { mode: "events", reason: undefined, watches: 2 });
  });

  it("polls a network file system, and watches the rest", async () => {
    const { watch, clock, log } = world();
    const share = { ...directory("/nfs"), pollReason: "It lies on NFS." };
    watch.follow([directory("/a"), share]);
    deepEqual(watch.state, { mode: "polling", reason: "It lies on NFS.", watches: 1 });
    await clock.tick();
    deepEqual(log.slice(-1), ["poll /nfs"]);
  });

  it("polls everything where that was chosen", () => {
    const { watch, system } = world({ forcePolling: true });
    watch.follow([directory("/a")]);
    deepEqual([watch.state.mode, watch.state.watches, system.calls], ["polling", 0, []]);
  });

  it("polls again only after the work that followed, and takes a small part of the time", async () => {
    const { watch, clock, delays } = world({ forcePolling: true, pollTakesMs: 500 });
    watch.follow([directory("/a")]);
    await clock.tick();
    await clock.tick();
    deepEqual(delays, [2_000, 10_000, 10_000]);
  });

  it("ends all of it", async () => {
    const { watch, system, clock, log } = world({ maxWatches: 1 });
    watch.follow([directory("/a"), directory("/b")]);
    const listener = system.listener("/a");
    watch.dispose();
    listener.onError(Object.assign(new Error("late"), { code: "ENOSPC" }));
    watch.follow([directory("/c")]);
    await clock.tick();
    deepEqual([system.calls, watch.state.watches, log], [["+/a", "-/a"], 0, []]);
  });
});

function directory(path: string, identity = "1:1"): FollowedDirectory {
  return { path, identity, pollReason: undefined };
}

interface Settings {
  readonly maxWatches?: number;
  readonly forcePolling?: boolean;
  readonly pollTakesMs?: number;
}

function world({ maxWatches = 100, forcePolling = false, pollTakesMs = 0 }: Settings = {}) {
  const log: string[] = [];
  const delays: number[] = [];
  const modes: string[] = [];
  const system = new TestSystem();
  const clock = new TestClock(delays);
  const watch = new DirectoryWatch({
    onName: (path, name) => log.push(`${path} ${name ?? "?"}`),
    onPoll: (paths) => {
      log.push(`poll ${paths.join()}`);
      clock.time += pollTakesMs;
      return Promise.resolve();
    },
    onStateChange: () => modes.push(watch.state.mode),
    log: () => undefined,
    forcePolling,
    maxWatches,
    watchOne: system.watchOne,
    clock,
  });
  return { watch, system, clock, log, delays, modes };
}

/** The operating system's side: who watches what. */
class TestSystem {
  readonly calls: string[] = [];
  private readonly listeners = new Map<string, DirectoryListener>();

  readonly watchOne: WatchOneDirectory = (path, listener) => {
    this.calls.push(`+${path}`);
    this.listeners.set(path, listener);
    return { close: () => this.calls.push(`-${path}`) };
  };

  listener(path: string): DirectoryListener {
    const listener = this.listeners.get(path);
    if (listener === undefined) throw new Error(`${path} is not watched.`);
    return listener;
  }

  fail(path: string, code: string): void {
    this.listener(path).onError(Object.assign(new Error(`${code}: no`), { code }));
  }
}

class TestClock implements Clock {
  time = 0;
  private timer: (() => void) | undefined;

  constructor(private readonly delays: number[]) {}

  now(): number {
    return this.time;
  }

  after(delayMs: number, callback: () => void): () => void {
    this.delays.push(delayMs);
    this.timer = callback;
    return () => {
      this.timer = undefined;
    };
  }

  /** Time passes until the timer goes off. */
  async tick(): Promise<void> {
    const timer = this.timer;
    this.timer = undefined;
    timer?.();
    await new Promise<void>((done) => {
      setImmediate(done);
    });
  }
}
