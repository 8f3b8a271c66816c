import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
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
  write,
} from "./inspectorSandbox";
import { makePipe, scratch, withPermissionsEnforced } from "./scratch";

const key = "agent:main:main";
const good = transcript(header("aaa"), message("a1", null, 1));

describe("what cannot be read is shown as such, and the rest works", () => {
  it("a directory, a pipe and links with names of transcripts", async () => {
    const elsewhere = scratch({ "secret.jsonl": good.replaceAll("aaa", "sss") });
    const directory = withGood();
    const folder = join(directory, sessions);
    mkdirSync(join(folder, "ddd.jsonl"));
    makePipe(folder, "fff.jsonl");
    symlinkSync(join(elsewhere, "secret.jsonl"), join(folder, "lll.jsonl"));
    symlinkSync("aaa.jsonl", join(folder, "mmm.jsonl"));
    symlinkSync("nowhere.jsonl", join(folder, "nnn.jsonl"));
    const inspector = inspect(directory);
    await inspector.refresh();
    const snapshot = await inspector.whenIndexed();
    deepEqual(tree(snapshot), {
      // The link inside is a second name of the same window.
      [key]: ["live aaa.jsonl 1 messages +1"],
      "main: orphans": [
        "orphan ddd.jsonl file.not-regular",
        "orphan fff.jsonl file.not-regular",
        "orphan lll.jsonl file.outside",
        "orphan nnn.jsonl file.vanished",
      ],
    });
    await rejects(inspector.readPage(join(folder, "lll.jsonl"), { kind: "tail", from: 0 }), { code: "outside" });
    await rejects(inspector.readPage(join(folder, "fff.jsonl"), { kind: "tail", from: 0 }), { code: "not-regular" });
    await rejects(inspector.readPage(join(elsewhere, "secret.jsonl"), { kind: "tail", from: 0 }), { code: "outside" });
  });

  it("a transcript without permission, until it is given", async () => {
    const directory = withGood({ [`${sessions}/bbb.jsonl`]: transcript(header("bbb"), message("b1", null)) });
    const locked = join(directory, sessions, "bbb.jsonl");
    const inspector = inspect(directory);
    chmodSync(directory, 0o755);
    chmodSync(locked, 0o000);
    await withPermissionsEnforced(async () => {
      await inspector.refresh();
      await inspector.whenIndexed();
    });
    deepEqual(tree(inspector.snapshot)["main: orphans"], ["orphan bbb.jsonl file.unreadable"]);
    deepEqual(tree(inspector.snapshot)[key], ["live aaa.jsonl 1 messages"]);
    chmodSync(locked, 0o644);
    await inspector.refresh();
    await inspector.whenIndexed();
    deepEqual(tree(inspector.snapshot)["main: orphans"], ["orphan bbb.jsonl 1 messages"]);
  });

  it("a sessions directory without permission", async () => {
    const directory = withGood({ "agents/ops/sessions/bbb.jsonl": transcript(header("bbb"), message("b1", null)) });
    chmodSync(directory, 0o755);
    chmodSync(join(directory, "agents/ops/sessions"), 0o000);
    const inspector = inspect(directory);
    await withPermissionsEnforced(() => inspector.refresh());
    chmodSync(join(directory, "agents/ops/sessions"), 0o755);
    const ops = inspector.snapshot.stateDirs[0]?.agents.find(({ id }) => id === "ops");
    deepEqual(
      ops?.roots[0]?.problems.map(({ code }) => code),
      ["directory.unreadable"],
    );
    deepEqual(Object.keys(tree(inspector.snapshot)), [key]);
  });

  it("a transcript that vanished between listing and reading", async () => {
    const directory = withGood();
    const inspector = inspect(directory);
    await inspector.refresh();
    await inspector.whenIndexed();
    const path = join(directory, sessions, "aaa.jsonl");
    rmSync(path);
    await rejects(inspector.readPage(path, { kind: "tail", from: 0 }), { code: "vanished" });
    await inspector.refresh();
    await rejects(inspector.readPage(path, { kind: "tail", from: 0 }), { code: "vanished" });
    deepEqual(tree(inspector.snapshot), { [key]: ["missing -"] });
  });

  const stores: Record<string, readonly [content: string | undefined, code: string]> = {
    missing: [undefined, "store.missing"],
    empty: ["", "store.empty"],
    "half written": [JSON.stringify(store({ [key]: "aaa" })).slice(0, 30), "store.half-written"],
    "not JSON": ["{]", "store.not-json"],
    "not an object": ["[1]", "store.not-object"],
  };
  for (const [name, [content, code]] of Object.entries(stores)) {
    it(`a store that is ${name}`, async () => {
      const directory = stateDir({ [`${sessions}/aaa.jsonl`]: good });
      if (content !== undefined) write(directory, `${sessions}/sessions.json`, content);
      const inspector = inspect(directory);
      const snapshot = await inspector.refresh();
      const { roots, conversations, orphans } = onlyAgent(snapshot);
      equal(roots[0]?.problems[0]?.code, code);
      equal(conversations.length + orphans.length, 1);
    });
  }

  it("a store row that names a file outside", async () => {
    const elsewhere = scratch({ "secret.jsonl": good.replaceAll("aaa", "sss") });
    const directory = withGood({
      [`${sessions}/sessions.json`]: { [key]: { sessionId: "aaa", sessionFile: join(elsewhere, "secret.jsonl") } },
    });
    const inspector = inspect(directory);
    const snapshot = await inspector.refresh();
    const found = conversation(snapshot, key);
    deepEqual(
      [found.problems.map(({ code }) => code), found.windows[0]?.primary?.name.base],
      [["store.file-outside"], "aaa.jsonl"],
    );
  });

  it("damage inside a transcript", async () => {
    const directory = withGood({
      [`${sessions}/bad.jsonl`]: `${header("bad")}\n{"type":"message","id":\n${message("b1", null)}\nhalf`,
    });
    const inspector = inspect(directory);
    await inspector.refresh();
    const snapshot = await inspector.whenIndexed();
    const [bad] = onlyAgent(snapshot).orphans;
    deepEqual(
      [bad?.primary?.problem, bad?.primary?.index?.lines, bad?.primary?.index?.problemCount],
      [undefined, 4, 2],
    );
    const { items } = await inspector.readPage(join(directory, sessions, "bad.jsonl"), { kind: "tail", from: 0 });
    deepEqual(
      items.map((item) => [item.position.line, item.kind === "damage" ? item.problem.code : item.kind]),
      [
        [1, "header"],
        [2, "line.half"],
        [3, "entry"],
        [4, "line.half"],
      ],
    );
  });

  it("a config that is no JSON5", async () => {
    const snapshot = await inspect(withGood({ "openclaw.json": "{ oops" })).refresh();
    deepEqual(
      snapshot.stateDirs[0]?.problems.map(({ code }) => code),
      ["config.not-json5"],
    );
    deepEqual(Object.keys(tree(snapshot)), [key]);
  });

  it("a directory in which nothing is known", async () => {
    const snapshot = await inspect(stateDir({ "agents/main/sessions/0001.frame": "\u0000" })).refresh();
    deepEqual(
      [snapshot.stateDirs[0]?.era, snapshot.stateDirs[0]?.problems[0]?.code],
      ["unknown", "state.unknown-layout"],
    );
    deepEqual(
      onlyAgent(snapshot).otherFiles.map(({ name }) => name.base),
      ["0001.frame"],
    );
  });

  it("a state directory that does not exist", async () => {
    const snapshot = await inspect(join(scratch(), "nowhere")).refresh();
    deepEqual([snapshot.stateDirs, snapshot.lookedAt.map(({ outcome }) => outcome)], [[], ["absent"]]);
    match(snapshot.problems[0]?.message ?? "", /does not exist/);
  });
});

