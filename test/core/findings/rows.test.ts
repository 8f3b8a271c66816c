import assert from "node:assert/strict";
import type { FileHead, SessionRoot, Window } from "../../../src/core/conversation/model";
import { archivesWithoutKey } from "../../../src/core/findings/rules/archiveWithoutKey";
import { holes } from "../../../src/core/findings/rules/hole";
import { lostIndexes } from "../../../src/core/findings/rules/indexLost";
import { resetsWithoutSuccessor } from "../../../src/core/findings/rules/noSuccessor";
import { sharedTranscripts } from "../../../src/core/findings/rules/sharedFile";
import { missingTranscripts } from "../../../src/core/findings/rules/transcriptMissing";
import { youngTranscripts } from "../../../src/core/findings/rules/transcriptYoung";
import type { Problem, ProblemCode } from "../../../src/core/problem";
import { aConversation, aFile, aWindow } from "../../anExplanation";
import { anOpening } from "../../anOpening";
import { checkpointOf } from "../conversation/builders";
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

function root(...codes: ProblemCode[]): SessionRoot {
  const problems: Problem[] = codes.map((code) => ({
    code,
    message: `The index: ${code}.`,
    file: "/s/sessions.json",
    line: 3,
  }));
  return { path: "/s", storePath: "/s/sessions.json", outside: false, read: true, problems };
}

const gone: Partial<Window> = { kind: "missing", primary: undefined };
const reset = aWindow("old", {
  kind: "reset",
  archivedAt: at("10:00"),
  primary: aFile("old.jsonl.reset.2026-04-01T10-00-00.000Z", {
    head: head({ headerId: "old", firstAt: at("08:00"), lastAt: at("09:50") }),
  }),
});

