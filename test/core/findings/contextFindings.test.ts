import assert from "node:assert/strict";
import type { Conversation } from "../../../src/core/conversation/model";
import { aCause, aConversation, aFile, aResetAt, aRotation, aWindow } from "../../anExplanation";
import { anIndex } from "../../anIndex";
import { checkpointOf, storeRow } from "../conversation/builders";

import { HOUR, MINUTE, aHead, aPrecheck, aRecord, codes, find, heartbeat, main, plain } from "./machineInput";

describe("a context that is too long", () => {
  it("again and again, by the log: six in an hour for one conversation", () => {
    const every = (count: number, step: number) =>
      Array.from({ length: count }, (_, at) => aPrecheck(main, aResetAt + at * step));
    const conversations = [aConversation(main, aWindow("a"))];
    assert.deepEqual(
      [every(6, 5 * MINUTE), every(5, 5 * MINUTE), every(20, 15 * MINUTE)].map((logs) =>
        codes({ conversations, logs }),
      ),
      [["warning compaction.loop"], [], []],
    );
  });

  it("again and again, by the log of a version that names no conversation", () => {
    const logs = Array.from({ length: 7 }, (_, at) => aRecord({ kind: "overflow" }, aResetAt + at * MINUTE));
    const [finding] = find({ conversations: [aConversation(main, aWindow("a"))], logs });
    assert.deepEqual(plain(finding), {
      code: "compaction.loop",
      severity: "warning",
      title: "The gateway runs into contexts that are too long, again and again",
      detail: [
        "In the log a prompt was found too long 7 times, up to 7 in an hour (from 2026-03-31T04:00:00.397Z).",
        "It does not say in which conversation.",
      ],
      places: ["/log:5", "/log:6", "/log:7"],
      issues: [],
    });
  });

  it("again and again, by the transcript", () => {
    const facts = [
      { overflows: 3 },
      { overflows: 2 },
      { compactions: 5, messages: 49 },
      { compactions: 5, messages: 50 },
      { compactions: 4, messages: 4 },
    ];
    const found = facts.map(({ overflows = 0, compactions = 0, messages = 100 }) => {
      const index = anIndex({
        overflows,
        compactions: { count: compactions, noPriorHistoryLine: undefined },
        roles: { ...anIndex().roles, user: messages },
      });
      return codes({ conversations: [aConversation(main, aWindow("a", { primary: aFile("a.jsonl", { index }) }))] });
    });
    assert.deepEqual(found, [["warning compaction.loop"], [], ["warning compaction.loop"], [], []]);
  });

  it("by the end of a transcript that is not counted yet", () => {
    const window = aWindow("a", { primary: aFile("a.jsonl", { head: aHead({ ending: { compactions: 4 } }) }) });
    assert.deepEqual(codes({ conversations: [aConversation(main, window)] }), ["warning compaction.loop"]);
  });

  it("when the window had just begun", () => {
    const index = (overflows: number, compactions: number, user: number) =>
      anIndex({
        overflows,
        compactions: { count: compactions, noPriorHistoryLine: undefined },
        roles: { ...anIndex().roles, user },
      });
    const found = [index(1, 0, 20), index(1, 0, 21), index(0, 1, 20), index(0, 0, 1)].map((each) => {
      const to = aWindow("new-1", { primary: aFile("new-1.jsonl", { index: each }) });
      return codes({ rotations: [aRotation({ to })] });
    });
    assert.deepEqual(found, [
      ["warning compaction.soon-after-rotation"],
      [],
      ["info compaction.soon-after-rotation"],
      [],
    ]);
  });

  it("when the window had just begun, by the log, once for a conversation", () => {
    const rotations = [0, 1].map((day) => {
      const at = aResetAt + day * 24 * HOUR;
      return aRotation({ at, to: aWindow(`new-${day}`, { primary: aFile(`new-${day}.jsonl`, { messages: 4 }) }) });
    });
    const logs = [2 * MINUTE, 24 * HOUR + 9 * MINUTE, 24 * HOUR + 11 * MINUTE].map((after) =>
      aPrecheck(main, aResetAt + after),
    );
    const [finding, ...others] = find({ rotations, logs });
    assert.deepEqual(others, []);
    assert.deepEqual(plain(finding), {
      code: "compaction.soon-after-rotation",
      severity: "warning",
      title: "main had just begun anew when its context was too long again",
      detail: [
        "It began anew at 2026-04-01T04:00:00.397Z.",
        "The new transcript holds 4 messages; compactions: 0, answers that ended because the context was too long: 0.",
        "Log lines that say so within ten minutes of the reset: 1.",
        "The same happened after 2 resets of this conversation.",
      ],
      places: ["/s/agents/main/sessions/new-1.jsonl", "/log:2"],
      issues: [],
    });
  });

  it("is nothing new after a checkpoint, a successor or somebody's own /compact", () => {
    const index = anIndex({ compactions: { count: 1, noPriorHistoryLine: undefined } });
    const to = aWindow("new-1", { primary: aFile("new-1.jsonl", { index }) });
    const conversation: Conversation = {
      ...aConversation(main, to),
      row: storeRow("main", "new-1", { checkpoints: [checkpointOf("new-1")] }),
    };
    const rotations = [
      aRotation({ to, causes: [aCause("checkpoint-restore")] }),
      aRotation({ to, causes: [aCause("compaction-successor")] }),
      aRotation({ to, conversation }),
    ];
    assert.deepEqual(
      rotations.flatMap((rotation) => codes({ rotations: [rotation] })),
      [],
    );
  });

  it("and whose summary knows nothing of the windows before", () => {
    const index = anIndex({ compactions: { count: 1, noPriorHistoryLine: 7 } });
    const now = aWindow("b", { primary: aFile("b.jsonl", { index }), firstAt: aResetAt, lastAt: aResetAt + HOUR });
    const before = aWindow("a", { kind: "reset", firstAt: aResetAt - 9 * HOUR, lastAt: aResetAt - HOUR });
    const [finding] = find({ conversations: [aConversation(main, now, before)] });
    assert.deepEqual(plain(finding), {
      code: "compaction.no-prior-history",
      severity: "warning",
      title: "A summary of main knows nothing of what was said before",
      detail: [
        "The compaction in line 7 says that there is no prior history, but 1 window of the conversation came before, the last of them until 2026-03-31T03:00:00.397Z.",
      ],
      places: ["/s/agents/main/sessions/b.jsonl:7", "/s/agents/main/sessions/a.jsonl"],
      issues: [],
    });
    const without = [aConversation(main, now), aConversation(heartbeat, now, before)];
    assert.deepEqual(
      without.flatMap((conversation) => codes({ conversations: [conversation] })),
      [],
    );
  });
});
