import assert from "node:assert/strict";
import type { RestoreReceipt } from "../../src/core/restore/restoreJournal";
import { RestoreFailed, RestoreRefused, type Restorer } from "../../src/core/restore/restorer";
import { explanationsOf } from "../anExplanation";
import { FakeInspector, FakeProgram } from "./fakeInspector";
import { aCheck, aPlan, aReceipt, fakeRestorer } from "./fakeRestorer";
import { agent, conversation, minutes, snapshot, window } from "./snapshotBuilder";

const first = aReceipt(aPlan({ id: "20260721T093000Z-11111111", createdAt: minutes(30) }));
const second = aReceipt(aPlan({ id: "20260721T094000Z-22222222", createdAt: minutes(40) }));
const undoOfSecond = aReceipt(
  aPlan({ id: "20260721T095000Z-33333333", createdAt: minutes(50), kind: "undo", of: second.plan.id }),
);

function programWith(receipts: readonly RestoreReceipt[], more: Partial<Restorer> = {}, stateDirs = ["/s"]) {
  const there = snapshot([agent([conversation("agent:main:main", window("aaaa1111", "live"))])]);
  const [stateDir] = there.stateDirs;
  assert.ok(stateDir);
  const inspector = new FakeInspector(
    { ...there, stateDirs: stateDirs.map((path) => ({ ...stateDir, path, realPath: path })) },
    explanationsOf([]),
  );
  const asked: string[] = [];
  const planned = (how: string) => (directory: string, id: string, gatewayIsStopped?: boolean) => {
    asked.push(`${how} ${directory} ${id} ${String(gatewayIsStopped)}`);
    return Promise.resolve({ plan: aPlan({ kind: "undo", of: id }), checks: [aCheck("ok")] });
  };
  const restorer = fakeRestorer(
    { plan: undefined, checks: [] },
    {
      list: () => Promise.resolve(receipts),
      unfinished: () => Promise.resolve(receipts.filter(({ outcome }) => outcome === "unfinished")),
      planUndo: planned("undo"),
      planSwitchBack: planned("switch back"),
      ...more,
    },
  );
  inspector.restorer = restorer;
  return { program: new FakeProgram(inspector), restorer, asked };
}