describe("rotation.no-successor", () => {
  it("the conversation went on, and nothing of it was saved", () => {
    const row = { lastInteractionAt: at("13:00"), updatedAt: at("13:00") };
    const found = only(
      resetsWithoutSuccessor,
      anInput([withRow("main", row, aWindow("new", gone), reset)], {
        version: "2026.4.25",
        agent: { roots: [root()] },
      }),
    );
    assert.equal(found.severity, "error");
    assert.equal(found.title, "main: nothing was saved after its reset");
    assert.equal(
      found.detail,
      "The reset was at 2026-04-01 10:00:00 UTC, 19 d 2 h ago; since then no entry of this conversation was saved.",
    );
    assert.deepEqual(texts(found), [
      "The archive old.jsonl.reset.2026-04-01T10-00-00.000Z was made at 2026-04-01T10:00:00.000Z; no transcript of main has a later entry.",
      "The row of agent:main:main names session new.",
      "The row of agent:main:main was active at 2026-04-01T13:00:00.000Z.",
    ]);
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [46250],
    );
  });

  it("before 2026.4.25 only the row's own time tells", () => {
    const input = anInput([withRow("main", { updatedAt: at("13:00") }, aWindow("new", gone), reset)], {
      version: "2026.3.12",
    });
    assert.deepEqual(told(resetsWithoutSuccessor, input), [
      "warning rotation.no-successor: main: nothing was saved after its reset",
    ]);
    assert.deepEqual(
      only(resetsWithoutSuccessor, input).knownIssues.map(({ issue }) => issue),
      [46250],
    );
  });

  it("nobody spoke since: good to know, no more", () => {
    const ticked = { updatedAt: at("13:00"), originProvider: "heartbeat" };
    assert.deepEqual(told(resetsWithoutSuccessor, anInput([withRow("main", ticked, aWindow("new", gone), reset)])), [
      "info rotation.no-successor: main: nothing was said after its reset",
    ]);
    const input = anInput([withRow("main", { updatedAt: at("10:00") }, aWindow("new", gone), reset)], {
      version: "2026.3.12",
    });
    assert.deepEqual(told(resetsWithoutSuccessor, input), [
      "info rotation.no-successor: main: nothing was said after its reset",
    ]);
    assert.deepEqual(only(resetsWithoutSuccessor, input).knownIssues, []);
  });

  it("a turn that was begun and whose process is gone was lost, however soon after the reset", () => {
    const conversation = withRow("main", { updatedAt: at("10:00") }, aWindow("new", gone), reset);
    const lock = { place: { file: "/s/new.jsonl.lock" }, of: "new", pid: 4711, since: at("10:00:02"), alive: false };
    const found = only(resetsWithoutSuccessor, anInput([conversation], { evidence: { locks: [lock] } }));
    assert.deepEqual([found.severity, found.knownIssues], ["warning", []]);
    assert.equal(
      texts(found).at(-1),
      "The lock of session new was taken at 2026-04-01T10:00:02.000Z, 2 s after the reset, and its process is gone: a turn was begun and never saved.",
    );
    for (const other of [{ alive: true }, { alive: undefined }, { of: "old" }, { since: at("09:00") }]) {
      const locks = [{ ...lock, ...other }];
      assert.equal(only(resetsWithoutSuccessor, anInput([conversation], { evidence: { locks } })).severity, "info");
    }
  });

  it("a header waits for the next message, an entry is a successor, and a reset may be a minute old", () => {
    const header = aWindow("new", {
      primary: aFile("new.jsonl", { head: head({ headerId: "new", headerAt: at("10:00") }) }),
    });
    assert.deepEqual(
      told(resetsWithoutSuccessor, anInput([withRow("main", { updatedAt: at("13:00") }, header, reset)])),
      [],
    );
    const next = aWindow("new", {
      primary: aFile("new.jsonl", { head: head({ headerId: "new", lastAt: at("10:01") }) }),
    });
    assert.deepEqual(
      told(resetsWithoutSuccessor, anInput([withRow("main", { lastInteractionAt: at("13:00") }, next, reset)])),
      [],
    );
    // Nor does a stamp of a wrong clock tell what came after it.
    for (const now of [at("09:00"), Number.NaN]) {
      const input = anInput([withRow("main", {}, aWindow("new", gone), reset)], { evidence: { now } });
      assert.deepEqual(told(resetsWithoutSuccessor, input), []);
    }
    const evidence = { now: at("10:05") };
    assert.deepEqual(
      told(resetsWithoutSuccessor, anInput([withRow("main", {}, aWindow("new", gone), reset)], { evidence })),
      [],
    );
  });

  it("an archive that nothing connects is the one of the only conversation that never wrote", () => {
    const orphan = { ...reset, join: undefined, firstAt: at("08:00"), lastAt: at("09:50") };
    const main = withRow("main", { updatedAt: at("13:00") }, aWindow("new", gone));
    const logs = [aLine(at("10:02"), { kind: "lock-released", heldMs: 721_000 })];
    const input = anInput([main], { orphans: [orphan], version: "2026.3.12", evidence: { logs } });
    assert.deepEqual(told(resetsWithoutSuccessor, input), [
      "warning rotation.no-successor: main: nothing was saved after its reset",
    ]);
    assert.deepEqual(texts(only(resetsWithoutSuccessor, input)).slice(2), [
      "Nothing names the conversation of this archive. agent:main:main is the only one whose transcript was never written.",
      "The row of agent:main:main was active at 2026-04-01T13:00:00.000Z.",
      "The gateway took away a lock on a transcript that had been held for 12 min 1 s, at 2026-04-01T10:02:00.000Z.",
    ]);
    assert.deepEqual(told(holes, input), ["error hole: main has a hole: what was said in it was not saved"]);
    assert.deepEqual(told(archivesWithoutKey, input), []);

    const two = [main, withRow("direct:7", { updatedAt: at("13:00") }, aWindow("other", gone))];
    assert.deepEqual(told(resetsWithoutSuccessor, anInput(two, { orphans: [orphan] })), []);
    const before = withRow("main", { updatedAt: at("09:00") }, aWindow("new", gone));
    assert.deepEqual(told(resetsWithoutSuccessor, anInput([before], { orphans: [orphan] })), []);
  });

  it("archives of nobody are told together", () => {
    const orphans = [reset, { ...reset, windowId: "main/other/-" }];
    assert.deepEqual(told(archivesWithoutKey, anInput([], { orphans })), [
      "info rotation.no-successor: Archives of agent main that nothing connects with a conversation",
    ]);
  });
});

