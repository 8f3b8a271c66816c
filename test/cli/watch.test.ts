import assert from "node:assert/strict";
import type { RotationJson } from "../../src/core/report/reportJson";
import type { Rotation } from "../../src/core/rotation/rotation";
import { aCause, aConversation, aRotation, aStateDir, aWindow, explanationsOf } from "../anExplanation";
import { FakeInspector, FakeProgram } from "./fakeInspector";

const old = aRotation();
const main = old.conversation ?? assert.fail();
const changed = { stateDir: "/s", agentId: "main", key: "agent:main:main" };

function rotationAt(at: number | undefined, from: string, to: string): Rotation {
  return aRotation({
    ...{ at, from: aWindow(from, { kind: "reset" }), to: aWindow(to), conversation: main, archive: undefined },
    causes: [aCause("rpc", "certain")],
    executedBy: { kind: "rpc", evidence: [] },
  });
}

/** Watching already, with one reset of long ago. */
async function watching(...words: readonly string[]) {
  const snapshot = { stateDirs: [aStateDir([main, aConversation("global")])], lookedAt: [], problems: [] };
  const program = new FakeProgram(new FakeInspector(snapshot, explanationsOf([old])));
  const code = program.run("watch", ...words);
  await program.says("stderr", "Watching");
  return { program, code, inspector: program.inspector };
}

describe("watch", () => {
  it("says on standard error what it watches, and ends cleanly when it is told to", async () => {
    const { program, code, inspector } = await watching();
    program.stop();
    assert.equal(await code, 0);
    assert.deepEqual(
      [program.stdout.text, program.stderr.text, inspector.asked, inspector.listeners, program.stops],
      ["", "Watching 2 conversations in /s\n", ["watch", "dispose"], 0, 0],
    );
  });

  it("prints each reset once, when it is explained", async () => {
    const { program, code, inspector } = await watching();
    const at = Date.now();
    const rotation = rotationAt(at, "aaaa", "bbbb");
    inspector.tell({ rotations: [changed] }); // seen, and not explained yet
    inspector.tell({ explained: true }, explanationsOf([rotation, old]));
    await program.says("stdout", "aaaa");
    inspector.tell({ explained: true });
    inspector.tell({ explained: true }, explanationsOf([{ ...rotation, id: "learned later", at: at + 5 }, old]));
    inspector.tell({ explained: true }, explanationsOf([rotationAt(at + 10, "bbbb", "cccc"), rotation, old]));
    await program.says("stdout", "cccc");
    program.stop();
    assert.equal(await code, 0);
    const [first, second, ...rest] = program.stdout.text.split("\n");
    assert.match(
      first ?? "",
      /^main was reset on .*: reset called by a client \(certain\)\. aaaa → bbbb, old transcript: \/s\/agents\/main\/sessions\/aaaa\.jsonl$/,
    );
    assert.match(second ?? "", / bbbb → cccc, /);
    assert.deepEqual(rest, [""]);
  });

  it("leaves out what happened long ago and is only recognised now, but not a reset with a wrong clock", async () => {
    const { program, code, inspector } = await watching();
    const longAgo = rotationAt(Date.UTC(2026, 0, 1), "cccc", "dddd");
    inspector.tell({ explained: true }, explanationsOf([longAgo, old]));
    const wrong = rotationAt(Date.UTC(2026, 4, 1), "eeee", "ffff");
    inspector.tell({ rotations: [changed], explained: true }, explanationsOf([wrong, longAgo, old]));
    await program.says("stdout", "eeee");
    program.stop();
    await code;
    assert.deepEqual(program.stdout.text.split("\n").length, 2);
  });

  it("--json prints one line per reset, the same as in explain --json", async () => {
    const { program, code, inspector } = await watching("--json");
    inspector.tell({ explained: true }, explanationsOf([rotationAt(Date.now(), "aaaa", "bbbb\u202e"), old]));
    await program.says("stdout", "\n");
    program.stop();
    await code;
    const lines = program.stdout.text.trimEnd().split("\n");
    const { from, to, causes } = JSON.parse(lines[0] ?? "") as RotationJson;
    assert.deepEqual([lines.length, from, to, causes[0]?.cause], [1, "aaaa", "bbbb\u202e", "rpc"]);
    assert.doesNotMatch(program.stdout.text, /\u202e/);
  });

  it("does not watch where there is nothing", async () => {
    const empty = { stateDirs: [], lookedAt: [], problems: [] };
    const program = new FakeProgram(new FakeInspector(empty, explanationsOf([])));
    assert.equal(await program.run("watch"), 2);
    assert.match(program.stderr.text, /No OpenClaw state directory was found/);
  });
});
