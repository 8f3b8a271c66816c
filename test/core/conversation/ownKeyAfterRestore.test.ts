import assert from "node:assert/strict";
import type { Agent } from "../../../src/core/conversation/model";
import { agent, file, key, row, stamp, time, told } from "./builders";

/**
 * A restore of `old` that gave what was current then, `now`, a key of its own: both rows begin at that moment, and what OpenClaw
 * wrote of `now` still names `main`.
 */
const restoredAt = time("2T10:00");
const times = { updatedAt: restoredAt, sessionStartedAt: restoredAt, lastInteractionAt: restoredAt };
const report = { reportSessionId: "now", reportSessionKey: key("main") };
const transcripts = [
  file("old.jsonl", { at: "06:00" }),
  file(`old.jsonl.reset.${stamp("08:00")}`, { at: "06:00" }),
  file(`between.jsonl.reset.${stamp("09:00")}`, { at: "08:00:00.200" }),
  file("now.jsonl", { at: "09:00:00.200", to: "09:30" }),
];
const trace = file("now.trajectory.jsonl", { key: key("main"), at: "09:00:00.300" });
const rows = [row("main", "old", { ...times, ...report }), row("dashboard:x", "now", { ...times, ...report })];

function problemsOf({ conversations }: Agent): readonly string[] {
  return conversations.flatMap(({ windows }) => windows.flatMap(({ problems }) => problems.map(({ code }) => code)));
}

describe("what goes on under a key of its own since a restore", () => {
  for (const files of [transcripts, [...transcripts, trace]]) {
    it(`is that key's, and what it followed stays the other's (${String(files.length)} files)`, () => {
      const built = agent(files, rows);
      const trajectories = files.includes(trace) ? "live now ~1" : "live now";
      assert.deepEqual(told(built), {
        "dashboard:x": [trajectories],
        main: ["live old +1", "reset between by time-adjacency"],
      });
      assert.deepEqual(problemsOf(built), []);
    });
  }

  it("says where it was before", () => {
    const [, main] = agent(transcripts, rows).conversations;
    const [moved] = agent(transcripts, rows).conversations;
    assert.deepEqual(
      [moved?.windows[0]?.join?.evidence, main?.windows[1]?.join?.evidence],
      [
        "The store row of agent:main:dashboard:x means session now since 2026-04-02T10:00:00.000Z; what was written before names agent:main:main.",
        "It was reset at 2026-04-01T09:00:00.000Z; within a minute only one session began that can have followed, now of agent:main:main, 0.200 s later.",
      ],
    );
  });

  it("a row that is as old as its session, a trace that is newer, or two other keys stay a problem", () => {
    const [back = row("main", "old")] = rows;
    const asOld = row("dashboard:x", "now", { ...times, ...report, sessionStartedAt: time("09:00:00.100") });
    const newer = file("now.trajectory.jsonl", { key: key("main"), at: "2T11:00" });
    const other = file("now.trajectory.jsonl", { key: key("telegram:direct:5"), at: "09:00:00.300" });
    assert.deepEqual(
      [
        problemsOf(agent(transcripts, [back, asOld])),
        problemsOf(agent([...transcripts, newer], rows)),
        problemsOf(agent([...transcripts, other], rows)),
      ],
      [["join.disagreement"], ["join.disagreement"], ["join.disagreement"]],
    );
  });
});
