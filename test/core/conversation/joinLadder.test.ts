import assert from "node:assert/strict";
import type { JoinRung } from "../../../src/core/conversation/model";
import { agent, type Around, checkpointOf, file, key, row, stamp, storeRow, told } from "./builders";
import { anOpening } from "../../anOpening";

/** An archive of session `old` that nothing in its name or time connects with a key. */
const archive = file(`old.jsonl.reset.${stamp("09:00")}`, { at: "08:00" });
const live = file("now.jsonl", { at: "12:00" });

interface Case {
  readonly rung: JoinRung;
  readonly files?: readonly ReturnType<typeof file>[];
  readonly rows?: readonly ReturnType<typeof row>[];
  readonly around?: Around;
  readonly evidence: string;
}

const cases: readonly Case[] = [
  {
    rung: "store-row",
    rows: [row("main", "old", { sessionFile: "now.jsonl" })],
    evidence: "The store row of agent:main:main names session old.",
  },
  {
    rung: "usage-family",
    rows: [row("main", "now", { usageFamilySessionIds: ["old", "now"] })],
    evidence:
      "The store row of agent:main:main lists session old among those agent:main:main had (usageFamilySessionIds).",
  },
  {
    rung: "session-file-name",
    files: [file("old.jsonl", { id: "now", at: "12:00" })],
    rows: [row("main", "now", { sessionFile: "old.jsonl" })],
    evidence: "The store row of agent:main:main still names the file old.jsonl, which carries the id old.",
  },
  {
    rung: "system-prompt-report",
    rows: [row("main", "now", { reportSessionId: "old", reportSessionKey: key("main") })],
    evidence: "The prompt report in the store row of agent:main:main was made for session old of agent:main:main.",
  },
  {
    rung: "trajectory",
    files: [file("old.trajectory.jsonl", { key: key("main") })],
    evidence: "The trajectory old.trajectory.jsonl records session old of agent:main:main.",
  },
  {
    rung: "checkpoint-list",
    rows: [row("main", "now", { checkpoints: [checkpointOf("old")] })],
    evidence: "The store row of agent:main:main lists a compaction checkpoint of session old.",
  },
  {
    rung: "store-backup",
    around: { storeBackups: [{ base: "sessions.json.bak.1", at: 1, rows: [storeRow("main", "old")] }] },
    evidence: "In the older store sessions.json.bak.1 the row of agent:main:main names session old.",
  },
  {
    rung: "memory-note",
    around: { memoryNotes: [{ base: "2026-04-01-plan.md", sessionId: "old", sessionKey: key("main") }] },
    evidence: "The memory note 2026-04-01-plan.md names session old of agent:main:main.",
  },
];

