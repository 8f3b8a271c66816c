import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  append,
  changeAfter,
  conversation,
  header,
  inspect,
  message,
  onlyAgent,
  sessions,
  stateDir,
  store,
  transcript,
  tree,
  watched,
  write,
} from "./inspectorSandbox";
import { scratch } from "./scratch";

const key = "agent:main:main";
const other = "agent:main:telegram:direct:5551234";

describe("a watched state directory", () => {
  it("shows an appended entry, and shares all the rest with the snapshot before", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    const before = inspector.snapshot;
    const change = await changeAfter(inspector, () => {
      append(directory, `${sessions}/aaa.jsonl`, message("a2", "a1", 5, "and then?"));
    });
    deepEqual(change, { structure: false, files: [join(directory, sessions, "aaa.jsonl")], rotations: [] });
    deepEqual(tree(inspector.snapshot), {
      [key]: ["live aaa.jsonl 2 messages"],
      [other]: ["live bbb.jsonl 1 messages", "reset bbb.jsonl.reset.2026-04-01T08-30-00.000Z 1 messages"],
    });
    notEqual(conversation(inspector.snapshot, key), conversation(before, key));
    equal(
      conversation(inspector.snapshot, key).lastActivityAt,
      conversation(inspector.snapshot, key).windows[0]?.lastAt,
    );
    equal(conversation(inspector.snapshot, other), conversation(before, other));
  });

  it("reads the appended entry in the page at hand", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    const path = join(directory, sessions, "aaa.jsonl");
    await changeAfter(inspector, () => {
      append(directory, `${sessions}/aaa.jsonl`, message("a2", "a1", 5));
    });
    const page = await inspector.readPage(path, { kind: "tail", from: 0 });
    deepEqual(
      page.items.map(({ kind, position }) => [kind, position.line]),
      [
        ["header", 1],
        ["entry", 2],
        ["entry", 3],
      ],
    );
    equal(await inspector.lineNumberAt(path, page.items[2]?.position.offset ?? 0), 3);
  });

  it("tells a reset as one rotation, in the order in which OpenClaw does it", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    const rotations: unknown[] = [];
    inspector.onDidChange((change) => rotations.push(...change.rotations));
    await changeAfter(
      inspector,
      () => {
        const live = join(directory, sessions, "aaa.jsonl");
        renameSync(live, `${live}.reset.2026-04-01T09-00-00.000Z`);
        replaceStore(directory, { [key]: "ccc", [other]: "bbb" });
        write(directory, `${sessions}/ccc.jsonl`, transcript(header("ccc", 60), message("c1", null, 60)));
      },
      (_change, snapshot) => conversation(snapshot, key).windows.length === 2,
    );
    await inspector.refresh();
    await inspector.whenIndexed();
    deepEqual(rotations, [{ agentId: "main", key, stateDir: directory }]);
    deepEqual(tree(inspector.snapshot)[key], [
      "live ccc.jsonl 1 messages",
      "reset aaa.jsonl.reset.2026-04-01T09-00-00.000Z 1 messages",
    ]);
  });

  it("tells a reset as one rotation, however we look in between", async () => {
    const directory = twoConversations();
    const inspector = inspect(directory);
    const rotations: unknown[] = [];
    inspector.onDidChange((change) => rotations.push(...change.rotations));
    const live = join(directory, sessions, "aaa.jsonl");
    const fresh = join(directory, sessions, "ccc.jsonl");
    const steps: (() => void)[] = [
      () => undefined,
      () => {
        renameSync(live, `${live}.reset.2026-04-01T09-00-00.000Z`);
      },
      () => {
        replaceStore(directory, { [key]: "ccc", [other]: "bbb" });
      },
      () => {
        writeFileSync(fresh, "");
      },
      () => {
        appendFileSync(fresh, header("ccc", 60).slice(0, 20));
      },
      () => {
        appendFileSync(fresh, `${header("ccc", 60).slice(20)}\n`);
      },
      () => {
        append(directory, `${sessions}/ccc.jsonl`, message("c1", null, 60));
      },
      () => {
        append(directory, `${sessions}/ccc.jsonl`, message("c2", "c1", 61));
      },
    ];
    const seen: number[] = [];
    for (const step of steps) {
      step();
      await inspector.refresh();
      seen.push(rotations.length);
    }
    deepEqual(seen, [0, 0, 1, 1, 1, 1, 1, 1]);
  });

  it("tells a reset that gives the new session the file of the old one (2026.3.28–5.7)", async () => {
    const directory = twoConversations();
    const inspector = inspect(directory);
    const rotations: unknown[] = [];
    inspector.onDidChange((change) => rotations.push(...change.rotations));
    await inspector.refresh();
    const live = join(directory, sessions, "aaa.jsonl");
    renameSync(live, `${live}.reset.2026-04-01T09-00-00.000Z`);
    writeFileSync(live, "");
    await inspector.refresh();
    writeFileSync(live, transcript(header("ccc", 60)));
    await inspector.refresh();
    const rows = { ...store({ [other]: "bbb" }), [key]: { sessionId: "ccc", sessionFile: live } };
    write(directory, `${sessions}/sessions.json`, rows);
    await inspector.refresh();
    append(directory, `${sessions}/aaa.jsonl`, message("c1", null, 61));
    await inspector.refresh();
    deepEqual(rotations, [{ agentId: "main", key, stateDir: directory }]);
    deepEqual(
      conversation(inspector.snapshot, key).windows.map(({ kind, sessionId }) => [kind, sessionId]),
      [
        ["live", "ccc"],
        ["reset", "aaa"],
      ],
    );
  });

  it("notices that a file was cut and grew again beyond its old size", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    const path = join(directory, sessions, "aaa.jsonl");
    const whole = (await inspector.index(path)).bytes;
    await changeAfter(inspector, () => {
      truncateSync(path, transcript(header("aaa")).length);
      append(
        directory,
        `${sessions}/aaa.jsonl`,
        message("a1", null, 1, "hello", "assistant"),
        message("a9", "a1", 2, "x".repeat(500)),
      );
    });
    const { bytes, roles, lastEntryId } = await inspector.index(path);
    ok(bytes > whole);
    deepEqual([roles.user, roles.assistant, lastEntryId], [1, 1, "a9"]);
  });

  it("notices that a file was replaced by another", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    const path = join(directory, sessions, "aaa.jsonl");
    await changeAfter(
      inspector,
      () => {
        writeFileSync(`${path}.1.uuid.tmp`, transcript(header("aaa"), message("z1", null, 1), message("z2", "z1", 2)));
        renameSync(`${path}.1.uuid.tmp`, path);
      },
      ({ files }) => files.includes(path),
    );
    deepEqual((await inspector.index(path)).lastEntryId, "z2");
  });

  it("shows a transcript, an agent and a store that come later", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    await changeAfter(
      inspector,
      () => write(directory, "agents/ops/sessions/ddd.jsonl", transcript(header("ddd"), message("d1", null))),
      (_change, { stateDirs }) => stateDirs[0]?.agents.length === 2,
    );
    await changeAfter(
      inspector,
      () => write(directory, "agents/ops/sessions/sessions.json", store({ "agent:ops:main": "ddd" })),
      (_change, snapshot) => "agent:ops:main" in tree(snapshot),
    );
    await inspector.whenIndexed();
    deepEqual(tree(inspector.snapshot)["agent:ops:main"], ["live ddd.jsonl 1 messages"]);
  });

  it("shows that a transcript vanished", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    const path = join(directory, sessions, "aaa.jsonl");
    const change = await changeAfter(inspector, () => {
      rmSync(path);
    });
    deepEqual(change, { structure: true, files: [path], rotations: [] });
    deepEqual(tree(inspector.snapshot)[key], ["missing -"]);
  });

  it("appears later", async () => {
    const parent = scratch();
    const directory = join(parent, "not", "yet");
    const inspector = inspect(directory);
    await inspector.refresh();
    inspector.watch();
    await inspector.refresh();
    deepEqual(tree(inspector.snapshot), {});
    await changeAfter(
      inspector,
      () => write(directory, `${sessions}/aaa.jsonl`, transcript(header("aaa"), message("a1", null))),
      (_change, snapshot) => "main: orphans" in tree(snapshot),
    );
    await inspector.whenIndexed();
    deepEqual(tree(inspector.snapshot), { "main: orphans": ["orphan aaa.jsonl 1 messages"] });
  });

  it("is replaced by another, and is watched as before", async () => {
    const parent = scratch();
    const directory = join(parent, "state");
    const content = transcript(header("aaa"), message("a1", null));
    write(directory, `${sessions}/aaa.jsonl`, content);
    write(join(parent, "new"), `${sessions}/bbb.jsonl`, transcript(header("bbb"), message("b1", null)));
    const inspector = await watched(inspect(directory));
    await changeAfter(
      inspector,
      () => {
        renameSync(directory, join(parent, "old"));
        renameSync(join(parent, "new"), directory);
      },
      (_change, snapshot) => tree(snapshot)["main: orphans"]?.[0]?.includes("bbb") === true,
    );
    await inspector.refresh();
    await changeAfter(inspector, () => {
      append(directory, `${sessions}/bbb.jsonl`, message("b2", "b1", 5));
    });
    await inspector.whenIndexed();
    deepEqual(tree(inspector.snapshot), { "main: orphans": ["orphan bbb.jsonl 2 messages"] });
  });

  it("loses its sessions directory and gets it back", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    await changeAfter(
      inspector,
      () => {
        rmSync(join(directory, sessions), { recursive: true });
      },
      (_change, snapshot) => Object.keys(tree(snapshot)).length === 0,
    );
    await changeAfter(
      inspector,
      () => write(directory, `${sessions}/eee.jsonl`, transcript(header("eee"), message("e1", null))),
      (_change, snapshot) => "main: orphans" in tree(snapshot),
    );
    equal(onlyAgent(inspector.snapshot).orphans.length, 1);
  });

  it("is polled where that was chosen", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory, { forcePolling: true }));
    deepEqual([inspector.watching.mode, inspector.watching.watches], ["polling", 0]);
    await changeAfter(inspector, () => {
      append(directory, `${sessions}/aaa.jsonl`, message("a2", "a1", 5));
    });
    deepEqual(tree(inspector.snapshot)[key], ["live aaa.jsonl 2 messages"]);
  });

  it("is left alone once the inspector is disposed of", async () => {
    const directory = twoConversations();
    const inspector = await watched(inspect(directory));
    inspector.dispose();
    equal(inspector.watching.watches, 0);
    await new Promise<void>((done) => {
      setImmediate(done);
    });
  });
});

