import assert from "node:assert/strict";
import { unknownWord } from "../../src/cli/unknownWord";
import { agent, conversation, snapshot, window } from "./snapshotBuilder";

describe("what is wrong with a word that means nothing", () => {
  const roots = [
    {
      path: "/s/agents/main/sessions",
      storePath: "/s/agents/main/sessions/sessions.json",
      outside: false,
      read: true,
      problems: [],
    },
  ];
  const all = snapshot([
    agent(
      [
        conversation("agent:main:main", window("a32f58af-1111", "live")),
        conversation("agent:main:telegram:direct:+15551234567", window("feed0000-1", "live")),
      ],
      { roots },
    ),
  ]);

  const known =
    "A file must lie in the sessions directory of an agent; `--state-dir` names another state directory. These are known:\n  /s/agents/main/sessions";
  const list = "`openclaw-sessions list --all` shows what there is.";
  const cases: readonly (readonly [word: string, answer: string])[] = [
    ["a3", '"a3" is too short: session ids begin so, and at least 4 characters of one are needed.'],
    ["b3", `Nothing is known as "b3". ${list}`],
    ["", `Nothing is known as "". ${list}`],
    [
      "Telegram · direct chat +15551234567",
      '"Telegram · direct chat +15551234567" is the name of a conversation. Its session key is agent:main:telegram:direct:+15551234567',
    ],
    [
      "telegram · direct chat …4567",
      '"telegram · direct chat …4567" is the name of a conversation. Its session key is agent:main:telegram:direct:+15551234567',
    ],
    ["mian", 'Nothing is known as "mian". Did you mean agent:main:main?'],
    ["agent:main:man", 'Nothing is known as "agent:main:man". Did you mean agent:main:main?'],
    ["nonsense", `Nothing is known as "nonsense". ${list}`],
    ["x".repeat(100_000), `Nothing is known as "${"x".repeat(199)}…". ${list}`],
    ["./copy.jsonl", `./copy.jsonl is no transcript of a known conversation. ${known}`],
    ["/tmp/x", `/tmp/x is no transcript of a known conversation. ${known}`],
    [
      "a.jsonl.reset.2026-03-31T04-00-00.397Z",
      `a.jsonl.reset.2026-03-31T04-00-00.397Z is no transcript of a known conversation. ${known}`,
    ],
    ["\u001b[31mevil", `Nothing is known as "␛[31mevil". ${list}`],
  ];
  for (const [word, answer] of cases) {
    it(JSON.stringify(word.slice(0, 40)), () => {
      assert.equal(unknownWord(all, word), answer);
    });
  }

  it("says first what is in SQLite: that is why", () => {
    const sqlite = { databasePath: "/s/agents/main/agent/openclaw-agent.sqlite", tables: ["session_nodes"] };
    assert.match(
      unknownWord(snapshot([agent([], { sqlite })]), "main"),
      /^The sessions of agent main in \/s are in SQLite .*\nNothing is known as "main"/,
    );
  });
});
