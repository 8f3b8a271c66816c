import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  Conversation,
  Ending,
  FileHead,
  Opening,
  SessionFile,
  StateDir,
  Window,
} from "../../../src/core/conversation/model";
import type { Finding } from "../../../src/core/findings/finding";
import type { FindingInput } from "../../../src/core/findings/findingInput";
import { machineRules } from "../../../src/core/findings/heartbeatRules";
import type { LogEvent, LogRecord } from "../../../src/core/log/logRecord";
import type { Rotation } from "../../../src/core/rotation/rotation";
import type { CollectedEvidence, LockFact, TraceContext } from "../../../src/core/rotation/rotationFacts";
import type { VersionFact } from "../../../src/core/surroundings/surroundings";
import {
  aCause,
  aConversation,
  aFile,
  aResetAt,
  aRotation,
  aStateDir,
  aWindow,
  someEvidence,
  someSurroundings,
} from "../../anExplanation";
import { anIndex } from "../../anIndex";
import { checkpointOf, storeRow } from "../conversation/builders";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const main = "agent:main:main";
const heartbeat = `${main}:heartbeat`;

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

interface Given {
  readonly conversations?: readonly Conversation[];
  readonly rotations?: readonly Rotation[];
  readonly contexts?: readonly TraceContext[];
  readonly logs?: readonly LogRecord[];
  readonly locks?: readonly LockFact[];
  readonly version?: string;
  readonly state?: StateDir;
}

function find(given: Given): readonly Finding[] {
  const input = inputOf(given);
  return machineRules.flatMap((rule) => [...rule(input)]);
}

function codes(given: Given): readonly string[] {
  return find(given).map(({ severity, code }) => `${severity} ${code}`);
}

function inputOf({
  conversations = [],
  rotations = [],
  contexts = [],
  logs = [],
  locks = [],
  version,
  state,
}: Given): FindingInput {
  const evidence: CollectedEvidence = {
    logs: logs.map((record, index) => ({ ...record, place: { file: "/log", line: index + 1 } })),
    logCoverage: [],
    commands: [],
    notes: [],
    cronRuns: [],
    rowsBefore: [],
    triggers: new Map(),
    resetRecords: [],
    locks,
    traceContexts: contexts,
    machineZone: "UTC",
    now: aResetAt,
  };
  const stateDir = state ?? aStateDir(conversations, { configFacts: everyHalfHour });
  const surroundings = someSurroundings({ version: version === undefined ? { kind: "unknown" } : exactly(version) });
  return { stateDir, evidence, rotations, rotationsFrom: new Map(), surroundings: () => surroundings };
}

function exactly(version: string): VersionFact {
  return { kind: "exact", version, evidence: [someEvidence()] };
}

const everyHalfHour: StateDir["configFacts"] = {
  file: "/s/openclaw.json",
  reset: undefined,
  resetByType: {},
  resetByChannel: {},
  idleMinutes: undefined,
  resetTriggers: undefined,
  maintenance: {
    mode: undefined,
    pruneAfter: undefined,
    maxEntries: undefined,
    resetArchiveRetention: undefined,
    maxDiskBytes: undefined,
  },
  heartbeat: {
    every: "30m",
    isolatedSession: true,
    lightContext: undefined,
    session: undefined,
    target: undefined,
    model: undefined,
    prompt: undefined,
    place: { file: "/s/openclaw.json" },
  },
  agentHeartbeats: {},
  defaultAgentId: undefined,
  userTimezone: undefined,
  logFile: undefined,
  contextWindows: {},
  primaryModel: undefined,
  contextTokens: undefined,
  truncateAfterCompaction: undefined,
  lastTouched: undefined,
};

