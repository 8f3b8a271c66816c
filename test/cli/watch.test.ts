import assert from "node:assert/strict";
import type { RotationJson } from "../../src/core/report/reportJson";
import type { Rotation } from "../../src/core/rotation/rotation";
import { aCause, aConversation, aRotation, aStateDir, aWindow, explanationsOf } from "../anExplanation";
import { storeRow } from "../core/conversation/builders";
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
      /^main was reset on .*: client's reset button or call \(certain\)\. aaaa → bbbb, old transcript: \/s\/agents\/main\/sessions\/aaaa\.jsonl$/,
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

  describe("a reset of which not everything is known yet", () => {
    const at = (): number => Date.now();
    function unfinished(more: Partial<Rotation> = {}): Rotation {
      return { ...rotationAt(at(), "aaaa", "bbbb"), to: undefined, causes: [], origin: "unknown", ...more };
    }

    it("names the new session from the index before its transcript is there", async () => {
      const { program, code, inspector } = await watching();
      const now = { ...main, row: storeRow("main", "bbbb") };
      inspector.snapshot = { ...inspector.snapshot, stateDirs: [aStateDir([now])] };
      inspector.tell({ explained: true }, explanationsOf([unfinished({ causes: [aCause("rpc")] }), old]));
      await program.says("stdout", "aaaa → bbbb, ");
      program.stop();
      await code;
      assert.doesNotMatch(program.stdout.text, /not known yet/);
    });

    it("is told again, once, when the successor and the cause are known", async () => {
      const { program, code, inspector } = await watching();
      const first = unfinished();
      inspector.tell({ explained: true }, explanationsOf([first, old]));
      await program.says("stdout", "aaaa → not known yet");
      // What is learned moves its time, and with that its id.
      const whole = { ...rotationAt(first.at, "aaaa", "bbbb"), id: "learned later" };
      inspector.tell({ explained: true }, explanationsOf([whole, old]));
      await program.says("stdout", "aaaa → bbbb");
      inspector.tell({ explained: true });
      inspector.tell({ explained: true }, explanationsOf([rotationAt(at() + 10, "bbbb", "cccc"), whole, old]));
      await program.says("stdout", "cccc");
      program.stop();
      await code;
      const lines = program.stdout.text.trimEnd().split("\n");
      assert.deepEqual(
        lines.map((line) => [line.startsWith("Now known: "), /\w+ → [\w ]+/.exec(line)?.[0]]),
        [
          [false, "aaaa → not known yet"],
          [true, "aaaa → bbbb"],
          [false, "bbbb → cccc"],
        ],
      );
    });

    it("--json says that it is an update", async () => {
      const { program, code, inspector } = await watching("--json");
      const first = unfinished();
      inspector.tell({ explained: true }, explanationsOf([first, old]));
      await program.says("stdout", "\n");
      inspector.tell({ explained: true }, explanationsOf([rotationAt(first.at, "aaaa", "bbbb"), old]));
      await program.says("stdout", '"update":true');
      program.stop();
      await code;
      const told = program.stdout.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as RotationJson & { readonly update?: boolean });
      assert.deepEqual(
        told.map(({ to, causes, update }) => [to, causes[0]?.cause, update]),
        [
          [null, "unknown", undefined],
          ["bbbb", "rpc", true],
        ],
      );
    });

    it("is of the conversation that its session was seen in, where the files do not tell any more", async () => {
      const seen = aConversation("agent:main:telegram:direct:+15551234567", aWindow("aaaa"));
      const snapshot = { stateDirs: [aStateDir([seen])], lookedAt: [], problems: [] };
      const program = new FakeProgram(new FakeInspector(snapshot, explanationsOf([])));
      const code = program.run("watch");
      await program.says("stderr", "Watching");
      program.inspector.snapshot = { ...snapshot, stateDirs: [aStateDir([])] };
      program.inspector.tell({ explained: true }, explanationsOf([unfinished({ conversation: undefined })]));
      await program.says("stdout", "\n");
      program.stop();
      await code;
      assert.match(program.stdout.text, /^Telegram · direct chat …4567 was cut on /);
    });
  });

  it("says when a state directory goes and comes", async () => {
    const { program, code, inspector } = await watching();
    const { snapshot } = inspector;
    inspector.snapshot = { ...snapshot, stateDirs: [] };
    inspector.tell({ structure: true });
    await program.says("stderr", "/s is no longer there");
    inspector.snapshot = snapshot;
    inspector.tell({ structure: true });
    await program.says("stderr", "/s is there and watched from now on.");
    program.stop();
    assert.equal(await code, 0);
    assert.deepEqual([program.stdout.text, program.stderr.text.split("\n").length], ["", 4]);
  });

  it("warns of sessions in SQLite, whose resets it does not see", async () => {
    const stateDir = aStateDir([]);
    const sqlite = { databasePath: "/s/agents/main/agent/openclaw-agent.sqlite", tables: ["session_nodes"] };
    const agents = stateDir.agents.map((agent) => ({ ...agent, sqlite }));
    const snapshot = { stateDirs: [{ ...stateDir, agents }], lookedAt: [], problems: [] };
    const program = new FakeProgram(new FakeInspector(snapshot, explanationsOf([])));
    const code = program.run("watch");
    await program.says("stderr", "Their resets are not seen.");
    program.stop();
    assert.equal(await code, 0);
    assert.match(program.stderr.text, /\nThe sessions of agent main in \/s are in SQLite /);
  });

  it("does not watch where there is nothing", async () => {
    const empty = { stateDirs: [], lookedAt: [], problems: [] };
    const program = new FakeProgram(new FakeInspector(empty, explanationsOf([])));
    assert.equal(await program.run("watch"), 2);
    assert.match(program.stderr.text, /No OpenClaw state directory was found/);
  });
});
