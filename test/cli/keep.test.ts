import assert from "node:assert/strict";
import { KeepRefused, type KeepRequest, type KeptCopy } from "../../src/core/keep/keptCopy";
import { explanationsOf } from "../anExplanation";
import { FakeInspector, FakeProgram } from "./fakeInspector";
import { agent, conversation, file, minutes, snapshot, window } from "./snapshotBuilder";

const archives = ["aaaa1111.jsonl.reset.2026-07-21T09-00-00.000Z", "cccc3333.jsonl.deleted.2026-07-20T09-00-00.000Z"];
const [reset, deleted] = archives.map((base) => file(base));
assert.ok(reset && deleted);
const bak = file("aaaa1111.jsonl.bak.2026-07-21T08-00-00.000Z");
const there = snapshot([
  agent(
    [
      conversation(
        "agent:main:main",
        window("bbbb2222", "live"),
        window("aaaa1111", "reset", { primary: reset, copies: [bak] }),
      ),
    ],
    { orphans: [window("cccc3333", "deleted", { primary: deleted, join: undefined })] },
  ),
]);

function copyOf({ windowId, agentId, file: path }: KeepRequest): KeptCopy {
  const originalPath = path ?? reset?.path ?? "";
  const name = originalPath.slice(originalPath.lastIndexOf("/") + 1);
  return {
    ...{ name, bytes: 2048, sha256: "0".repeat(64), keptAt: minutes(60), originalName: name, originalPath },
    ...{
      mtimeMs: minutes(0),
      agentId,
      windowId,
      sessionId: "aaaa1111",
      key: "agent:main:main",
      joinRung: undefined,
      joinEvidence: undefined,
    },
  };
}

function programWith(folder: string | undefined, refused: readonly string[] = []) {
  const inspector = new FakeInspector(there, explanationsOf([]));
  const asked: KeepRequest[] = [];
  inspector.keeper = {
    folder,
    keep: (request) => {
      asked.push(request);
      if (refused.includes(request.windowId)) return Promise.reject(new KeepRefused("The disk is full."));
      return Promise.resolve({ copy: copyOf(request), path: "/kept/x", wasKept: false });
    },
    list: (stateDir) => {
      const request = { stateDir, agentId: "main", windowId: "main/aaaa1111/-" };
      return Promise.resolve([{ copy: copyOf(request), path: "/kept/x" }]);
    },
  };
  return { program: new FakeProgram(inspector), asked };
}

describe("openclaw-sessions keep", () => {
  it("keeps what is named, and says where", async () => {
    const { program, asked } = programWith("/kept");
    assert.equal(await program.run("keep", "main", "cccc3333"), 0);
    assert.deepEqual(asked, [
      { stateDir: "/s", agentId: "main", windowId: "main/aaaa1111/-", file: undefined },
      { stateDir: "/s", agentId: "main", windowId: "main/cccc3333/-", file: undefined },
    ]);
    assert.match(program.stdout.text, /^aaaa1111\.jsonl\.reset\.\S+ is kept and verified \(2 KB\)\.\n {2}\/kept\/x\n/);
  });

  it("--all-archives: every archive there is; one that cannot be kept does not hide the rest", async () => {
    const { program, asked } = programWith("/kept", ["main/aaaa1111/-"]);
    assert.equal(await program.run("keep", "--all-archives"), 1);
    assert.deepEqual(
      asked.map((request) => request.file),
      [archives[0], bak.name.base, archives[1]].map((base) => `/s/agents/main/sessions/${base ?? ""}`),
    );
    assert.match(program.stdout.text, /^cccc3333\S+ is kept and verified/);
    assert.match(program.stderr.text, /aaaa1111\S+ is not kept: The disk is full\./);
  });

  it("--list and --json", async () => {
    const listed = programWith("/kept").program;
    assert.equal(await listed.run("keep", "--list"), 0);
    assert.equal(listed.stdout.text, "/kept/x\n  agent:main:main · 2 KB · kept at 2026-07-21 10:00\n");
    const json = programWith("/kept").program;
    assert.equal(await json.run("keep", "aaaa1111", "--json"), 0);
    assert.deepEqual(JSON.parse(json.stdout.text), {
      schema: 1,
      folder: "/kept",
      copies: [
        {
          file: "/kept/x",
          original: "/s/agents/main/sessions/aaaa1111.jsonl.reset.2026-07-21T09-00-00.000Z",
          bytes: 2048,
          sha256: "0".repeat(64),
          keptAt: "2026-07-21T10:00:00.000Z",
          agentId: "main",
          windowId: "main/aaaa1111/-",
          sessionId: "aaaa1111",
          key: "agent:main:main",
          wasKept: false,
          problem: null,
        },
      ],
    });
  });

  it("nothing named, two things at once, no folder, an unknown word", async () => {
    for (const [folder, words, sentence] of [
      ["/kept", [], /one of the three/],
      ["/kept", ["main", "--all-archives"], /one of the three/],
      [undefined, ["main"], /There is no folder for copies/],
      ["/kept", ["zzzz9999"], /Nothing is known as "zzzz9999"\. .*\n$/],
      [
        "/kept",
        ["main", "zzzz9999"],
        /Nothing is known as "zzzz9999"[^]*\nNothing was kept, of the other names neither\.\n$/,
      ],
    ] as const) {
      const { program, asked } = programWith(folder);
      assert.equal(await program.run("keep", ...words), 2);
      assert.match(program.stderr.text, sentence);
      assert.deepEqual(asked, []);
    }
  });
});
