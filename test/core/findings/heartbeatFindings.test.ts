import assert from "node:assert/strict";
import { aConversation, aResetAt, aWindow } from "../../anExplanation";

import { MINUTE, aContext, aPrecheck, aTick, codes, find, heartbeat, main, plain, ticks } from "./machineInput";

describe("an isolated heartbeat", () => {
  it("that is sent earlier ticks: how many, whose, how much, how much too much, how often", () => {
    const contexts = [1, 2, 3].map((tick) =>
      aContext(tick, { prompts: tick, carriedOver: 2 * tick - 2, input: 124_349 }),
    );
    const logs = [0, 1, 2, 3].map((index) => aPrecheck(heartbeat, aResetAt + index * 20 * MINUTE));
    const [finding] = find({
      conversations: [aConversation(heartbeat, ...ticks(3))],
      contexts,
      logs,
      version: "2026.5.18",
    });
    assert.deepEqual(plain(finding), {
      code: "heartbeat.not-isolated",
      severity: "warning",
      title: "Heartbeat of main is not isolated: earlier ticks are sent to the model again",
      detail: [
        "At 2026-03-31T05:30:00.397Z the model was given 5 messages; prompts of earlier heartbeats among them: 2.",
        "By role: user 3, assistant 2, tool results 0, other 0; 4 were written before that session began.",
        "That is about 120,000 tokens (estimated, four characters each).",
        "The model counted 124,349 tokens.",
        "The budget is 111,616 tokens: 12,733 too many.",
        "Recorded ticks that held more than their own prompt: 2 of 3.",
        "Log lines that say its context is too long or could not be compacted: 4, up to 3 in an hour.",
        "The most that the gateway estimated is 124,349 tokens.",
        "3 sessions began under this key within 1 h, up to 2 in an hour.",
        "The config asks for a tick every 30m.",
      ],
      places: ["/t/3.trajectory.jsonl:3", "/log:4", "/log:2", "/log:3", "/log:4"],
      issues: [84218],
    });
  });

  it("that begins every tick with nothing is fine, however often it ticks", () => {
    const contexts = [1, 2, 3, 4, 5].map((tick) => aContext(tick, { prompts: 1, carriedOver: 0, input: 4077 }));
    assert.deepEqual(codes({ conversations: [aConversation(heartbeat, ...ticks(5))], contexts }), [
      "info heartbeat.orphans",
    ]);
  });

  it("whose input grows from session to session, where no trace says why", () => {
    const grown = [5000, 7000, 9000, 12_000].map((inputTokens, tick) => aTick(tick, { ending: { inputTokens } }));
    const [finding] = find({ conversations: [aConversation(heartbeat, ...grown)] });
    assert.deepEqual(
      [finding?.code, finding?.title, finding?.knownIssues],
      ["heartbeat.not-isolated", "Heartbeat of main seems not to be isolated: its input grows from tick to tick", []],
    );
  });

  it("whose input goes up and down, or grows a little, is fine", () => {
    const inputs = [
      [5000, 9000, 5000, 9000, 5000],
      [5000, 5100, 5200, 5300, 5400],
      [5000, 9000, 12_000],
    ];
    const found = inputs.map((all) =>
      codes({
        conversations: [
          aConversation(heartbeat, ...all.map((inputTokens, tick) => aTick(tick, { ending: { inputTokens } }))),
        ],
      }).filter((code) => code.includes("isolated")),
    );
    assert.deepEqual(found, [[], [], []]);
  });

  it("that was only measured", () => {
    const contexts = [
      { ...aContext(1, { prompts: 0, carriedOver: 0 }), messages: 0, roles: {}, unreadBytes: 3_500_000 },
    ];
    const [finding] = find({ conversations: [aConversation(heartbeat)], contexts });
    assert.deepEqual(
      finding?.detail,
      [
        "What the model was given at 2026-03-31T04:30:00.397Z takes 3.3 MB in the run trace and was not counted.",
        "Recorded ticks that held more than their own prompt: 1 of 1.",
      ].join(" "),
    );
  });

  it("under a key with more than one suffix", () => {
    const nested = [heartbeat, `${heartbeat}:heartbeat`, `${heartbeat}:heartbeat:heartbeat`].map((key) =>
      aConversation(key),
    );
    const [finding, ...others] = find({ conversations: nested, version: "2026.4.2" });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [finding?.title, finding?.detail, finding?.subject.key, finding?.knownIssues.map(({ issue }) => issue)],
      [
        "The heartbeat of main runs under keys that pile up",
        'Keys with more than one ":heartbeat" at the end: 2, up to 3 of them in a row; 0 windows under these keys.',
        `${heartbeat}:heartbeat:heartbeat`,
        [59493],
      ],
    );
  });

  it("that leaves its transcripts behind: a few are good to know, many or most are a warning", () => {
    const people = Array.from({ length: 60 }, (_, index) => aWindow(`p${index}`, { kind: "reset" }));
    const found = [2, 3, 59, 61, 100].map((count) => {
      const heartbeats = ticks(count).map((window) => ({ ...window, kind: "orphan" as const }));
      return codes({ conversations: [aConversation(heartbeat, ...heartbeats), aConversation(main, ...people)] });
    });
    assert.deepEqual(found, [
      [],
      ["info heartbeat.orphans"],
      ["info heartbeat.orphans"],
      ["warning heartbeat.orphans"],
      ["warning heartbeat.orphans"],
    ]);
  });

  it("counts what it leaves behind per day", () => {
    const heartbeats = ticks(96).map((window) => ({ ...window, kind: "orphan" as const }));
    const [finding] = find({ conversations: [aConversation(heartbeat, ...heartbeats)] });
    assert.equal(
      finding?.detail,
      "96 of 96 files and 192 KB of 192 KB in the sessions of agent main come from heartbeats and are no longer referred to. That is about 49 a day, from 2026-03-31T04:00:00.397Z to 2026-04-02T03:30:00.397Z.",
    );
  });
});