describe("a refresh", () => {
  it("is shared by everyone who asks at the same time", async () => {
    const inspector = inspect(twoConversations());
    let changes = 0;
    inspector.onDidChange(() => changes++);
    const [one, two] = await Promise.all([inspector.refresh(), inspector.refresh()]);
    deepEqual([one === two, changes], [true, 1]);
  });

  it("gives the same snapshot when nothing is different", async () => {
    const inspector = inspect(twoConversations());
    await inspector.refresh();
    const before = await inspector.whenIndexed();
    equal(await inspector.refresh(), before);
  });

  it("sees what was written before it was asked for, also while another is under way", async () => {
    const directory = twoConversations();
    const inspector = inspect(directory);
    const first = inspector.refresh();
    await new Promise<void>((done) => {
      setImmediate(done);
    });
    write(directory, `${sessions}/fff.jsonl`, transcript(header("fff"), message("f1", null)));
    const second = await inspector.refresh();
    await first;
    deepEqual(
      tree(second)["main: orphans"],
      ["orphan fff.jsonl 1 messages"].map((line) => line.replace(" 1 messages", "")),
    );
  });
});

describe("waiting for the index", () => {
  it("ends when the one who waits gives up", async () => {
    const inspector = inspect(twoConversations());
    await inspector.refresh();
    const abort = new AbortController();
    const waiting = inspector.whenIndexed(abort.signal);
    abort.abort();
    const outcome = await waiting.then(
      () => "indexed",
      (error: unknown) => (error instanceof Error ? error.name : ""),
    );
    equal(outcome, "AbortError");
  });
});

function twoConversations(): string {
  return stateDir({
    [`${sessions}/sessions.json`]: {
      [key]: { sessionId: "aaa" },
      [other]: { sessionId: "bbb", usageFamilySessionIds: ["bb0", "bbb"] },
    },
    [`${sessions}/aaa.jsonl`]: transcript(header("aaa"), message("a1", null, 1)),
    [`${sessions}/bbb.jsonl`]: transcript(header("bbb", 30), message("b1", null, 31)),
    [`${sessions}/bbb.jsonl.reset.2026-04-01T08-30-00.000Z`]: transcript(header("bb0", 2), message("b0", null, 3)),
  });
}

/** As OpenClaw writes it: beside, then over the old one. */
function replaceStore(directory: string, rows: Readonly<Record<string, string>>): void {
  const path = join(directory, sessions, "sessions.json");
  writeFileSync(`${path}.4711.uuid.tmp`, JSON.stringify(store(rows)));
  renameSync(`${path}.4711.uuid.tmp`, path);
}
