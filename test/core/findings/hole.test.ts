import assert from "node:assert/strict";
import type { FileHead, Window } from "../../../src/core/conversation/model";
import { holes } from "../../../src/core/findings/rules/hole";
import { savingStopped } from "../../../src/core/findings/rules/savingStopped";
import { aConversation, aFile, aWindow } from "../../anExplanation";
import { storeRow } from "../conversation/builders";
import { aLine, anInput, at, only, texts, told, withRow } from "./aFindingInput";

function head(facts: Partial<FileHead>): FileHead {
  return {
    headerId: undefined,
    headerAt: undefined,
    headerVersion: 3,
    cwd: undefined,
    firstEntryId: undefined,
    firstAt: undefined,
    lastAt: undefined,
    sessionKey: undefined,
    problem: undefined,
    ...facts,
  };
}

/** A window of the main conversation with entries from one time to another. */
function saved(id: string, from: string, to: string, more: Partial<Window> = {}): Window {
  const times = { firstAt: at(from), lastAt: at(to) };
  return aWindow(id, {
    ...times,
    primary: aFile(`${id}.jsonl`, { head: head({ headerId: id, headerAt: at(from), ...times }) }),
    ...more,
  });
}

function trace(id: string, to: string) {
  return aFile(`${id}.trajectory.jsonl`, { head: head({ lastAt: at(to) }) });
}

