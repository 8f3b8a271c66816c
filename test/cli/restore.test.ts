import assert from "node:assert/strict";
import type { Snapshot } from "../../src/core/conversation/model";
import type { CheckedPlan } from "../../src/core/restore/restorePlan";
import { RestoreFailed, RestoreRefused } from "../../src/core/restore/restorer";
import { explanationsOf } from "../anExplanation";
import { FakeInspector, FakeProgram } from "./fakeInspector";
import { aCheck, aPlan, aReceipt, fakeRestorer } from "./fakeRestorer";
import { agent, conversation, file, snapshot, window } from "./snapshotBuilder";

const archive = file("aaaa1111.jsonl.reset.2026-07-21T09-00-00.000Z");
const older = file("cccc3333.jsonl.reset.2026-07-20T09-00-00.000Z");
const earlier = window("aaaa1111", "reset", { primary: archive });
const oldest = window("cccc3333", "reset", { primary: older });
const current = window("bbbb2222", "live");
const orphan = window("dddd4444", "orphan", { join: undefined });
const twoResets = snapshot([
  agent(
    [
      conversation("agent:main:main", current, earlier, oldest),
      conversation("agent:main:telegram:direct:7", window("eeee5555", "live")),
    ],
    {
      orphans: [orphan],
    },
  ),
]);

function programWith(planned: CheckedPlan, more: Parameters<typeof fakeRestorer>[1] = {}, there: Snapshot = twoResets) {
  const inspector = new FakeInspector(there, explanationsOf([]));
  const restorer = fakeRestorer(planned, more);
  inspector.restorer = restorer;
  return { program: new FakeProgram(inspector), restorer };
}