describe("the ladder from a transcript to its key", () => {
  for (const { rung, files, rows, around, evidence } of cases) {
    it(`${rung}: ${evidence}`, () => {
      const built = agent([archive, ...(files ?? [live])], rows ?? [row("main", "now")], around);
      const window = built.conversations
        .find((each) => each.key === key("main"))
        ?.windows.find(({ sessionId }) => sessionId === "old");
      assert.deepEqual(window?.join && { rung: window.join.rung, evidence: window.join.evidence }, { rung, evidence });
      assert.deepEqual(built.orphans, []);
    });
  }

  it("bootstrap-context: a row in the transcript names an id that a row knows", () => {
    const restored = file("copy.jsonl", { at: "08:00", index: { bootstrapSessionIds: ["old"] } });
    const { conversations } = agent([restored, live], [row("main", "now", { usageFamilySessionIds: ["old"] })]);
    const window = conversations[0]?.windows.find(({ sessionId }) => sessionId === "copy");
    assert.equal(window?.join?.rung, "bootstrap-context");
    assert.equal(
      window.join.evidence,
      "A bootstrap row in this transcript was written for session old. The store row of agent:main:main lists session old among those agent:main:main had (usageFamilySessionIds).",
    );
  });

  it("cron-run: the run log names the session, or the prompt names the job", () => {
    const rows = [row("cron:job", "run3")];
    const built = agent(
      [
        file("run1.jsonl", { at: "08:00" }),
        file("run2.jsonl", { at: "09:00", index: { cronJobId: "JOB" } }),
        file("run3.jsonl", { at: "10:00" }),
      ],
      rows,
      {
        cronRuns: [{ base: "job.jsonl", jobId: "job", sessionId: "run1", sessionKey: key("cron:job:run:run1"), at: 0 }],
      },
    );
    assert.deepEqual(told(built), { "cron:job": ["live run3", "orphan run2 by cron-run", "orphan run1 by cron-run"] });
    assert.deepEqual(
      built.conversations[0]?.windows.slice(1).map(({ join }) => join?.evidence),
      [
        "The first message is the prompt of cron job JOB: it begins with [cron:JOB …].",
        "The run log job.jsonl of cron job job names session run1.",
      ],
    );
  });

  it("a run that has a row of its own stands under both keys (until 2026.4.21), and that is no problem", () => {
    const built = agent(
      [file("run1.jsonl", { at: "08:00" }), file("run2.jsonl", { at: "09:00" })],
      [row("cron:job", "run2"), row("cron:job:run:run1", "run1"), row("cron:job:run:run2", "run2")],
    );
    assert.deepEqual(told(built), {
      "cron:job": ["live run2", "orphan run1 by cron-run"],
      "cron:job:run:run1": ["live run1"],
      "cron:job:run:run2": ["live run2"],
    });
    assert.deepEqual(
      built.conversations.flatMap(({ problems }) => problems),
      [],
    );
  });

  it("heartbeat-prompt: a single heartbeat turn that no row points to", () => {
    const poll = anOpening({ heartbeat: true, speaker: "heartbeat" });
    const tick = (base: string, at: string, user: number) =>
      file(base, {
        at,
        opening: poll,
        index: { roles: { user, assistant: 1, toolResult: 0, other: 0, mirror: 0, machine: user, heartbeat: user } },
      });
    const built = agent(
      [tick("t1.jsonl", "08:00", 1), tick("t2.jsonl", "09:00", 7), tick("t3.jsonl", "10:00", 1)],
      [row("main:heartbeat", "t3")],
    );
    assert.deepEqual(told(built), {
      "main:heartbeat": ["live t3", "orphan t1 by heartbeat-prompt"],
      orphans: ["orphan t2"],
    });
  });

  it("with two heartbeat keys a heartbeat's transcript may be either's", () => {
    const tick = file("t1.jsonl", {
      at: "08:00",
      opening: anOpening({ heartbeat: true, speaker: "heartbeat" }),
      entries: 4,
    });
    const built = agent([tick], [row("main:heartbeat", undefined), row("work:heartbeat", undefined)]);
    assert.deepEqual(told(built)["orphans"], ["orphan t1"]);
  });

  it("the stronger rung decides, and what the weaker says differently is kept and shown", () => {
    const built = agent(
      [archive, live, file("old.trajectory.jsonl", { key: key("telegram:direct:5") })],
      [row("main", "now", { usageFamilySessionIds: ["old"] })],
    );
    const window = built.conversations[0]?.windows[1];
    assert.equal(window?.join?.key, key("main"));
    assert.deepEqual(window.join.disagreeing, [
      {
        rung: "trajectory",
        key: key("telegram:direct:5"),
        evidence: "The trajectory old.trajectory.jsonl records session old of agent:main:telegram:direct:5.",
      },
    ]);
    assert.deepEqual(window.problems, [
      {
        code: "join.disagreement",
        message: `Not all evidence names agent:main:main. It was followed: ${window.join.evidence} Against it: The trajectory old.trajectory.jsonl records session old of agent:main:telegram:direct:5.`,
      },
    ]);
  });

  it("a rung that names two keys decides nothing; a weaker one that names one of them does", () => {
    const rows = [
      row("main", "now", { usageFamilySessionIds: ["old"] }),
      row("work", undefined, { usageFamilySessionIds: ["old"] }),
    ];
    const undecided = agent([archive, live], rows);
    assert.deepEqual(told(undecided), { main: ["live now"], work: [], orphans: ["reset old"] });
    assert.deepEqual(
      undecided.orphans[0]?.problems.map(({ code }) => code),
      ["join.disagreement"],
    );

    const decided = agent([archive, live, file("old.trajectory.jsonl", { key: key("work") })], rows);
    assert.deepEqual(told(decided), { main: ["live now"], work: ["reset old ~1 by trajectory"] });
  });

  it("a family may be another key's", () => {
    const built = agent(
      [archive, live],
      [row("work", "now", { usageFamilyKey: key("main"), usageFamilySessionIds: ["old", "now"] })],
    );
    assert.deepEqual(told(built), { main: ["reset old by usage-family"], work: ["live now"] });
    assert.deepEqual(built.conversations[1]?.windows[0]?.join?.disagreeing, []);
  });

  it("a join turns into JSON whole, its sentence included", () => {
    const { conversations } = agent([live], [row("main", "now")]);
    assert.deepEqual(JSON.parse(JSON.stringify(conversations[0]?.windows[0]?.join)), {
      key: key("main"),
      rung: "store-row",
      evidence: "The store row of agent:main:main points to now.jsonl.",
      disagreeing: [],
    });
  });
});