describe("row.transcript-missing", () => {
  it("a row that counts tokens of a transcript that is not there", () => {
    const input = anInput([withRow("main", { totalTokens: 5418 }, aWindow("a", gone))], {
      version: "2026.4.21",
      agent: { roots: [root()] },
    });
    const found = only(missingTranscripts, input);
    assert.equal(found.severity, "error");
    assert.equal(found.title, "The transcript of main is missing");
    assert.deepEqual(texts(found), ["The row of agent:main:main counts 5,418 tokens."]);
    assert.equal(found.place?.file, "/s/sessions.json");
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [89245],
    );
  });

  it("a run trace that is still there", () => {
    const trajectories = [aFile("a.trajectory.jsonl", { head: head({ lastAt: at("09:00") }) })];
    const found = only(
      missingTranscripts,
      anInput([withRow("main", {}, aWindow("a", { ...gone, kind: "trajectory-only", trajectories }))]),
    );
    assert.match(found.next, /^The run trace a\.trajectory\.jsonl still holds what was said/);
  });

  it("the first turn is in the row and in the run trace before it is in a transcript", () => {
    const trajectories = [aFile("a.trajectory.jsonl", { head: head({ lastAt: at("20T11:58") }) })];
    const window = aWindow("a", { ...gone, kind: "trajectory-only", trajectories });
    assert.deepEqual(told(missingTranscripts, anInput([withRow("main", { status: "running" }, window)])), []);
    const touched = withRow("main", { updatedAt: at("20T11:59"), totalTokens: 12 }, aWindow("a", gone));
    assert.deepEqual(told(missingTranscripts, anInput([touched])), []);
  });

  it("right after a reset it is normal, and what cannot be read is not missing", () => {
    const fresh = withRow(
      "main",
      { totalTokens: 0, compactionCount: 0, updatedAt: at("09:00"), sessionStartedAt: at("09:00"), status: "done" },
      aWindow("a", gone),
    );
    assert.deepEqual(told(missingTranscripts, anInput([fresh])), []);
    const used = withRow("main", { totalTokens: 9 }, aWindow("a", gone));
    assert.deepEqual(
      told(missingTranscripts, anInput([used], { agent: { roots: [root("directory.unreadable")] } })),
      [],
    );
    assert.deepEqual(told(missingTranscripts, anInput([used], { agent: { roots: [{ ...root(), read: false }] } })), []);
  });
});

describe("row.transcript-young", () => {
  const file = (facts: Partial<FileHead>) =>
    aFile("a.jsonl", { head: head({ headerId: "a", headerAt: at("12:00"), firstAt: at("12:00"), ...facts }) });

  it("the run trace of the session is older than its transcript", () => {
    const trajectories = [aFile("a.trajectory.jsonl", { head: head({ firstAt: at("08:00") }) })];
    const found = only(
      youngTranscripts,
      anInput([withRow("main", {}, aWindow("a", { primary: file({}), trajectories }))], { version: "2026.7.1" }),
    );
    assert.equal(found.severity, "warning");
    assert.equal(
      found.detail,
      "Its header is of 2026-04-01T12:00:00.000Z, the session began 4 h before that. What was said in between is not in it.",
    );
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [104323],
    );
  });

  it("the row alone may mean that nothing was answered at first", () => {
    const input = anInput([withRow("main", { sessionStartedAt: at("08:00") }, aWindow("a", { primary: file({}) }))]);
    assert.deepEqual(told(youngTranscripts, input), [
      "info row.transcript-young: The transcript of main is younger than its session",
    ]);
  });

  it("a checkpoint of the session that is older", () => {
    const checkpoints = [
      { ...checkpointOf("a"), createdAt: at("09:00") },
      { ...checkpointOf("b"), createdAt: at("01:00") },
    ];
    const found = only(
      youngTranscripts,
      anInput([withRow("main", { checkpoints }, aWindow("a", { primary: file({}) }))]),
    );
    assert.match(found.detail, /the session began 3 h before that/);
  });

  it("a slow first turn, a header of another session and replayed entries are nothing", () => {
    const row = { sessionStartedAt: at("11:58") };
    assert.deepEqual(told(youngTranscripts, anInput([withRow("main", row, aWindow("a", { primary: file({}) }))])), []);
    const old = { sessionStartedAt: at("08:00") };
    for (const facts of [
      { headerId: "b" },
      { replayed: 4 },
      { firstAt: at("07:00") },
      { headerAt: Number.NaN },
      { headerAt: undefined },
    ]) {
      assert.deepEqual(
        told(youngTranscripts, anInput([withRow("main", old, aWindow("a", { primary: file(facts) }))])),
        [],
      );
    }
  });
});

describe("row.shared-file", () => {
  const problem: Problem = { code: "store.two-keys-one-file", message: "" };
  const shared = (rest: string) => ({ ...withRow(rest, {}, aWindow("a")), problems: [problem] });

  it("once for a transcript, with the first keys", () => {
    const many = Array.from({ length: 9 }, (_, number) => shared(`direct:${String(number)}`));
    const found = only(sharedTranscripts, anInput(many, { agent: { roots: [root()] } }));
    assert.match(found.detail, /^9 rows mean a\.jsonl: agent:main:direct:0, .*agent:main:direct:4, …\./);
    assert.equal(found.place?.file, "/s/sessions.json");
  });

  it("rows without the problem share nothing", () => {
    assert.deepEqual(told(sharedTranscripts, anInput([withRow("main", {}, aWindow("a"))])), []);
  });
});