describe("openclaw-sessions restore", () => {
  const fine: CheckedPlan = { plan: aPlan(), checks: [aCheck("ok")] };

  it("a session key means its newest earlier window, and puts it back where it was", async () => {
    const { program, restorer } = programWith(fine);
    assert.equal(await program.run("restore", "main", "--yes"), 0);
    assert.deepEqual(restorer.requests, [
      {
        stateDir: "/s",
        agentId: "main",
        windowId: "main/aaaa1111/-",
        file: undefined,
        target: { kind: "in-place", key: "agent:main:main" },
        displaced: { kind: "archive" },
        gatewayIsStopped: false,
      },
    ]);
    assert.deepEqual(restorer.applied, [fine]);
    assert.equal(
      program.stdout.text.slice(0, program.stdout.text.indexOf("\n\n")),
      `Of 2 earlier windows this is the newest:
  aaaa1111  2026-07-21 09:00 – 09:30 · 4 messages · reset
The others (\`openclaw-sessions restore <id>\` gives one of these back instead):
  cccc3333  2026-07-21 09:00 – 09:30 · 4 messages · reset`,
    );
  });

  it("says what was verified, what to do now, and how to take it back", async () => {
    const { program } = programWith(fine);
    await program.run("restore", "main", "--yes", "--state-dir", "/s", "--backup-dir", "/b");
    const told = program.stdout.text.slice(program.stdout.text.indexOf("What to do now"));
    assert.match(program.stdout.text, /The index was read back\./);
    assert.match(program.stdout.text, /\/vault\/restores\/20260721T093000Z-1f2e3d4c/);
    assert.equal(
      told,
      `What to do now ──────────────────────────────────────
  1. Write into /s/openclaw.json; where \`session\` is there already, into that:
       session: { reset: { mode: "idle", idleMinutes: 525600 } }
     The daily reset at 04:00 would set it aside again.
  2. Start the gateway:
       openclaw gateway start
  3. Send the agent a message and check that it remembers. The transcript grows, and no new archive
     appears beside it:
       /s/agents/main/sessions/aaaa1111.jsonl

To take it back:
  openclaw-sessions undo 20260721T093000Z-1f2e3d4c --state-dir /s --backup-dir /b
`,
    );
  });

  for (const [words, request] of [
    [["aaaa1111"], { windowId: "main/aaaa1111/-" }],
    [["cccc"], { windowId: "main/cccc3333/-" }],
    [["main/cccc3333/-"], { windowId: "main/cccc3333/-" }],
    [[older.path], { windowId: "main/cccc3333/-", file: undefined }],
    [["main", "--into-new-key"], { target: { kind: "new-key" } }],
    [["main", "--into-new-key", "--key", "agent:main:again"], { target: { kind: "new-key", key: "agent:main:again" } }],
    [["main", "--displaced", "new-key"], { displaced: { kind: "new-key" } }],
    [["main", "--gateway-is-stopped"], { gatewayIsStopped: true }],
    [["dddd4444", "--key", "main"], { target: { kind: "in-place", key: "agent:main:main", keyIsNamed: true } }],
    [
      ["dddd4444", "--key", "agent:main:deleted"],
      { target: { kind: "in-place", key: "agent:main:deleted", keyIsNamed: true } },
    ],
  ] as const) {
    it(`restore ${words.join(" ")}`, async () => {
      const { program, restorer } = programWith(fine);
      assert.equal(await program.run("restore", ...words, "--yes"), 0, program.stderr.text);
      assert.deepEqual({ ...restorer.requests[0], ...request }, restorer.requests[0]);
    });
  }

  it("a copy that was named is the one that is asked for", async () => {
    const copy = file("aaaa1111.jsonl.bak.2026-07-21T08-00-00.000Z");
    const there = snapshot([agent([conversation("agent:main:main", current, { ...earlier, copies: [copy] })])]);
    const { program, restorer } = programWith(fine, {}, there);
    assert.equal(await program.run("restore", copy.path, "--yes"), 0);
    assert.equal(restorer.requests[0]?.file, copy.path);
  });

  it("nothing tells whose it was: names the keys there are", async () => {
    const { program, restorer } = programWith(fine);
    assert.equal(await program.run("restore", "dddd4444", "--yes"), 2);
    assert.equal(
      program.stderr.text,
      `openclaw-sessions: Nothing on disk tells to which conversation this window belonged. --into-new-key gives it back beside the others, under a key of its own, and displaces nothing. --key puts it into one of these conversations, whose current window is kept:
  --key agent:main:main   main
  --key agent:main:telegram:direct:7   Telegram · direct chat 7
`,
    );
    assert.deepEqual(restorer.requests, []);
  });

  it("a key of another agent is none of this one", async () => {
    const { program } = programWith(fine);
    assert.equal(await program.run("restore", "dddd4444", "--key", "agent:work:main"), 2);
    assert.match(
      program.stderr.text,
      /agent:work:main is no session key of agent main\. Its keys begin with agent:main:/,
    );
  });

  it("above the question stands in a few lines what happens; details with --all only", async () => {
    const warnings = [1, 2].map((number) =>
      aCheck("warning", { text: `Warning ${String(number)}.`, remedy: "Read it." }),
    );
    const planned = { plan: aPlan(), checks: [...warnings, aCheck("ok", { text: "The disk has room." })] };
    const { program } = programWith(planned);
    assert.equal(await program.answers("no").run("restore", "main"), 3);
    assert.equal(
      program.stdout.text.slice(program.stdout.text.indexOf("The newest of")),
      `The newest of 2 earlier windows. Others: cccc3333
Comes back: 4 messages, 2026-07-21 09:00 – 09:30. To read it: openclaw-sessions show aaaa1111
What is current now: stays on disk as it is
2 warnings, the first: Warning 1.
Backup folder (the “vault”): /vault
To undo it: openclaw-sessions undo 20260721T093000Z-1f2e3d4c
`,
    );
    assert.doesNotMatch(program.stdout.text, /sha256|What it adds|The change in sessions\.json|The disk has room/);

    const full = programWith(planned).program;
    assert.equal(await full.run("restore", "main", "--all", "--dry-run"), 0);
    assert.match(full.stdout.text, /What it adds[^]*sha256[^]*The change in sessions\.json[^]*✓ The disk has room\./);
  });

  for (const [more, fate] of [
    [{ from: undefined }, "nothing is displaced"],
    [{ changes: aPlan().changes.map((change) => ({ ...change, role: "set-aside" as const })) }, "kept as an archive"],
    [
      { entries: [{ key: "agent:main:dashboard:1", before: undefined, after: "{}" }] },
      "kept under the key agent:main:dashboard:1",
    ],
  ] as const) {
    it(`above the question: ${fate}`, async () => {
      const { program } = programWith({ plan: aPlan(more), checks: [] });
      assert.equal(await program.run("restore", "main", "--dry-run"), 0);
      assert.ok(program.stdout.text.includes(`What is current now: ${fate}`));
    });
  }

  it("one earlier window: there is nothing to choose", async () => {
    const there = snapshot([agent([conversation("agent:main:main", current, earlier)])]);
    const { program } = programWith(fine, {}, there);
    assert.equal(await program.run("restore", "main", "--dry-run"), 0);
    assert.doesNotMatch(program.stdout.text, /newest/);
  });

  for (const [others, repeated] of [
    [[], true],
    [[aCheck("blocker", { code: "already-current", text: "It is current already." })], false],
  ] as const) {
    it(`what stops it stands last: ${repeated ? "the gateway" : "it would not happen anyway"}`, async () => {
      const stopped = {
        plan: aPlan(),
        checks: [...others, aCheck("blocker"), aCheck("warning", { text: "A warning." })],
      };
      const { program } = programWith(stopped);
      assert.equal(await program.run("restore", "main", "--gateway-is-stopped"), 3);
      assert.doesNotMatch(program.stdout.text, /A warning|In short/);
      assert.equal(/What will happen/.test(program.stdout.text), repeated);
      assert.match(
        program.stdout.text,
        repeated
          ? /What stops it:\n✗ A gateway runs as process 4711\.\n {2}→ Stop it: openclaw gateway stop\n$/
          : /It is current already\.[^]*✗ A gateway runs as process 4711\.\n {4}→ Stop it: openclaw gateway stop\n$/,
      );
      assert.match(
        program.stderr.text,
        /a gateway was seen running\. --gateway-is-stopped is for where that cannot be told/,
      );
    });
  }

  it("a key that is a guess: prints the command that names it", async () => {
    const { program } = programWith({ plan: aPlan(), checks: [aCheck("blocker", { code: "key-guessed" })] });
    assert.equal(await program.run("restore", "main"), 3);
    assert.match(
      program.stderr.text,
      /If it is this conversation:\n {2}openclaw-sessions restore aaaa1111 --key agent:main:main\n$/,
    );
  });

  it("a conversation without earlier windows, and a window without a transcript", async () => {
    const gone = window("ffff6666", "missing");
    const there = snapshot([agent([conversation("agent:main:main", current, gone)])]);
    for (const [word, sentence] of [
      ["main", /main has no earlier window/],
      ["ffff6666", /Of main\/ffff6666\/- no transcript is left/],
    ] as const) {
      const { program } = programWith(fine, {}, there);
      assert.equal(await program.run("restore", word), 2);
      assert.match(program.stderr.text, sentence);
    }
  });

  it("several windows of one id: lists them with their times", async () => {
    const twins = [
      window("aaaa1111", "reset", { windowId: "main/aaaa1111/1", primary: archive }),
      window("aaaa1111", "reset", { windowId: "main/aaaa1111/2", primary: older }),
    ];
    const there = snapshot([agent([conversation("agent:main:main", current, ...twins)])]);
    const { program } = programWith(fine, {}, there);
    assert.equal(await program.run("restore", "aaaa1111"), 2);
    assert.match(
      program.stderr.text,
      /can mean 2 windows\. Name one of them:\n {2}\/s\/agents.*\n.*main · reset · 2026-07-21/,
    );
  });

  it("a dry run applies nothing", async () => {
    const { program, restorer } = programWith(fine);
    assert.equal(await program.run("restore", "main", "--dry-run", "--yes"), 0);
    assert.deepEqual(restorer.applied, []);
    assert.match(
      program.stdout.text,
      /agent:main:main gets session aaaa1111 back\.[^]*Nothing was changed: this was a dry run\./,
    );
  });

  for (const words of [["--yes"], ["--dry-run"], []]) {
    it(`a blocker stops it, with ${words.join(" ") || "nothing"}`, async () => {
      const { program, restorer } = programWith({ plan: aPlan(), checks: [aCheck("blocker")] });
      assert.equal(await program.answers("yes").run("restore", "main", ...words), 3);
      assert.deepEqual(restorer.applied, []);
      assert.match(program.stdout.text, /A gateway runs as process 4711\.[^]*openclaw gateway stop/);
      assert.match(
        program.stderr.text,
        /Nothing was changed: the checks above stop it, and --yes does not override them\./,
      );
    });
  }

  it("no plan could be drawn up: the checks say why", async () => {
    const { program } = programWith({ plan: undefined, checks: [aCheck("blocker", { code: "source-readable" })] });
    assert.equal(await program.run("restore", "main", "--yes"), 3);
    assert.match(program.stdout.text, /A gateway runs as process 4711\./);
  });

  it("asks for a word of its own where it cannot be told whether a gateway runs", async () => {
    const { program, restorer } = programWith({ plan: aPlan(), checks: [aCheck("confirm")] });
    assert.equal(await program.run("restore", "main", "--yes"), 3);
    assert.deepEqual(restorer.applied, []);
    assert.match(program.stderr.text, /say so with --gateway-is-stopped/);
  });

  it("without a terminal and without --yes: says what to add", async () => {
    const { program, restorer } = programWith(fine);
    assert.equal(await program.run("restore", "main"), 3);
    assert.deepEqual(restorer.applied, []);
    assert.match(program.stderr.text, /Nothing was changed\. To carry this plan out, add --yes\.\n$/);
  });

  for (const [answer, applied, exitCode] of [
    ["yes", 1, 0],
    [" YES ", 1, 0],
    ["y", 0, 3],
    ["", 0, 3],
    [undefined, 0, 3],
  ] as const) {
    it(`asks on a terminal: ${answer === undefined ? "the input ends" : JSON.stringify(answer)}`, async () => {
      const { program, restorer } = programWith(fine);
      assert.equal(await program.answers(answer).run("restore", "main"), exitCode);
      assert.equal(restorer.applied.length, applied);
      assert.match(program.stderr.text, /Type yes to give the conversation back: /);
    });
  }

  it("asks nobody who does not see the plan", async () => {
    const { program, restorer } = programWith(fine);
    program.answers("yes").stdout.isTTY = false;
    assert.equal(await program.run("restore", "main"), 3);
    assert.deepEqual(restorer.applied, []);
  });

  it("Ctrl+C at the question is a no", async () => {
    const { program, restorer } = programWith(fine);
    for (const stream of [program.stdin, program.stdout, program.stderr]) stream.isTTY = true;
    const ended = program.run("restore", "main");
    await program.says("stderr", "Type yes");
    program.stop();
    assert.equal(await ended, 3);
    assert.deepEqual([restorer.applied, program.stops], [[], 0]);
  });

  it("refused at the last moment: nothing was done; failed in between: recover", async () => {
    for (const [error, exitCode] of [
      [new RestoreRefused("The index was changed meanwhile."), 3],
      [new RestoreFailed("Neither done nor taken back.", "20260721T093000Z-1f2e3d4c"), 4],
    ] as const) {
      const { program } = programWith(fine, { apply: () => Promise.reject(error) });
      assert.equal(await program.run("restore", "main", "--yes"), exitCode);
      assert.equal(program.stderr.text.includes(error.message), true);
    }
  });

  it("rehearses without asking, and names the copy", async () => {
    const { program, restorer } = programWith(fine, {
      rehearse: (given) =>
        Promise.resolve({ stateDir: "/copies/one", receipt: { ...aReceipt(given.plan), verified: ["Read back."] } }),
    });
    assert.equal(await program.run("restore", "main", "--rehearse"), 0);
    assert.deepEqual(restorer.applied, []);
    assert.match(program.stdout.text, /✓ Read back\.\n.*\n {2}openclaw-sessions list --state-dir \/copies\/one\n$/);
  });

  it("a hostile key is printed visibly, and handed over as it is", async () => {
    const key = "agent:main:x:direct:$(touch PWNED)\u001b[31m\u202e";
    const there = snapshot([agent([conversation(key, current, earlier)])]);
    const { program, restorer } = programWith(
      { plan: aPlan({ key, sentences: [`${key} gets it.`] }), checks: [] },
      {},
      there,
    );
    assert.equal(await program.run("restore", "aaaa1111", "--yes"), 0);
    assert.deepEqual(restorer.requests[0]?.target, { kind: "in-place", key });
    assert.doesNotMatch(program.stdout.text + program.stderr.text, /[\u001b\u202e]/);
  });

  it("--json: one object, and no question", async () => {
    for (const [planned, words, outcome, exitCode] of [
      [fine, ["--yes"], "done", 0],
      [fine, [], "unconfirmed", 3],
      [fine, ["--dry-run"], "could-be-done", 0],
      [{ plan: aPlan(), checks: [aCheck("blocker")] }, ["--yes"], "blocked", 3],
    ] as const) {
      const { program } = programWith(planned);
      assert.equal(await program.answers("yes").run("restore", "main", "--json", ...words), exitCode);
      const json = JSON.parse(program.stdout.text) as {
        schema: number;
        outcome: string;
        receipt: object | null;
        others: object[];
      };
      assert.deepEqual(json.others, [
        {
          windowId: "main/cccc3333/-",
          sessionId: "cccc3333",
          kind: "reset",
          file: older.path,
          messages: 4,
          firstAt: "2026-07-21T09:00:00.000Z",
          lastAt: "2026-07-21T09:30:00.000Z",
        },
      ]);
      assert.deepEqual([json.schema, json.outcome, json.receipt !== null], [1, outcome, outcome === "done"]);
      assert.doesNotMatch(program.stderr.text, /Type yes|Nothing was changed|newest/);
    }
  });
});
