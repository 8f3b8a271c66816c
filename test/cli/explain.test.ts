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
import { causeInShort } from "../../src/core/report/storySection";
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
    const { daily, called, asked } = story();
    const causes = [daily, called, asked].map(causeInShort);
    const longest = Math.max(...causes.map(({ length }) => length));
    const [first, second, third] = causes.map((cause) => cause.padEnd(longest));
    assert.deepEqual(await output("explain"), {
      code: 1,
      stderr: "",
      stdout: `Resets
  When              Conversation                  ${"Why".padEnd(longest)}  Messages  Explain with
⚠ 2026-03-31 04:00  main                          ${String(first)}     8,323  3df90563
  2026-03-31 03:00  Telegram · direct chat …4567  ${String(second)}         –  66666666
  2026-03-30 04:00  main                          ${String(third)}         –  9b1e22c4
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
    assert.match(stdout, /Heartbeat of main .*– {2}11111111/);
    assert.doesNotMatch(stdout, /--all/);
  });

  const named: readonly (readonly [word: string, titles: readonly string[], code: number])[] = [
    [
      "main",
      [
        "main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely), carried out by a heartbeat.",
        "main was reset on 2026-03-30 at 04:00:00 UTC: command /new or /reset (certain).",
      ],
      1,
    ],
    [
      "3df90563",
      ["main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely), carried out by a heartbeat."],
      1,
    ],
    // Nothing ended the current window: the reset that began it.
    [
      "614a8906-3",
      ["main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely), carried out by a heartbeat."],
      1,
    ],
    ["9b1e22c4", ["main was reset on 2026-03-30 at 04:00:00 UTC: command /new or /reset (certain)."], 0],
    [
      "agents/main/sessions/3df90563-2.jsonl.reset.2026-03-31T04-00-00.397Z",
      ["main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely), carried out by a heartbeat."],
      1,
    ],
    [
      "agent:main:telegram:direct:+15551234567",
      [
        "Telegram · direct chat …4567 was reset on 2026-03-31 at 03:00:00 UTC: client's reset button or call (certain).",
      ],
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

  describe("with several state directories", () => {
    /** Two homes with a main conversation each: one reset by the day, the other by a command, an hour later. */
    function twoHomes(): FakeProgram {
      const { snapshot, daily } = story();
      const now = aWindow("cccccccc-2", { firstAt: aResetAt + 3_600_000 });
      const then = aWindow("bbbbbbbb-1", { kind: "reset", lastAt: aResetAt });
      const main = aConversation("agent:main:main", now, then);
      const later = aRotation({
        ...{ stateDir: "/home/a b/.openclaw-work", from: then, to: now, conversation: main, at: aResetAt + 3_600_000 },
        ...{ causes: [aCause("command", "certain")], origin: "asked" as const },
      });
      const work = aStateDir([main], { path: later.stateDir, realPath: later.stateDir });
      const finding = aFinding({ title: "Something about work", subject: { stateDir: work.path, agentId: "main" } });
      return new FakeProgram(
        new FakeInspector(
          { ...snapshot, stateDirs: [...snapshot.stateDirs, work] },
          explanationsOf([later, daily], [finding]),
        ),
      );
    }

    it("the table says which home each reset and each finding is of", async () => {
      const run = twoHomes();
      await run.run("explain");
      const told = /\.openclaw-work$|\/s$|bbbbbbbb|3df90563|Something/;
      assert.deepEqual(
        run.stdout.text.split("\n").flatMap((line) => told.exec(line)?.[0] ?? []),
        [".openclaw-work", "bbbbbbbb", "/s", "3df90563", "Something", ".openclaw-work"],
      );
    });

    it("a name in both is answered with a choice, not with the reports of both", async () => {
      const run = twoHomes();
      assert.equal(await run.run("explain", "main"), 1);
      const lines = run.stdout.text.split("\n");
      assert.equal(lines[0], '"main" means 2 conversations that were reset');
      assert.deepEqual(
        lines.filter((line) => line.startsWith("  openclaw-sessions")),
        [
          "  openclaw-sessions explain main --state-dir '/home/a b/.openclaw-work'",
          "  openclaw-sessions explain main --state-dir /s",
        ],
      );
      assert.ok(lines.length < 20);
    });

    it("a report says which home it is about", async () => {
      const run = twoHomes();
      await run.run("explain", "bbbbbbbb");
      assert.match(run.stdout.text, /^State directory: \/home\/a b\/.openclaw-work\nmain was reset on /);
    });

    it("--json gives all of them", async () => {
      const run = twoHomes();
      await run.run("explain", "main", "--json");
      const { rotations } = JSON.parse(run.stdout.text) as ReportJson;
      assert.deepEqual(
        rotations.map(({ stateDir }) => stateDir),
        ["/home/a b/.openclaw-work", "/s"],
      );
    });
  });

  it("two agents with a main conversation each: the key chooses", async () => {
    const windows = (id: string) => [aWindow(`${id}-2`), aWindow(`${id}-1`, { kind: "reset", agentId: id })] as const;
    const rotations = ["main", "ops"].map((id) => {
      const [to, from] = windows(id);
      const conversation = { ...aConversation(`agent:${id}:main`, to, from), agentId: id };
      return aRotation({ agentId: id, from, to, conversation });
    });
    const stateDir = aStateDir([]);
    const [agent] = stateDir.agents;
    const agents = rotations.flatMap(({ agentId, conversation }) =>
      agent && conversation ? [{ ...agent, id: agentId, conversations: [conversation] }] : [],
    );
    const snapshot = { stateDirs: [{ ...stateDir, agents }], lookedAt: [], problems: [] };
    const run = new FakeProgram(new FakeInspector(snapshot, explanationsOf(rotations)));
    await run.run("explain", "main");
    assert.match(run.stdout.text, /main \(agent main\).*\n.*main \(agent ops\)/);
    assert.match(
      run.stdout.text,
      /\n {2}openclaw-sessions explain agent:main:main\n {2}openclaw-sessions explain agent:ops:main\n/,
    );
  });

  it("the newest three are told in full, the others listed, unless --all asks for them", async () => {
    const windows = Array.from({ length: 6 }, (_, n) =>
      aWindow(`${String(n)}aaaaaaa-1`, { kind: n === 0 ? "live" : "reset" }),
    );
    const main = aConversation("agent:main:main", ...windows);
    const rotations = windows
      .slice(1)
      .map((from, n) => aRotation({ from, to: windows[n], conversation: main, at: aResetAt - n * day }));
    const snapshot = { stateDirs: [aStateDir([main])], lookedAt: [], problems: [] };
    const [some, all] = [0, 1].map(() => new FakeProgram(new FakeInspector(snapshot, explanationsOf(rotations))));
    await some?.run("explain", "main");
    await all?.run("explain", "main", "--all");
    const reports = (text = ""): number =>
      text.split("\n").filter((line) => line.startsWith("main was reset on ")).length;
    assert.deepEqual([reports(some?.stdout.text), reports(all?.stdout.text)], [3, 5]);
    assert.match(some?.stdout.text ?? "", /\nEarlier resets\n.*\n.*4aaaaaaa\n.*5aaaaaaa\n/);
  });

  it("names what it could not look at: a directory that is not there, one without sessions", async () => {
    const { snapshot, daily } = story();
    const gone = { code: "state.not-found", message: "/nonexist, named by --state-dir, does not exist." } as const;
    const lookedAt = [{ path: "/nonexist", why: "", outcome: "absent" }] as const;
    const inVain = new FakeProgram(
      new FakeInspector({ ...snapshot, lookedAt, problems: [gone] }, explanationsOf([daily])),
    );
    const empty = new FakeProgram(
      new FakeInspector({ stateDirs: [aStateDir([])], lookedAt: [], problems: [] }, explanationsOf([])),
    );
    assert.equal(await inVain.run("explain", "--state-dir", "/s", "--state-dir", "/nonexist"), 2);
    assert.match(inVain.stdout.text, /\nProblems\n {2}⚠ \/nonexist, named by --state-dir, does not exist\.\n$/);
    assert.equal(await empty.run("explain"), 2);
    assert.match(empty.stdout.text, /No sessions were found\.[^]*⚠ \/s holds no sessions\./);
    assert.doesNotMatch(empty.stdout.text, /No conversation was reset/);
  });

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
