import assert from "node:assert/strict";
import type { Ending, Opening } from "../../../src/core/conversation/model";
import type { LockFact } from "../../../src/core/rotation/rotationFacts";
import { aCause, aConversation, aFile, aResetAt, aWindow } from "../../anExplanation";
import { anIndex } from "../../anIndex";

import { HOUR, MINUTE, aHead, aSeam, codes, find, heartbeat, main, plain } from "./machineInput";

describe("a seam where a finished command and a heartbeat meet", () => {
  const notice: Partial<Opening> = { speaker: "heartbeat", heartbeat: true, execNotice: true, systemEvents: true };

  it("in the middle of a conversation, without an archive", () => {
    const [finding] = find({ rotations: [aSeam(notice)] });
    assert.deepEqual(plain(finding), {
      code: "seam.exec-and-heartbeat",
      severity: "warning",
      title: "main goes on in a new session that a finished command and a heartbeat opened",
      detail: [
        "The new session begins at 2026-03-31T04:00:00.397Z, 40 s after the last entry of the old one.",
        "The old transcript was not archived; it lies beside the new one and nothing refers to it.",
        "Its last answer ended because the context was too long.",
      ],
      places: ["/s/agents/main/sessions/new-1.jsonl:2", "/s/agents/main/sessions/old-1.jsonl"],
      issues: [4099],
    });
  });

  it("long after the last word it is only good to know", () => {
    assert.deepEqual(codes({ rotations: [aSeam(notice, { lastAt: aResetAt - 9 * HOUR })] }), [
      "info seam.exec-and-heartbeat",
    ]);
  });

  it("is none with an archive, with a plain heartbeat, with a person's words, or where runs are isolated", () => {
    const none = [
      { ...aSeam(notice), archive: aFile("old-1.jsonl.reset.2026-03-31T04-00-00.397Z") },
      aSeam({ speaker: "heartbeat", heartbeat: true }),
      aSeam({ speaker: "user", execNotice: true, systemEvents: true }),
      { ...aSeam(notice), conversation: aConversation(heartbeat) },
      { ...aSeam(notice), causes: [aCause("isolated-run")] },
    ];
    assert.deepEqual(
      none.flatMap((rotation) => codes({ rotations: [rotation] })),
      [],
    );
  });
});

describe("a lock", () => {
  const a = (ending: Partial<Ending> = {}, lastAt = aResetAt) =>
    aWindow("a", { primary: aFile("a.jsonl", { head: aHead({ ending }) }), lastAt });
  const lock = (more: Partial<LockFact> = {}): LockFact => ({
    place: { file: "/s/agents/main/sessions/a.jsonl.lock" },
    of: "a",
    pid: 31_623,
    since: aResetAt,
    alive: false,
    ...more,
  });

  it("of a process that is gone, where a question has no answer: a run was killed", () => {
    const [finding] = find({ conversations: [aConversation(main, a({ unanswered: true }))], locks: [lock()] });
    assert.deepEqual(plain(finding), {
      code: "lock.stale",
      severity: "warning",
      title: "A run of main was killed before it answered",
      detail: [
        "The lock is of process 31623, which no longer runs; it was taken at 2026-03-31T04:00:00.397Z.",
        "The transcript ends with a message that nobody answered.",
      ],
      places: ["/s/agents/main/sessions/a.jsonl.lock", "/s/agents/main/sessions/a.jsonl"],
      issues: [],
    });
  });

  it("left behind, held too long, held in vain, or none of our business", () => {
    const found = (
      [
        [{}, aResetAt],
        [{ of: "sessions.json" }, aResetAt],
        [{ of: undefined }, aResetAt],
        [{ alive: true, since: aResetAt - 29 * MINUTE }, aResetAt],
        [{ alive: true, since: aResetAt - 31 * MINUTE }, aResetAt],
        [{ alive: true, since: aResetAt - 31 * MINUTE }, aResetAt - HOUR],
        [{ alive: undefined, since: aResetAt - 31 * MINUTE }, aResetAt - HOUR],
        [{ alive: true, since: aResetAt + 24 * HOUR }, aResetAt],
        [{ alive: undefined, since: undefined, pid: undefined }, aResetAt],
        [{ alive: false, since: Number.NaN, pid: undefined }, aResetAt],
      ] as const
    ).map(([facts, lastAt]) => codes({ conversations: [aConversation(main, a({}, lastAt))], locks: [lock(facts)] }));
    assert.deepEqual(found, [
      ["info lock.stale"],
      ["info lock.stale"],
      [],
      [],
      ["info lock.stale"],
      ["warning lock.stale"],
      ["info lock.stale"],
      [],
      [],
      ["info lock.stale"],
    ]);
  });
});

describe("words that were replaced", () => {
  it("once for a conversation, with the first place in its newest such window", () => {
    const masked = (base: string, count: number, firstLine: number) =>
      aWindow(base, { primary: aFile(`${base}.jsonl`, { index: anIndex({ masked: { count, firstLine } }) }) });
    const windows = [aWindow("c"), masked("b", 2, 14), masked("a", 1, 5)];
    const [finding, ...others] = find({ conversations: [aConversation(main, ...windows)] });
    assert.deepEqual(others, []);
    assert.deepEqual(plain(finding), {
      code: "transcript.masked",
      severity: "warning",
      title: "Words of main were replaced before they were stored",
      detail: ["Messages with a token that OpenClaw wrote in place of a secret: 3, in transcripts: 2."],
      places: ["/s/agents/main/sessions/b.jsonl:14"],
      issues: [],
    });
  });
});
