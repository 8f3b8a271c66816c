import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import * as fc from "fast-check";
import { isInside } from "../../../src/core/locations/containment";
import { placeSessionFile } from "../../../src/core/locations/sessionFilePlace";

const main = {
  agentId: "main",
  path: "/u/.openclaw/agents/main/sessions",
  realPath: "/data/claw/agents/main/sessions",
  storePath: "/u/.openclaw/agents/main/sessions/sessions.json",
};
const ops = { agentId: "ops", path: "/u/.openclaw/agents/ops/sessions", realPath: "/data/claw/agents/ops/sessions" };

const cases: readonly (readonly [string | undefined, readonly string[], "outside"?])[] = [
  [undefined, ["default main/sessions/id.jsonl"]],
  ["", ["default main/sessions/id.jsonl"]],
  ["x.jsonl", ["stored main/sessions/x.jsonl"]],
  ["./deep/x.jsonl", ["stored main/sessions/deep/x.jsonl"]],
  ["/u/.openclaw/agents/main/sessions/x.jsonl", ["stored main/sessions/x.jsonl"]],
  ["/data/claw/agents/main/sessions/x.jsonl", ["stored main/sessions/x.jsonl"]],
  ["/u/.openclaw/agents/ops/sessions/x.jsonl", ["stored ops/sessions/x.jsonl"]],
  ["../../ops/sessions/x.jsonl", ["stored ops/sessions/x.jsonl"]],
  // The directory was moved here from another place, machine or system.
  [
    "/home/dev/.openclaw/agents/main/sessions/x.jsonl",
    ["moved main/sessions/x.jsonl", "default main/sessions/id.jsonl"],
  ],
  ["/home/dev/.openclaw/agents/ops/sessions/x.jsonl", ["moved ops/sessions/x.jsonl", "default main/sessions/id.jsonl"]],
  [
    "C:\\Users\\d\\.openclaw\\agents\\Main\\sessions\\x.jsonl",
    ["moved main/sessions/x.jsonl", "default main/sessions/id.jsonl"],
  ],
  ["/home/dev/.clawdbot/sessions/x.jsonl", ["moved main/sessions/x.jsonl", "default main/sessions/id.jsonl"]],
  // Everything else that points outside.
  ["/etc/passwd", ["default main/sessions/id.jsonl"], "outside"],
  ["../../x", ["default main/sessions/id.jsonl"], "outside"],
  ["../../../../../etc/passwd", ["default main/sessions/id.jsonl"], "outside"],
  ["..\\..\\x", ["stored main/sessions/..\\..\\x"]], // a strange name, but inside
  ["/u/.openclaw/openclaw.json", ["default main/sessions/id.jsonl"], "outside"],
  ["/u/.openclaw/agents/main/sessions", ["default main/sessions/id.jsonl"], "outside"],
  ["/home/dev/.openclaw/agents/main/sessions/../../../../.ssh/id_rsa", ["default main/sessions/id.jsonl"], "outside"],
  ["/home/dev/.openclaw/agents/nobody/sessions/x.jsonl", ["default main/sessions/id.jsonl"], "outside"],
  ["/home/dev/.openclaw/agents/main/sessions/deep/x.jsonl", ["default main/sessions/id.jsonl"], "outside"],
  ["/home/dev/project/sessions/x.jsonl", ["default main/sessions/id.jsonl"], "outside"],
  ["C:\\Windows\\win.ini", ["default main/sessions/id.jsonl"], "outside"],
  ["\\\\server\\share\\x", ["default main/sessions/id.jsonl"], "outside"],
  ["x\0.jsonl", ["default main/sessions/id.jsonl"], "outside"],
];

describe("where a store row's transcript is", () => {
  for (const [stored, expected, outside] of cases) {
    it(`${JSON.stringify(stored)} → ${expected.join(", ")}${outside ? ", outside" : ""}`, () => {
      const place = placeSessionFile(posix, row(stored), main, [ops]);
      assert.deepEqual(
        place.candidates.map(({ how, path }) => `${how} ${path.replace("/u/.openclaw/agents/", "")}`),
        expected,
      );
      assert.equal(place.problem?.code, outside === undefined ? undefined : "store.file-outside");
    });
  }

  it("names the entry, the path and the remedy", () => {
    assert.deepEqual(placeSessionFile(posix, row("/etc/pass\u001bwd"), main, []).problem, {
      code: "store.file-outside",
      message:
        'The entry agent:main:main names a transcript outside the sessions directories, "/etc/pass\\u001bwd". It was not read; OpenClaw ignores such a path too and uses the session id.',
      file: main.storePath,
    });
  });

  it("makes no path from an id that is none", () => {
    const place = placeSessionFile(
      posix,
      { key: "k", sessionId: "../../etc/passwd", sessionFile: undefined },
      main,
      [],
    );
    assert.deepEqual(place, { candidates: [], problem: undefined });
  });

  it("works with Windows paths", () => {
    const root = {
      agentId: "main",
      path: "C:\\Users\\u\\.openclaw\\agents\\main\\sessions",
      realPath: "C:\\Users\\u\\.openclaw\\agents\\main\\sessions",
      storePath: "C:\\Users\\u\\.openclaw\\agents\\main\\sessions\\sessions.json",
    };
    const stored = [
      "c:\\users\\U\\.openclaw\\agents\\main\\sessions\\x.jsonl",
      "/home/d/.openclaw/agents/main/sessions/x.jsonl",
      "..\\x",
      "C:\\Windows\\win.ini",
    ];
    assert.deepEqual(
      stored.map((file) => placeSessionFile(win32, row(file), root, []).candidates[0]?.path),
      [`${root.path}\\x.jsonl`, `${root.path}\\x.jsonl`, `${root.path}\\id.jsonl`, `${root.path}\\id.jsonl`],
    );
  });

  it("never leaves the directories, whatever is stored", () => {
    const piece = fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "agents",
      "main",
      "ops",
      "sessions",
      "x.jsonl",
      "C:",
      "\0",
      "~",
      "",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("/")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(posix, win32), (stored, path) => {
        const root =
          path === posix
            ? main
            : { ...main, path: "C:\\s\\agents\\main\\sessions", realPath: "C:\\s\\agents\\main\\sessions" };
        for (const candidate of placeSessionFile(path, row(stored), root, [ops]).candidates) {
          const allowed = [root, ops].some((directory) => isInside(path, directory.path, candidate.path));
          assert.ok(allowed, `${candidate.path} from ${JSON.stringify(stored)}`);
        }
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 300 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});

function row(sessionFile: string | undefined) {
  return { key: "agent:main:main", sessionId: "id", sessionFile };
}
