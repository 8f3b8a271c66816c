import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Snapshot } from "../../src/core/conversation/model";
import { noDirt, EverythingScanned } from "../../src/disk/scanEverything";
import { locateExplicitStateDirs } from "../../src/disk/locateStateDirs";
import { emptyCache } from "../../src/disk/cacheStore";
import { sessionFileReader } from "../../src/disk/scanFiles";
import * as path from "node:path";
import { header, inspect, message, sessions, stateDir, store, transcript } from "./inspectorSandbox";

const good = {
  "openclaw.json": {},
  [`${sessions}/sessions.json`]: store({ "agent:main:main": "aaa" }),
  [`${sessions}/aaa.jsonl`]: transcript(header("aaa"), message("a1", null)),
};

describe("a state directory that is hostile", () => {
  const configs: Record<string, readonly [unknown, readonly string[]]> = {
    "session.store with a NUL": [{ session: { store: "/tmp/a\0b/x.json" } }, ["config.store-unusable"]],
    "session.store with a NUL, per agent": [{ session: { store: "~/\0/{agentId}.json" } }, ["config.store-unusable"]],
    "$include with a NUL": [{ $include: "./a\0b.json5" }, ["config.include"]],
    "a NUL from a variable": [
      { env: { ODD: "/x\0y" }, session: { store: "${ODD}/sessions.json" } },
      ["config.store-unusable"],
    ],
  };
  for (const [name, [config, codes]] of Object.entries(configs)) {
    it(`does not hide others: ${name}`, async () => {
      const directories = [stateDir(good), stateDir({ ...good, "openclaw.json": config })];
      const inspector = inspect(directories[0] ?? "", { explicitStateDirs: directories });
      await inspector.refresh();
      const snapshot = await inspector.whenIndexed();
      deepEqual(conversationsOf(snapshot), [1, 1]);
      deepEqual(
        snapshot.stateDirs.map(({ problems }) => problems.map(({ code }) => code)),
        [[], codes],
      );
    });
  }

  it("names a transcript with a NUL in a row", async () => {
    const rows = { "agent:main:main": { sessionId: "aaa", sessionFile: `aaa\0.jsonl`, updatedAt: 1 } };
    const inspector = inspect(stateDir({ ...good, [`${sessions}/sessions.json`]: rows }));
    const snapshot = await inspector.refresh();
    const [found] = snapshot.stateDirs[0]?.agents[0]?.conversations ?? [];
    deepEqual(
      [found?.windows[0]?.primary?.name.base, found?.problems.map(({ code }) => code)],
      ["aaa.jsonl", ["store.file-outside"]],
    );
  });

  it("is a path with a NUL in the settings", async () => {
    const directory = stateDir(good);
    const inspector = inspect(directory, { explicitStateDirs: ["/tmp/a\0b", directory] });
    const snapshot = await inspector.refresh();
    deepEqual([conversationsOf(snapshot), snapshot.problems.map(({ code }) => code)], [[1], ["directory.unreadable"]]);
  });
});

describe("an unexpected failure in one state directory", () => {
  it("is a problem of that one, and gone after a look that succeeds", async () => {
    const directories = [stateDir(good), stateDir(good)];
    let broken = true;
    const everything = scan(directories, (within) => {
      if (broken && within.includes(directories[0] ?? "")) throw new TypeError("nobody thought of this");
    });
    await everything.look({ ...noDirt(), everything: true });
    const failed = everything.snapshot;
    deepEqual(conversationsOf(failed), [0, 1]);
    const [problem] = failed.stateDirs[0]?.problems ?? [];
    equal(problem?.code, "state.failed");
    match(problem.message, /nobody thought of this/);
    broken = false;
    // Any look at all: what failed is looked at as a whole.
    await everything.look(noDirt());
    deepEqual(conversationsOf(everything.snapshot), [1, 1]);
    deepEqual(everything.snapshot.stateDirs[0]?.problems, []);
  });

  it("keeps what was shown before", async () => {
    const directory = stateDir(good);
    let broken = false;
    const everything = scan([directory], () => {
      if (broken) throw new TypeError("nobody thought of this");
    });
    await everything.look({ ...noDirt(), everything: true });
    broken = true;
    writeFileSync(join(directory, sessions, "bbb.jsonl"), transcript(header("bbb")));
    await everything.look({ ...noDirt(), everything: true });
    deepEqual(conversationsOf(everything.snapshot), [1]);
    deepEqual(
      everything.snapshot.stateDirs[0]?.problems.map(({ code }) => code),
      ["state.failed"],
    );
  });

  it("does not swallow that the inspector was disposed of", async () => {
    const abort = new AbortController();
    const everything = scan([stateDir(good)], () => undefined, abort.signal);
    abort.abort();
    await rejects(everything.look({ ...noDirt(), everything: true }));
  });
});

function scan(
  directories: readonly string[],
  beforeHead: (within: readonly string[]) => void,
  signal = new AbortController().signal,
): EverythingScanned {
  return new EverythingScanned({
    env: {},
    home: "/nowhere",
    trusted: () => true,
    log: () => undefined,
    locate: () =>
      locateExplicitStateDirs({
        path,
        env: {},
        homeDirectory: "/nowhere",
        workingDirectory: "/",
        explicitDirectories: directories,
        explicitSource: "test",
        workspaceFolders: [],
      }),
    readerOf: (within) => {
      const reader = sessionFileReader(within);
      return {
        follow: (file) => reader.follow(file),
        readHead: async (request, its) => {
          beforeHead(within);
          return reader.readHead(request, its);
        },
        readIndex: (file, previous, its) => reader.readIndex(file, previous, its),
      };
    },
    loadCache: () => Promise.resolve(emptyCache),
    onNewRoot: () => undefined,
    signal,
  });
}

function conversationsOf(snapshot: Snapshot): number[] {
  return snapshot.stateDirs.map(({ agents }) => agents.flatMap(({ conversations }) => conversations).length);
}