describe("hole", () => {
  it("a run trace that goes on after the last entry", () => {
    const window = saved("a", "08:00", "09:00", { trajectories: [trace("a", "11:30")] });
    const found = only(holes, anInput([withRow("main", {}, window)], { version: "2026.5.4" }));

    assert.equal(found.severity, "error");
    assert.equal(found.title, "main has a hole: what was said in it was not saved");
    assert.equal(
      found.detail,
      "The last saved entry is of 2026-04-01 09:00:00 UTC; nothing was saved in the 19 d 3 h since.",
    );
    assert.deepEqual(texts(found), [
      "The run trace a.trajectory.jsonl goes on until 2026-04-01T11:30:00.000Z, 2 h 30 min after the last saved entry.",
    ]);
    assert.equal(found.place?.file, "/s/agents/main/sessions/a.trajectory.jsonl");
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [78273],
    );
  });

  it("a run trace ends a moment after its transcript when all is well", () => {
    const window = saved("a", "08:00", "09:00", { trajectories: [trace("a", "09:02")] });
    assert.deepEqual(told(holes, anInput([withRow("main", {}, window)])), []);
  });

  it("a run that has just begun is in its trace before it is in the transcript", () => {
    const window = saved("a", "08:00", "09:00", { trajectories: [trace("a", "20T11:59")] });
    assert.deepEqual(told(holes, anInput([withRow("main", {}, window)])), []);
  });

  it("between two windows, whatever the stamp of the archive says", () => {
    const archive = aFile("a.jsonl.reset.2026-04-02T04-00-00.000Z", {
      head: head({ headerId: "a", firstAt: at("08:00"), lastAt: at("09:00") }),
    });
    const old = saved("a", "08:00", "09:00", {
      kind: "reset",
      archivedAt: at("2T04:00"),
      primary: archive,
      trajectories: [trace("a", "15:00")],
    });
    const current = saved("b", "2T08:00", "2T09:00");
    const found = only(holes, anInput([withRow("main", {}, current, old)]));

    assert.equal(
      found.detail,
      "Nothing was saved from 2026-04-01 09:00:00 UTC to 2026-04-02 08:00:00 UTC (23 h). The archive is stamped 2026-04-02 04:00:00 UTC: that is when it was renamed, not until when it was written.",
    );
    assert.equal(found.subject.windowId, "main/a/-");
  });

  it("silence alone is a night", () => {
    const [current, old] = [saved("b", "3T08:00", "3T09:00"), saved("a", "08:00", "09:00", { kind: "reset" })];
    assert.deepEqual(told(holes, anInput([withRow("main", { updatedAt: at("3T09:00") }, current, old)])), []);
  });

  it("a row that was spoken to later may mean a command that leaves no entry", () => {
    const conversation = withRow(
      "main",
      { lastInteractionAt: at("09:30"), updatedAt: at("09:30") },
      saved("a", "08:00", "09:00"),
    );
    const input = anInput([conversation]);
    assert.deepEqual(told(holes, input), [
      "info hole: main may have a hole: something happened after the last saved entry",
    ]);
    assert.deepEqual(texts(only(holes, input)), [
      "The row of agent:main:main was last spoken to at 2026-04-01T09:30:00.000Z, 30 min after the last saved entry.",
      "The row of agent:main:main was last written at 2026-04-01T09:30:00.000Z.",
    ]);
  });

  it("a heartbeat that touches the row is nothing", () => {
    const conversation = withRow(
      "main",
      { lastInteractionAt: at("08:59"), updatedAt: at("5T09:30") },
      saved("a", "08:00", "09:00"),
    );
    assert.deepEqual(told(holes, anInput([conversation])), []);
  });

  it("what was said a minute ago may still be answered", () => {
    const now = Date.parse("2026-04-20T12:00Z");
    const conversation = withRow("main", { lastInteractionAt: now - 60_000 }, saved("a", "08:00", "09:00"));
    assert.deepEqual(told(holes, anInput([conversation])), []);
  });

  it("a lock that was taken away, held since the last entry", () => {
    const conversation = withRow("main", { updatedAt: at("09:12") }, saved("a", "08:00", "09:00"));
    const logs = [
      aLine(at("09:12:10"), { kind: "lock-released", heldMs: 721_000 }),
      aLine(at("09:20"), { kind: "connection-closed", code: 1006 }),
    ];
    const found = only(holes, anInput([conversation], { evidence: { logs }, version: "2026.3.12" }));
    assert.equal(found.severity, "error");
    assert.deepEqual(texts(found), [
      "The row of agent:main:main was last written at 2026-04-01T09:12:00.000Z.",
      "The gateway took away a lock on a transcript that had been held for 12 min 1 s, at 2026-04-01T09:12:10.000Z.",
      "A connection to the gateway was lost at 2026-04-01T09:20:00.000Z with code 1006.",
    ]);
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [46250],
    );
  });

  it("a line that names no conversation is not told of two", () => {
    const logs = [aLine(at("10:12"), { kind: "rpc", method: "chat.send", ok: true })];
    const conversations = [
      withRow("main", {}, saved("a", "08:00", "09:00")),
      withRow("direct:7", {}, saved("b", "07:00", "08:00")),
    ];
    assert.deepEqual(told(holes, anInput(conversations, { evidence: { logs } })), []);
    assert.deepEqual(told(holes, anInput(conversations.slice(0, 1), { evidence: { logs } })), [
      "info hole: main may have a hole: something happened after the last saved entry",
    ]);
  });

  it("isolated runs and sessions in tables are left alone", () => {
    const window = saved("a", "08:00", "09:00", { trajectories: [trace("a", "11:30")] });
    assert.deepEqual(told(holes, anInput([withRow("main:heartbeat", {}, window), withRow("cron:1", {}, window)])), []);
    const agent = { sqlite: { databasePath: "/s/openclaw-agent.sqlite", tables: ["session_nodes"] } };
    assert.deepEqual(told(holes, anInput([withRow("main", {}, window)], { agent })), []);
  });

  it("times that are none, or lie in the future", () => {
    for (const wrong of [Number.NaN, Infinity, -Infinity, 1e300, Date.parse("2031-01-01")]) {
      const broken = saved("a", "08:00", "09:00", { trajectories: [trace("a", "08:30")] });
      const file = aFile("a.jsonl", {
        head: head({ headerId: "a", firstEntryId: "1", firstAt: wrong, lastAt: wrong }),
      });
      const row = { lastInteractionAt: wrong, updatedAt: wrong };
      const logs = [aLine(wrong, { kind: "lock-released", heldMs: wrong }), aLine(wrong, { kind: "compaction-start" })];
      const conversation = withRow("main", row, { ...broken, primary: file }, saved("b", "07:00", "08:00"));
      assert.deepEqual(
        told(holes, anInput([conversation, withRow("direct:1", row, broken)], { evidence: { logs } })).filter(
          (line) => !line.startsWith("info"),
        ),
        [],
      );
    }
  });
});

