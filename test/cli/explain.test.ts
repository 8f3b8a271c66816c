import assert from "node:assert/strict";
import type { ReportJson } from "../../src/core/report/reportJson";
import {
  aCause,
  aConversation,
  aFile,
  aFinding,
  aResetAt,
  aRotation,
  aStateDir,
  aWindow,
  explanationsOf,
  someEvidence,
} from "../anExplanation";
import { header, msg } from "../core/transcript/records";
import { FakeInspector, FakeProgram } from "./fakeInspector";

const day = 24 * 3_600_000;

/** The main conversation, reset by a command and then by the day; a direct chat, reset by its owner; a heartbeat. */
function story() {
  const current = aWindow("614a8906-3", { firstAt: aResetAt + 1, lastAt: aResetAt + 60_000 });
  const second = aWindow("3df90563-2", {
    kind: "reset",
    primary: aFile("3df90563-2.jsonl.reset.2026-03-31T04-00-00.397Z", { messages: 8_323 }),
    firstAt: aResetAt - day,
    lastAt: aResetAt - 138_397,
  });
  const first = aWindow("9b1e22c4-1", { kind: "reset", firstAt: aResetAt - 2 * day, lastAt: aResetAt - day - 1 });
  const main = aConversation("agent:main:main", current, second, first);
  const daily = aRotation({
    ...{ from: second, to: current, conversation: main },
    causes: [
      aCause("daily", "likely", {
        evidence: [someEvidence("The boundary lies between.", { file: "/s/openclaw.json", line: 12 })],
      }),
    ],
    executedBy: { kind: "heartbeat", evidence: [] },
  });
  const asked = aRotation({
    ...{ from: first, to: second, conversation: main, at: aResetAt - day, origin: "asked" },
    causes: [aCause("command", "certain")],
  });

  const chatNow = aWindow("77777777-2", { firstAt: aResetAt });
  const chatThen = aWindow("66666666-1", { kind: "reset", firstAt: aResetAt - day, lastAt: aResetAt - 1 });
  const chat = aConversation("agent:main:telegram:direct:+15551234567", chatNow, chatThen);
  const called = aRotation({
    ...{ from: chatThen, to: chatNow, conversation: chat, at: aResetAt - 3_600_000, origin: "asked" },
    causes: [aCause("rpc", "certain")],
  });

  const tick = aWindow("11111111-1", { kind: "orphan", firstAt: aResetAt - 7_200_000 });
  const nextTick = aWindow("22222222-2", { firstAt: aResetAt - 3_600_000 });
  const heartbeat = aConversation("agent:main:main:heartbeat", nextTick, tick);
  const isolated = aRotation({
    ...{ from: tick, to: nextTick, conversation: heartbeat, at: aResetAt - 3_600_000, origin: "design" },
    causes: [aCause("isolated-run", "certain")],
  });
  const finding = aFinding({
    place: { file: "/s/agents/main/sessions/3df90563-2.jsonl.reset.2026-03-31T04-00-00.397Z", line: 3 },
    subject: { stateDir: "/s", agentId: "main", key: "agent:main:main", rotationId: daily.id },
  });
  const snapshot = { stateDirs: [aStateDir([main, chat, heartbeat])], lookedAt: [], problems: [] };
  return { snapshot, daily, asked, called, isolated, finding };
}

function program(
  { snapshot, daily, asked, called, isolated, finding } = story(),
  files: ConstructorParameters<typeof FakeInspector>[2] = {},
): FakeProgram {
  const explanations = explanationsOf([daily, asked, called, isolated], [finding]);
  return new FakeProgram(new FakeInspector(snapshot, explanations, files));
}

async function output(...words: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = program();
  const code = await run.run(...words);
  return { code, stdout: run.stdout.text, stderr: run.stderr.text };
}