describe("openclaw-sessions undo", () => {
  it("takes back the newest restore that was not undone; undoing an undo needs its id", async () => {
    const undone = { ...second, outcome: "undone", undoneBy: undoOfSecond.plan.id } as const;
    for (const [receipts, words, id] of [
      [[second, first], [], second.plan.id],
      [[undoOfSecond, undone, first], [], first.plan.id],
      [[undoOfSecond, undone, first], [undoOfSecond.plan.id], undoOfSecond.plan.id],
      [[second, first], ["11111111"], first.plan.id],
      [[second, first], ["20260721T0930"], first.plan.id],
    ] as const) {
      const { program, restorer, asked } = programWith(receipts);
      assert.equal(await program.run("undo", ...words, "--yes"), 0, program.stderr.text);
      assert.deepEqual(asked, [`undo /s ${id} false`]);
      assert.equal(restorer.applied.length, 1);
    }
  });

  it("passes on the user's word, and switches back where that is asked for", async () => {
    const { program, asked } = programWith([first]);
    await program.run("undo", "--yes", "--gateway-is-stopped");
    await program.run("undo", "--yes", "--switch-back");
    assert.deepEqual(asked, [`undo /s ${first.plan.id} true`, `switch back /s ${first.plan.id} false`]);
  });

  it("a dry run applies nothing, and without a word nothing is applied either", async () => {
    for (const [words, exitCode] of [
      [["--dry-run"], 0],
      [[], 3],
    ] as const) {
      const { program, restorer } = programWith([first]);
      assert.equal(await program.run("undo", ...words), exitCode);
      assert.deepEqual(restorer.applied, []);
    }
  });

  it("refused because something changed: names the other way; not where a gateway runs", async () => {
    for (const [code, isNamed] of [
      ["changed-since", true],
      ["gateway", false],
    ] as const) {
      const { program } = programWith([first], {
        planUndo: () => Promise.resolve({ plan: aPlan({ kind: "undo" }), checks: [aCheck("blocker", { code })] }),
      });
      assert.equal(await program.run("undo", "--yes"), 3);
      assert.equal(
        program.stderr.text.includes(`\n  openclaw-sessions undo ${first.plan.id} --switch-back\n`),
        isNamed,
      );
    }
  });

  for (const [why, receipts, words, sentence] of [
    ["nothing was restored", [], [], /Nothing was restored here yet/],
    ["all was undone", [{ ...first, outcome: "undone" }], [], /11111111 was undone already\./],
    [
      "all was undone",
      [undoOfSecond, { ...second, outcome: "undone", undoneBy: undoOfSecond.plan.id }],
      [],
      /-22222222 was undone already, at 2026-07-21 09:50:01 UTC, by 20260721T095000Z-33333333\. To undo that, which brings it back: `openclaw-sessions undo 20260721T095000Z-33333333`/,
    ],
    ["it was undone", [{ ...first, outcome: "undone", undoneBy: "x-1" }], ["1111111"], /No restore is known/],
    ["it was undone", [{ ...first, outcome: "undone", undoneBy: "x-1" }], ["11111111"], /undone already, by x-1/],
    ["it was taken back", [{ ...first, outcome: "taken-back" }], ["11111111"], /changed nothing in the end/],
    ["it is unfinished", [{ ...first, outcome: "unfinished" }], ["11111111"], /recover 2026\S+` says how to end it/],
    [
      "two are meant",
      [second, first],
      ["20260721"],
      /can mean several restores\.[^]*-22222222 {2}2026-07-21 09:40:00 UTC · restore · agent:main:main\n.*-11111111 {2}2026/,
    ],
    ["an unknown one", [first], ["\u001b[31mevil"], /No restore is known as "␛\[31mevil"/],
  ] as const) {
    it(`${why}: ${["undo", ...words].join(" ").replace("\u001b", "")}`, async () => {
      const { program, restorer } = programWith(receipts);
      assert.equal(await program.run("undo", ...words, "--yes"), 2);
      assert.match(program.stderr.text, sentence);
      assert.deepEqual(restorer.applied, []);
    });
  }

  it("restores in two state directories: one has to be named", async () => {
    const { program } = programWith([first], {}, ["/s", "/t"]);
    assert.equal(await program.run("undo", "--yes"), 2);
    assert.match(
      program.stderr.text,
      /in several state directories\. Name one of them:\n.*11111111 .* {2}\/s\n.* {2}\/t/,
    );
  });
});

describe("openclaw-sessions restores", () => {
  it("when, which key, from and to, what became of it, and what undo takes", async () => {
    const undone = { ...second, outcome: "undone", undoneBy: undoOfSecond.plan.id } as const;
    const { program } = programWith([undoOfSecond, undone, first]);
    assert.equal(await program.run("restores"), 0);
    assert.equal(
      program.stdout.text,
      `/s
  2026-07-21 09:50  undo · done
    agent:main:main: bbbb2222 → aaaa1111
    20260721T095000Z-33333333  /vault/restores/20260721T095000Z-33333333
  2026-07-21 09:40  restore · undone by 20260721T095000Z-33333333
    agent:main:main: bbbb2222 → aaaa1111
    20260721T094000Z-22222222  /vault/restores/20260721T094000Z-22222222
  2026-07-21 09:30  restore · done
    agent:main:main: bbbb2222 → aaaa1111
    20260721T093000Z-11111111  /vault/restores/20260721T093000Z-11111111
`,
    );
  });

  it("what was refused before it began with --all only", async () => {
    const { program } = programWith([{ ...second, outcome: "not-begun" }, first]);
    const ids = async (...words: string[]): Promise<readonly string[]> => {
      assert.equal(await program.run("restores", "--json", ...words), 0);
      const json = JSON.parse(program.stdout.text) as { restores: { plan: { id: string } }[] };
      program.stdout.text = "";
      return json.restores.map(({ plan }) => plan.id);
    };
    assert.deepEqual(await ids(), [first.plan.id]);
    assert.deepEqual(await ids("--all"), [second.plan.id, first.plan.id]);
  });

  it("a vault that cannot be read does not hide the others", async () => {
    const list = (path: string) => (path === "/s" ? Promise.reject(new Error("EACCES")) : Promise.resolve([first]));
    const { program } = programWith([], { list }, ["/s", "/t"]);
    assert.equal(await program.run("restores"), 1);
    assert.equal(program.stderr.text, "The restores of /s cannot be listed: EACCES\n");
    assert.match(program.stdout.text, /^\/t\n {2}2026-07-21 09:30 {2}restore · done\n/);
  });

  it("--json, none, and an unfinished one", async () => {
    for (const [receipts, exitCode] of [
      [[], 0],
      [[first], 0],
      [[{ ...first, outcome: "unfinished" }], 1],
    ] as const) {
      const { program } = programWith(receipts);
      assert.equal(await program.run("restores", "--json"), exitCode);
      const json = JSON.parse(program.stdout.text) as { schema: number; restores: { outcome: string }[] };
      assert.deepEqual(
        [json.schema, json.restores.map(({ outcome }) => outcome)],
        [1, receipts.map(({ outcome }) => outcome)],
      );
    }
  });
});

describe("openclaw-sessions recover", () => {
  const interrupted = { ...first, outcome: "unfinished", endedAt: undefined } as const;

  it("says what there is and how to end it, and ends nothing by itself", async () => {
    const { program } = programWith([interrupted]);
    assert.equal(await program.run("recover"), 3);
    assert.equal(
      program.stdout.text,
      `20260721T093000Z-11111111 of agent:main:main in /s was interrupted. It began at 2026-07-21 09:30:00 UTC.
  openclaw-sessions recover 20260721T093000Z-11111111 --finish
  openclaw-sessions recover 20260721T093000Z-11111111 --take-back
`,
    );
  });

  for (const [words, how, outcome] of [
    [["--finish"], "finish", "finished"],
    [["--take-back"], "take-back", "taken-back"],
    [["--take-back", "--json"], "take-back", "taken-back"],
    [["11111111", "--finish"], "finish", "finished"],
  ] as const) {
    it(`recover ${words.join(" ")}`, async () => {
      const asked: string[] = [];
      const { program } = programWith([interrupted], {
        recover: (stateDir, id, way) => {
          asked.push(`${stateDir} ${id} ${way}`);
          return Promise.resolve({ ...first, outcome });
        },
      });
      assert.equal(await program.run("recover", ...words), 0);
      assert.deepEqual(asked, [`/s ${first.plan.id} ${how}`]);
      assert.match(program.stdout.text, outcome === "finished" ? /It was finished at/ : /taken.back/);
      // What was taken back leaves nothing to do, and nothing to undo.
      if (outcome === "taken-back") assert.doesNotMatch(program.stdout.text, /What to do now|sessions undo/);
    });
  }

  it("nothing to do; both ways at once; refused; failed", async () => {
    const refused = { recover: () => Promise.reject(new RestoreRefused("Process 4711 is at it.")) };
    const failed = { recover: () => Promise.reject(new RestoreFailed("The disk is gone.", "x")) };
    for (const [receipts, more, words, exitCode, sentence] of [
      [[first], {}, ["--finish"], 0, /No restore is unfinished\./],
      [[interrupted], {}, ["--finish", "--take-back"], 2, /cannot be used with option/],
      [[interrupted], refused, ["--finish"], 3, /Process 4711 is at it\./],
      [[interrupted], failed, ["--finish"], 4, /The disk is gone\./],
      [
        [interrupted],
        failed,
        ["--finish", "--json"],
        4,
        /"outcome": "unfinished",\n {2}"message": "The disk is gone\."/,
      ],
      [[interrupted, { ...second, outcome: "unfinished" }], {}, ["--finish"], 3, /11111111[^]*22222222/],
    ] as const) {
      const { program } = programWith(receipts, more);
      assert.equal(await program.run("recover", ...words), exitCode);
      assert.match(program.stdout.text + program.stderr.text, sentence);
    }
  });

  it("other commands tell of it in one line, and of a vault that cannot be read", async () => {
    const { program } = programWith([interrupted]);
    await program.run("list");
    assert.equal(
      program.stderr.text,
      "The restore 20260721T093000Z-11111111 in /s was interrupted: `openclaw-sessions recover` ends it.\n",
    );
    const broken = programWith([], { unfinished: () => Promise.reject(new Error("EACCES")) });
    assert.equal(await broken.program.run("list"), 0);
    assert.equal(broken.program.stderr.text, "Whether a restore of /s was interrupted cannot be told: EACCES\n");
  });
});
