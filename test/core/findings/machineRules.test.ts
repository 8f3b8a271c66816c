import assert from "node:assert/strict";
import fc from "fast-check";
import { machineRules } from "../../../src/core/findings/heartbeatRules";
import { aConversation, aFile, aResetAt, aRotation, aStateDir, aWindow } from "../../anExplanation";
import { anIndex } from "../../anIndex";

import type { Given } from "./machineInput";
import {
  aContext,
  aHead,
  aPrecheck,
  aRecord,
  codes,
  find,
  heartbeat,
  inputOf,
  main,
  plain,
  withTurns,
} from "./machineInput";

describe("a conversation of people that machines fill", () => {
  it("more than half, and twenty turns at least", () => {
    const shares = [
      [39, 20],
      [40, 20],
      [19, 19],
      [100, 60],
    ];
    const found = shares.map(([user = 0, machine = 0]) =>
      codes({ conversations: [aConversation(main, aWindow("a", { primary: withTurns(user, machine) }))] }),
    );
    assert.deepEqual(found, [["warning conversation.polluted"], [], [], ["warning conversation.polluted"]]);
  });

  it("with the numbers, and the context that the model was given last", () => {
    const windows = [aWindow("b", { primary: withTurns(4, 1) }), aWindow("a", { primary: withTurns(60, 50) })];
    const context = { ...aContext(1, { prompts: 40, carriedOver: 0 }), sessionKey: main };
    const [finding] = find({
      conversations: [aConversation(main, ...windows)],
      contexts: [context],
      version: "2026.4.21",
    });
    assert.deepEqual(plain(finding), {
      code: "conversation.polluted",
      severity: "warning",
      title: "Most turns in main are from machines, not from people",
      detail: [
        "51 of 64 turns were not sent by a person (80 %): 51 from heartbeats, 0 others.",
        "At 2026-03-31T04:30:00.397Z the model was given 79 messages, 40 of them prompts of heartbeats.",
      ],
      places: ["/s/agents/main/sessions/x.jsonl", "/t/1.trajectory.jsonl:3"],
      issues: [60080],
    });
  });

  it("is none when it is the heartbeat's own", () => {
    const windows = [aWindow("a", { primary: withTurns(60, 60) })];
    assert.deepEqual(codes({ conversations: [aConversation(heartbeat, ...windows)] }), []);
  });
});

describe("all that machines do", () => {
  it("is nothing where nothing is", () => {
    assert.deepEqual(codes({}), []);
  });

  it("is left to the tables where sessions are in tables", () => {
    const conversations = [aConversation(main, aWindow("a", { primary: withTurns(60, 50) }))];
    const sqlite = { databasePath: "/s/agents/main/agent/openclaw-agent.sqlite", tables: ["session_nodes"] };
    const state = aStateDir(conversations);
    assert.deepEqual(codes({ state: { ...state, agents: state.agents.map((agent) => ({ ...agent, sqlite })) } }), []);
  });

  it("says whole things of whatever stands on disk", () => {
    const at = fc.oneof(fc.double(), fc.constantFrom(undefined, aResetAt, 8.64e15, -1, Number.MAX_VALUE));
    const count = fc.oneof(fc.nat(200), fc.constantFrom(0, 1e15));
    const text = fc.oneof(fc.string(), fc.constantFrom("main", "\u202e\n{0}", "heartbeat"));
    const facts = fc.record({ from: at, to: at, count, other: count, text, yes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 12 }), (all) => {
        for (const { title, detail, evidence, next } of find(hostile(all))) {
          assert.match(title, /^[^\p{Cc}\u202e]+$/u);
          for (const said of [detail, next, ...evidence.map((each) => each.text)]) assert.notEqual(said, "");
        }
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 100 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });

  it("takes 10,000 conversations, each with everything that can be wrong", () => {
    const conversations = Array.from({ length: 10_000 }, (_, number) => {
      const index = anIndex({
        roles: { ...anIndex().roles, user: 60, machine: 50, heartbeat: 50 },
        overflows: 9,
        masked: { count: 1, firstLine: 2 },
      });
      const key = number % 2 === 0 ? `agent:main:direct:${number}` : `agent:main:direct:${number}:heartbeat`;
      return aConversation(
        key,
        aWindow(`w${number}`, { kind: "orphan", primary: aFile("a.jsonl", { index }), firstAt: number }),
      );
    });
    const rotations = conversations.map((conversation, number) => aRotation({ conversation, at: number }));
    const logs = Array.from({ length: 20_000 }, (_, at) => aPrecheck(conversations[at % 9]?.key ?? main, at));
    const input = inputOf({ conversations, rotations, logs });
    // Whoever does quadratic work here runs into the runner's time limit.
    const found = machineRules.flatMap((rule) => [...rule(input)]);
    assert.ok(found.length > 20_000, String(found.length));
  });
});

interface Anything {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly count: number;
  readonly other: number;
  readonly text: string;
  readonly yes: boolean;
}

/** The same rubbish in every place that a rule looks at. */
function hostile(all: readonly Anything[]): Given {
  const windows = all.map(({ from, to, count, other, text, yes }, number) =>
    aWindow(text, {
      windowId: String(number),
      kind: yes ? "orphan" : "live",
      firstAt: from,
      lastAt: to,
      primary: aFile("a.jsonl", {
        bytes: count,
        head: aHead({
          ending: { inputTokens: other, compactions: count, error: "overflow", unanswered: yes },
          opening: { heartbeat: true, execNotice: yes, systemEvents: yes },
        }),
        index: anIndex({
          roles: { ...anIndex().roles, user: count, machine: other, heartbeat: count },
          compactions: { count, noPriorHistoryLine: other },
          masked: { count: other, firstLine: undefined },
          overflows: other,
        }),
      }),
    }),
  );
  const keys = [main, heartbeat, ...all.map(({ text }) => `agent:main:${text}:heartbeat:heartbeat`)];
  const conversations = keys.map((key) => aConversation(key, ...windows));
  return {
    conversations,
    rotations: windows.map((to, number) => {
      const [from = to] = windows;
      return aRotation({ from, to, at: to.firstAt, archive: undefined, conversation: conversations[number] });
    }),
    contexts: all.map(({ from, count, other }, number) => ({
      ...aContext(number, { prompts: count, carriedOver: other, input: other }),
      at: from ?? 0,
      unreadBytes: number % 3 === 0 ? count : undefined,
    })),
    logs: all.map(({ from, yes, text }) =>
      yes ? aPrecheck(main, from ?? 0) : aRecord({ kind: "compaction-failed", key: heartbeat, newId: text }, from ?? 0),
    ),
    locks: all.map(({ from, text, count, yes }) => ({
      place: { file: "/s/x.lock" },
      of: text,
      pid: count,
      since: from,
      alive: yes ? undefined : count % 2 === 0,
    })),
  };
}