describe("a store outside the state directory", () => {
  it("is read only where that is trusted", async () => {
    const elsewhere = scratch({ "sessions.json": JSON.stringify(store({ [key]: "aaa" })), "aaa.jsonl": good });
    const directory = stateDir({ "openclaw.json": { session: { store: join(elsewhere, "sessions.json") } } });
    let trusted = false;
    const inspector = inspect(directory, { trusted: () => trusted });
    const before = onlyAgent(await inspector.refresh());
    trusted = true;
    const after = onlyAgent(await inspector.refresh());
    deepEqual(
      [before, after].map(({ conversations, roots }) => [
        conversations.length,
        roots[0]?.outside,
        roots[0]?.read,
        roots[0]?.problems.length,
      ]),
      [
        [0, true, false, 1],
        [1, true, true, 0],
      ],
    );
  });

  it("is shared by agents without showing anything twice", async () => {
    const directory = stateDir({
      "openclaw.json": {
        session: { store: "~/shared/sessions.json" },
        agents: { list: [{ id: "main", default: true }, { id: "ops" }] },
      },
      "no-home/shared/sessions.json": store({ [key]: "aaa", "agent:ops:main": "bbb" }),
      "no-home/shared/aaa.jsonl": good,
      "no-home/shared/bbb.jsonl": transcript(header("bbb"), message("b1", null)),
      "no-home/shared/ccc.jsonl": transcript(header("ccc"), message("c1", null)),
    });
    const snapshot = await inspect(directory).refresh();
    deepEqual(tree(snapshot), {
      [key]: ["live aaa.jsonl"],
      "agent:ops:main": ["live bbb.jsonl"],
      "main: orphans": ["orphan ccc.jsonl"],
    });
  });
});

function withGood(more: Readonly<Record<string, unknown>> = {}): string {
  return stateDir({
    [`${sessions}/sessions.json`]: store({ [key]: "aaa" }),
    [`${sessions}/aaa.jsonl`]: good,
    ...more,
  });
}