describe("explain", () => {
  it("lists people's resets newest first, and findings", async () => {
    assert.deepEqual(await output("explain"), {
      code: 1,
      stderr: "",
      stdout: `Resets
  When              Conversation                  Why                                      Messages  Explain with
⚠ 2026-03-31 04:00  main                          daily boundary (likely), by a heartbeat     8,323  3df90563
  2026-03-31 03:00  Telegram · direct chat …4567  reset called by a client (certain)              –  66666666
  2026-03-30 04:00  main                          command /new or /reset (certain)                –  9b1e22c4
  1 reset of a heartbeat, cron job or sub-agent more: --all shows it.

Findings
⚠ warning: main was reset at 04:00 and nobody asked for it
    8 messages were set aside.
    3df90563-2.jsonl.reset.2026-03-31T04-00-00.397Z:3
    What to do: Open the earlier window; nothing of it is lost.
`,
    });
  });

  it("lists machines' too with --all", async () => {
    const { stdout } = await output("explain", "--all");
    assert.match(stdout, /Heartbeat of main +isolated run \(certain\) +– {2}11111111/);
    assert.doesNotMatch(stdout, /--all/);
  });

  const named: readonly (readonly [word: string, titles: readonly string[], code: number])[] = [
    [
      "main",
      [
        "main was reset on 2026-03-31 at 04:00:00 UTC: daily boundary (likely), carried out by a heartbeat.",
        "main was reset on 2026-03-30 at 04:00:00 UTC: command /new or /reset (certain).",
      ],
      1,
    ],
    [
      "3df90563",
      ["main was reset on 2026-03-31 at 04:00:00 UTC: daily boundary (likely), carried out by a heartbeat."],
      1,
    ],
    // Nothing ended the current window: the reset that began it.
    [
      "614a8906-3",
      ["main was reset on 2026-03-31 at 04:00:00 UTC: daily boundary (likely), carried out by a heartbeat."],
      1,
    ],
    ["9b1e22c4", ["main was reset on 2026-03-30 at 04:00:00 UTC: command /new or /reset (certain)."], 0],
    [
      "agents/main/sessions/3df90563-2.jsonl.reset.2026-03-31T04-00-00.397Z",
      ["main was reset on 2026-03-31 at 04:00:00 UTC: daily boundary (likely), carried out by a heartbeat."],
      1,
    ],
    [
      "agent:main:telegram:direct:+15551234567",
      ["Telegram · direct chat …4567 was reset on 2026-03-31 at 03:00:00 UTC: reset called by a client (certain)."],
      0,
    ],
  ];
  for (const [word, titles, code] of named) {
    it(`${word}: whole reports`, async () => {
      const told = await output("explain", word);
      assert.deepEqual(
        told.stdout.split("\n").filter((line) => / was reset on /.test(line)),
        titles,
      );
      assert.deepEqual([told.code, told.stderr], [code, ""]);
    });
  }

  it("says so when nothing is known about a window", async () => {
    const { snapshot } = story();
    const run = new FakeProgram(new FakeInspector(snapshot, explanationsOf([])));
    assert.equal(await run.run("explain", "614a8906"), 0);
    assert.equal(run.stdout.text, "Nothing tells of a reset that began or ended this window (current).\n");
  });

  it("answers with 2 when the word means nothing", async () => {
    const { code, stdout, stderr } = await output("explain", "nonsense");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /Nothing is known as "nonsense"/);
  });

  it("--json has the documented fields, and unknown causes with what was compared", async () => {
    const run = program({
      ...story(),
      asked: aRotation({ causes: [], origin: "unknown", missing: ["A log is missing."] }),
    });
    await run.run("explain", "--json");
    const { schema, rotations, findings } = JSON.parse(run.stdout.text) as ReportJson;
    assert.equal(schema, 1);
    const [daily] = rotations;
    const { key, at, from, to, causes, executedBy } = daily ?? assert.fail();
    assert.deepEqual(
      { key, at, from, to, causes, executedBy },
      {
        key: "agent:main:main",
        at: "2026-03-31T04:00:00.397Z",
        from: "3df90563-2",
        to: "614a8906-3",
        causes: [
          {
            cause: "daily",
            confidence: "likely",
            evidence: [{ text: "The boundary lies between.", file: "/s/openclaw.json", line: 12 }],
            against: [],
            missing: [],
          },
        ],
        executedBy: "heartbeat",
      },
    );
    const unknown = rotations.find((rotation) => rotation.causes[0]?.cause === "unknown");
    assert.deepEqual(unknown?.causes, [
      {
        cause: "unknown",
        confidence: "none",
        evidence: [{ text: "The last entry is of 2026-03-31T03:57:42.000Z.", file: null, line: null }],
        against: [],
        missing: ["A log is missing."],
      },
    ]);
    assert.deepEqual(
      findings.map(({ code, severity, rotation }) => [code, severity, rotation]),
      [["rotation.unexpected", "warning", daily?.id]],
    );
    assert.ok(rotations.some((rotation) => rotation.key === "agent:main:telegram:direct:…4567"));
  });

  it("reads words only with --with-text", async () => {
    const said = {
      "/s/agents/main/sessions/3df90563-2.jsonl.reset.2026-03-31T04-00-00.397Z": [
        header(),
        msg("a", null, "user", "[Mon 2026-03-30 21:15 UTC] Good night"),
        msg("b", "a", "assistant", "Sleep well"),
      ],
      "/s/agents/main/sessions/614a8906-3.jsonl": [header(), msg("c", null, "user", "Who are you?")],
    };
    const [without, withText] = [program(story(), said), program(story(), said)];
    await without.run("explain", "3df90563");
    await withText.run("explain", "3df90563", "--with-text");
    assert.doesNotMatch(without.stdout.text, /Sleep well|Who are you/);
    assert.deepEqual(without.inspector.asked, ["dispose"]);
    assert.match(withText.stdout.text, /Last before it: Sleep well\n {2}First after it: Who are you\?/);
  });

  it("--with-text does without words that cannot be read any more", async () => {
    const run = program();
    assert.equal(await run.run("explain", "3df90563", "--with-text", "--json"), 1);
    const { rotations } = JSON.parse(run.stdout.text) as ReportJson;
    assert.deepEqual(
      rotations.map(({ words }) => words),
      [{ lastBefore: null, firstAfter: null }],
    );
  });
});