describe("saving.stopped", () => {
  it("a living process holds the transcript, and somebody spoke since", () => {
    const conversation = withRow(
      "main",
      { status: "running", lastInteractionAt: at("20T10:00") },
      saved("a", "20T08:00", "20T09:00"),
    );
    const locks = [{ place: { file: "/s/a.jsonl.lock" }, of: "a", pid: 4711, since: at("20T08:58"), alive: true }];
    const input = anInput([conversation], { evidence: { locks } });
    assert.deepEqual(told(savingStopped, input), ["error saving.stopped: main: nothing is being saved"]);
    assert.deepEqual(told(holes, input), []);
    assert.deepEqual(texts(only(savingStopped, input)), [
      "The transcript's lock is held by process 4711, which is alive, since 2026-04-20T08:58:00.000Z (3 h 2 min).",
      "The row of agent:main:main was last spoken to at 2026-04-20T10:00:00.000Z, 1 h after the last saved entry.",
    ]);
    assert.match(only(savingStopped, input).next, /^Restart the gateway/);
  });

  it("a lock for a few minutes, a dead one, and one of another session are nothing", () => {
    const conversation = withRow("main", { status: "running" }, saved("a", "20T08:00", "20T11:50"));
    for (const lock of [
      { of: "a", since: at("20T11:49"), alive: true },
      { of: "a", since: at("20T08:00"), alive: false },
      { of: "b", since: at("20T08:00"), alive: true },
    ]) {
      const locks = [{ place: { file: "/s/a.jsonl.lock" }, pid: 4711, ...lock }];
      assert.deepEqual(told(savingStopped, anInput([conversation], { evidence: { locks } })), []);
    }
  });

  it("compacting began right after the last entry and never ended", () => {
    const conversation = withRow(
      "main",
      { status: "done", lastInteractionAt: at("09:00:03") },
      saved("a", "08:00", "09:00:00"),
    );
    const start = aLine(at("09:00:00"), { kind: "compaction-start" });
    const input = anInput([conversation], { evidence: { logs: [start] }, version: "2026.5.18" });
    assert.deepEqual(told(savingStopped, input), ["error saving.stopped: main: nothing is being saved"]);

    const stopped = anInput([conversation], {
      evidence: { logs: [start, aLine(at("09:10"), { kind: "gateway-stop" })] },
    });
    assert.deepEqual(told(savingStopped, stopped), []);
    assert.deepEqual(told(holes, stopped), ["error hole: main has a hole: what was said in it was not saved"]);
  });

  it("compacting that nobody waited for is nothing, nor is one of two that ended then", () => {
    const logs = [aLine(at("09:00:00"), { kind: "compaction-start" })];
    const quiet = withRow("main", { lastInteractionAt: at("08:59:58") }, saved("a", "08:00", "09:00:00"));
    assert.deepEqual(told(savingStopped, anInput([quiet], { evidence: { logs } })), []);
    const [one, other] = ["main", "direct:1"].map((rest, index) =>
      withRow(rest, { lastInteractionAt: at("09:00:03") }, saved(`s${String(index)}`, "08:00", "09:00:00")),
    );
    if (one === undefined || other === undefined) throw new Error();
    assert.deepEqual(told(savingStopped, anInput([one, other], { evidence: { logs } })), []);
  });

  it("a conversation without a row has no lock", () => {
    const conversation = aConversation("agent:main:main", saved("a", "08:00", "09:00", { kind: "orphan" }));
    assert.deepEqual(told(savingStopped, anInput([conversation])), []);
    assert.deepEqual(told(savingStopped, anInput([{ ...conversation, row: storeRow("main", undefined) }])), []);
  });
});