describe("index.lost", () => {
  const live = withRow("main", {}, aWindow("a"));

  it("a broken index is overwritten by the next message", () => {
    for (const code of ["store.not-json", "store.half-written", "store.not-object"] as const) {
      const found = only(lostIndexes, anInput([live], { agent: { roots: [root(code)] } }));
      assert.equal(found.severity, "error");
      assert.equal(found.title, "The session index of agent main is broken, and the next message overwrites it");
      assert.deepEqual(found.place, { file: "/s/sessions.json", line: 3 });
      assert.match(found.next, /^Stop the gateway and copy the index/);
    }
  });

  it("an empty or missing one, with transcripts beside it or without", () => {
    const orphans = [aWindow("a", { kind: "orphan" })];
    assert.deepEqual(told(lostIndexes, anInput([], { orphans, agent: { roots: [root("store.empty")], orphans } })), [
      "error index.lost: The session index of agent main is empty",
    ]);
    assert.deepEqual(told(lostIndexes, anInput([], { agent: { roots: [root("store.missing")], orphans } })), [
      "error index.lost: The session index of agent main is missing",
    ]);
    assert.deepEqual(told(lostIndexes, anInput([], { agent: { roots: [root("store.empty")] } })), [
      "info index.lost: The session index of agent main is empty",
    ]);
  });

  it("a row that is no object does not break the others", () => {
    assert.deepEqual(
      told(lostIndexes, anInput([live], { agent: { roots: [root("store.row-not-object", "store.duplicate-key")] } })),
      [],
    );
  });

  const young = (start: string) => (rest: string, index: number) =>
    withRow(`direct:${rest}`, { sessionStartedAt: at(start) + index * 1000 }, aWindow(`n${rest}`));
  const left = ["1", "2", "3"].map((id) =>
    aWindow(`o${id}`, {
      kind: "orphan",
      lastAt: at("2T06:00"),
      join: undefined,
      primary: aFile(`o${id}.jsonl`, { head: head({ opening: anOpening() }) }),
    }),
  );

  it("all rows began in one minute, and people's transcripts ended before that", () => {
    const input = anInput(["1", "2", "3"].map(young("2T09:00")), { orphans: left });
    assert.deepEqual(told(lostIndexes, input), [
      "warning index.lost: The session index of agent main seems to have been lost",
    ]);
  });

  it("a single row is left, or none, and several conversations were in use at the same time before", () => {
    const overlapping = left.map((window) => ({ ...window, firstAt: at("1T12:00") }));
    const lost = ["warning index.lost: The session index of agent main seems to have been lost"];
    assert.deepEqual(told(lostIndexes, anInput([young("2T09:00")("1", 0)], { orphans: overlapping })), lost);
    assert.deepEqual(told(lostIndexes, anInput([], { orphans: overlapping })), lost);
    assert.deepEqual(told(lostIndexes, anInput([], { orphans: overlapping.slice(1) })), []);
    const inTurn = left.map((window, index) => ({
      ...window,
      firstAt: at(`1T1${String(index)}:00`),
      lastAt: at(`1T1${String(index)}:59`),
    }));
    assert.deepEqual(told(lostIndexes, anInput([young("2T09:00")("1", 0)], { orphans: inTurn })), []);
  });

  it("one older row, a reset at that time, or orphans of machines say otherwise", () => {
    const rows = ["1", "2", "3"].map(young("2T09:00"));
    const older = withRow("main", { sessionStartedAt: at("08:00") }, aWindow("m"));
    assert.deepEqual(told(lostIndexes, anInput([...rows, older], { orphans: left })), []);
    const stamped = aConversation("agent:main:main", { ...reset, archivedAt: at("2T09:00") });
    assert.deepEqual(told(lostIndexes, anInput([...rows, stamped], { orphans: left })), []);
    const machines = left.map((window) => ({
      ...window,
      primary: aFile("x.jsonl", { head: head({ opening: anOpening({ heartbeat: true, speaker: "heartbeat" }) }) }),
    }));
    assert.deepEqual(told(lostIndexes, anInput(rows, { orphans: machines })), []);
    assert.deepEqual(told(lostIndexes, anInput(rows, { orphans: left.slice(1) })), []);
  });
});
