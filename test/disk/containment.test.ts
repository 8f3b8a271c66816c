import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { resolveSessionFile, type Listings } from "../../src/disk/containment";
import { put, scratch } from "./scratch";

describe("the transcript a store row means", () => {
  it("is the stored one", async () => {
    const state = makeState(["main/x.jsonl"]);
    assert.deepEqual(await state.resolve(join(state.main, "x.jsonl")), {
      path: "main/x.jsonl",
      exists: true,
      problem: undefined,
    });
  });

  it("is missing when the stored one is not there, even if one with the session's id is", async () => {
    const state = makeState(["main/id.jsonl"]);
    assert.deepEqual(await state.resolve(join(state.main, "x.jsonl")), {
      path: "main/x.jsonl",
      exists: false,
      problem: undefined,
    });
  });

  it("may be another agent's", async () => {
    const state = makeState(["ops/x.jsonl"]);
    assert.deepEqual(await state.resolve(join(state.ops, "x.jsonl")), {
      path: "ops/x.jsonl",
      exists: true,
      problem: undefined,
    });
  });

  it("has its stored name after the directory was moved", async () => {
    const state = makeState(["main/x.jsonl", "main/id.jsonl"]);
    const stored = "/home/dev/.openclaw/agents/main/sessions/x.jsonl";
    assert.deepEqual(await state.resolve(stored), { path: "main/x.jsonl", exists: true, problem: undefined });
  });

  it("has the session's id as its name when the moved one is not there", async () => {
    const state = makeState(["main/id.jsonl"]);
    const stored = "/home/dev/.openclaw/agents/main/sessions/x.jsonl";
    assert.deepEqual(await state.resolve(stored), { path: "main/id.jsonl", exists: true, problem: undefined });
  });

  it("is this copy's, not the original's, when both are on this machine", async () => {
    const original = makeState(["main/x.jsonl"]);
    const copy = makeState(["main/x.jsonl"]);
    assert.deepEqual(await copy.resolve(join(original.main, "x.jsonl")), {
      path: "main/x.jsonl",
      exists: true,
      problem: undefined,
    });
  });

  it("is found where the stored path leads here through a link", async () => {
    const state = makeState(["main/x.jsonl"]);
    const elsewhere = scratch();
    symlinkSync(state.main, join(elsewhere, "linked"));
    assert.deepEqual(await state.resolve(join(elsewhere, "linked", "x.jsonl")), {
      path: "main/x.jsonl",
      exists: true,
      problem: undefined,
    });
  });

  for (const stored of ["/etc/passwd", "../../../openclaw.json", "/no/such/file", "../../nobody/sessions/x.jsonl"]) {
    it(`is never ${stored}`, async () => {
      const state = makeState(["main/id.jsonl"]);
      put(state.directory, "openclaw.json", "{}");
      const resolved = await state.resolve(stored);
      assert.deepEqual(
        { ...resolved, problem: resolved.problem?.code },
        { path: "main/id.jsonl", exists: true, problem: "store.file-outside" },
      );
    });
  }

  it("is not read through a link out", async () => {
    const state = makeState([]);
    symlinkSync(put(scratch(), "secret.jsonl", ""), join(state.main, "x.jsonl"));
    const resolved = await state.resolve("x.jsonl");
    assert.deepEqual(
      { ...resolved, problem: resolved.problem?.code },
      { path: "main/x.jsonl", exists: false, problem: "store.file-outside" },
    );
  });

  it("needs no look at the disk when its directory was listed without it", async () => {
    const state = makeState(["main/id.jsonl"]);
    assert.deepEqual(await state.resolve(undefined, { show: () => false, lack: () => true }), {
      path: "main/id.jsonl",
      exists: false,
      problem: undefined,
    });
  });

  it("needs no look at the disk when it was listed", async () => {
    const state = makeState([]);
    const resolved = await state.resolve("x.jsonl", {
      show: (file) => file === join(state.main, "x.jsonl"),
      lack: () => false,
    });
    assert.deepEqual(resolved, { path: "main/x.jsonl", exists: true, problem: undefined });
  });

  it("is none for a row without a usable session", async () => {
    const state = makeState([]);
    assert.deepEqual(await state.resolve(undefined, undefined, "../x"), {
      path: undefined,
      exists: false,
      problem: undefined,
    });
  });
});

/** A state directory with the agents main and ops; files as `main/x.jsonl`. */
function makeState(files: readonly string[]) {
  const directory = scratch({ "agents/main/sessions/keep": "", "agents/ops/sessions/keep": "" });
  for (const file of files) put(directory, `agents/${file.replace("/", "/sessions/")}`, "");
  const [main, ops] = ["main", "ops"].map((agentId) => join(directory, "agents", agentId, "sessions")) as [
    string,
    string,
  ];
  const root = { agentId: "main", path: main, realPath: main, storePath: join(main, "sessions.json") };
  const other = { agentId: "ops", path: ops, realPath: ops };
  return {
    directory,
    main,
    ops,
    async resolve(sessionFile: string | undefined, listings?: Listings, sessionId = "id") {
      const resolved = await resolveSessionFile(
        { key: "agent:main:main", sessionId, sessionFile },
        root,
        [other],
        listings,
      );
      return { ...resolved, path: resolved.path?.replace(`${directory}/agents/`, "").replace("/sessions/", "/") };
    },
  };
}