/** What a finding says, without its functions: sentences of the detail one by one, places as `file:line`. */
function plain(finding: Finding | undefined) {
  if (finding === undefined) return undefined;
  const { code, severity, title, detail, evidence, knownIssues } = finding;
  for (const { text } of evidence) assert.match(text, /\.$|log says/, "a whole sentence");
  assert.match(finding.next, /^[A-Z].*\.$/);
  return {
    code,
    severity,
    title,
    detail: detail.split(/(?<=\.) (?=[A-Z\d])/),
    places: evidence.map(({ place }) => [place?.file, place?.line].filter((part) => part !== undefined).join(":")),
    issues: knownIssues.map(({ issue }) => issue),
  };
}

/** What the model was given at some tick, half an hour apart. */
function aContext(
  tick: number,
  { prompts, carriedOver, input }: { prompts: number; carriedOver: number; input?: number },
): TraceContext {
  return {
    sessionKey: heartbeat,
    sessionId: `tick-${tick}`,
    at: aResetAt + tick * 30 * MINUTE,
    messages: 2 * prompts - 1,
    roles: { user: prompts, assistant: prompts - 1 },
    heartbeatPrompts: prompts,
    carriedOver,
    characters: prompts * 160_000,
    inputTokens: input,
    contextTokens: undefined,
    place: { file: `/t/${tick}.trajectory.jsonl`, line: 3 },
  };
}

/** Windows of a heartbeat, half an hour apart; the newest first. */
function ticks(count: number): readonly Window[] {
  return Array.from({ length: count }, (_, tick) => aTick(tick)).reverse();
}

function aTick(tick: number, head: { readonly ending?: Partial<Ending> } = {}): Window {
  const at = aResetAt + tick * 30 * MINUTE;
  return aWindow(`tick-${tick}`, {
    kind: "orphan",
    primary: aFile(`tick-${tick}.jsonl`, { head: aHead(head) }),
    firstAt: at,
    lastAt: at,
  });
}

function aHead({ ending, opening }: { ending?: Partial<Ending>; opening?: Partial<Opening> } = {}): FileHead {
  return {
    headerId: undefined,
    headerAt: undefined,
    headerVersion: 3,
    cwd: undefined,
    firstEntryId: undefined,
    firstAt: undefined,
    lastAt: undefined,
    sessionKey: undefined,
    opening: opening && {
      heartbeat: false,
      sender: undefined,
      speaker: "user",
      startup: undefined,
      typedCommand: undefined,
      systemEvents: false,
      execNotice: false,
      stamped: false,
      currentTime: false,
      zone: undefined,
      at: undefined,
      line: 2,
      offset: 100,
      ...opening,
    },
    ending: ending && {
      speaker: undefined,
      stopReason: undefined,
      error: undefined,
      inputTokens: undefined,
      unanswered: false,
      compactions: 0,
      lastUserAt: undefined,
      offset: undefined,
      ...ending,
    },
    problem: undefined,
  };
}

/** `machine` of the turns are heartbeats. */
function withTurns(user: number, machine: number): SessionFile {
  return aFile("x.jsonl", { index: anIndex({ roles: { ...anIndex().roles, user, machine, heartbeat: machine } }) });
}

function aSeam(opening: Partial<Opening>, { lastAt = aResetAt - 40_000 } = {}): Rotation {
  const to = aWindow("new-1", { primary: aFile("new-1.jsonl", { head: aHead({ opening }) }) });
  const from = aWindow("old-1", {
    kind: "orphan",
    primary: aFile("old-1.jsonl", { head: aHead({ ending: { error: "overflow" } }) }),
    lastAt,
  });
  return aRotation({
    from,
    to,
    archive: undefined,
    surroundings: someSurroundings({ version: exactly("2026.1.29") }),
  });
}

function aRecord(event: LogEvent, at: number): LogRecord {
  return { at, offsetMinutes: 0, event, text: "…", place: { file: "/log" }, recordedAt: undefined };
}

function aPrecheck(key: string, at: number): LogRecord {
  return aRecord({ kind: "precheck", key, estimatedTokens: 124_349, budgetTokens: 111_616 }, at);
}
