import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import { normalizeAgentId } from "../../../src/core/config/agentId";
import { defaultStorePath, resolveStorePath } from "../../../src/core/config/storePath";

const query = { path: posix, stateDir: "/u/.openclaw", home: "/u", configPath: "/u/.openclaw/openclaw.json" };

describe("where a store is", () => {
  it("is below the agent by default", () => {
    assert.equal(defaultStorePath(posix, "/s", "Ops Team"), "/s/agents/ops-team/sessions/sessions.json");
    assert.equal(defaultStorePath(win32, "C:\\s", "main"), "C:\\s\\agents\\main\\sessions\\sessions.json");
  });

  it("is one file per agent with {agentId}, and shared without", () => {
    assert.deepEqual(resolveStorePath("~/store/{agentId}/{agentId}.json", "ops", query), {
      path: "/u/store/ops/ops.json",
      shared: false,
      problem: undefined,
    });
    assert.deepEqual(resolveStorePath("/data/all.json", "ops", query), {
      path: "/data/all.json",
      shared: true,
      problem: undefined,
    });
  });

  it("is the usual one where no path can be meant, and sentences stay short", () => {
    const { path, problem } = resolveStorePath("/a".repeat(20_000), "ops", query);
    assert.deepEqual(
      [path, problem?.code, problem?.message],
      [
        "/u/.openclaw/agents/ops/sessions/sessions.json",
        "config.store-unusable",
        "session.store is 40,000 characters long and cannot be the path of a file. The usual place was looked at; correct session.store.",
      ],
    );
    const long = resolveStorePath("a/".repeat(10_000), "ops", query).problem;
    assert.ok((long?.message.length ?? 0) < 700);
  });

  it("is the usual place when the path holds a NUL, which no file system takes", () => {
    const { path, problem } = resolveStorePath("/data/\0/{agentId}.json", "ops", query);
    assert.deepEqual(
      [path, problem?.code],
      ["/u/.openclaw/agents/ops/sessions/sessions.json", "config.store-unusable"],
    );
  });

  it("is uncertain when it is relative", () => {
    assert.deepEqual(resolveStorePath("store/{agentId}.json", "ops", query), {
      path: "/u/.openclaw/store/ops.json",
      shared: false,
      problem: {
        code: "config.store-relative",
        message:
          "session.store is the relative path store/{agentId}.json. OpenClaw takes it from the gateway's working directory, which is not known here; /u/.openclaw/store/ops.json was looked at. An absolute path, or one that starts with ~, is certain.",
        file: "/u/.openclaw/openclaw.json",
      },
    });
  });
});

describe("an agent's id", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["main", "main"],
    ["", "main"],
    ["  ", "main"],
    ["MAIN", "main"],
    ["Ops Team!", "ops-team"],
    ["../../etc", "etc"],
    ["-x-", "x"],
    ["ünï", "n"],
    ["a".repeat(80), "a".repeat(64)],
    ["_under", "_under"],
  ];
  for (const [written, id] of cases) {
    it(`${JSON.stringify(written.slice(0, 12))} → ${id.slice(0, 12)}`, () => {
      assert.equal(normalizeAgentId(written), id);
    });
  }
});
