import assert from "node:assert/strict";
import { judgeCheckpointRestore } from "../../../src/core/rotation/causes/checkpointRestore";
import { judgeCompactionFailure } from "../../../src/core/rotation/causes/compactionFailure";
import { judgeCompactionSuccessor } from "../../../src/core/rotation/causes/compactionSuccessor";
import { judgeDeleted } from "../../../src/core/rotation/causes/deleted";
import { judgeDoctor } from "../../../src/core/rotation/causes/doctor";
import { judgeEndedRow } from "../../../src/core/rotation/causes/endedRow";
import { judgeHistoryCorruption } from "../../../src/core/rotation/causes/historyCorruption";
import { judgeIdle } from "../../../src/core/rotation/causes/idle";
import { judgeIndexLoss } from "../../../src/core/rotation/causes/indexLoss";
import { judgeIsolatedRun } from "../../../src/core/rotation/causes/isolatedRun";
import { judgeMemoryFlush } from "../../../src/core/rotation/causes/memoryFlush";
import { judgePruned } from "../../../src/core/rotation/causes/pruned";
import { judgeRoleConflict } from "../../../src/core/rotation/causes/roleConflict";
import { judgeTranscriptMissing } from "../../../src/core/rotation/causes/transcriptMissing";
import type { RowBefore } from "../../../src/core/rotation/rotationFacts";
import type { StoreRow } from "../../../src/core/store/storeRow";
import { anIndex } from "../../anIndex";
import { storeRow } from "../conversation/builders";
import { aLine, aPolicy, dailyByStart, given, short, texts, time, unknownVersion } from "./rotationFacts";

function rowBefore(
  facts: Partial<StoreRow>,
  from: RowBefore["from"] = "reset-record",
): { readonly rowBefore: RowBefore } {
  return { rowBefore: { row: storeRow("main", "old-1", facts), from, place: undefined, keptAt: time("04:00:01") } };
}

describe("idle reset", () => {
  const idle = (minutes: number, clock: "updatedAt" | "lastInteractionAt" = "updatedAt") =>
    [aPolicy({ idle: { minutes, clock } })] as const;

  it("longer unused than the policy allows: likely, with the numbers", () => {
    const judgement = judgeIdle(given({ at: "05:00", policy: idle(45) }));
    assert.equal(short(judgement), "idle likely");
    assert.equal(
      texts(judgement)[0],
      "Last used 2026-03-31T03:57:42.000Z, reset 2026-03-31T05:00:00.000Z: 1 h 2 min later, more than the 45 min that the policy allows.",
    );
  });

  it("within the time, or no limit at all: excluded", () => {
    assert.equal(short(judgeIdle(given({ policy: idle(45) }))), "idle excluded");
    assert.equal(short(judgeIdle(given())), "idle excluded");
  });

  it("from 2026.4.25 on only what a person did counts", () => {
    const policy = idle(45, "lastInteractionAt");
    const ticking = { at: "05:00", from: { last: "04:59", ending: { lastUserAt: time("03:00") } }, policy };
    assert.equal(short(judgeIdle(given(ticking))), "idle likely");
    assert.equal(
      short(judgeIdle(given({ ...ticking, from: { last: "04:59" } }))),
      "silent",
      "who wrote last is not known",
    );
  });

  it("policies of different releases: possible when they disagree", () => {
    const policy = [aPolicy({}), aPolicy({ idle: { minutes: 45, clock: "updatedAt" } })] as const;
    assert.equal(short(judgeIdle(given({ at: "05:00", version: unknownVersion, policy }))), "idle possible");
  });
});

describe("a main session that looked ended", () => {
  const at7 = { version: "2026.7.35", policy: [dailyByStart] as const };

  it("killed, and the transcript newer than the row: likely", () => {
    const facts = given({ ...at7, more: rowBefore({ status: "killed", updatedAt: time("03:57:41") }) });
    assert.equal(short(judgeEndedRow(facts)), "ended-row likely");
  });

  it("an end without a status counts, done and failed do not, nor a transcript that is older", () => {
    const judge = (row: Partial<StoreRow>): string => short(judgeEndedRow(given({ ...at7, more: rowBefore(row) })));
    const ended = { endedAt: time("03:57:41") };
    assert.equal(judge({ rest: ended, updatedAt: time("03:57:41") }), "ended-row likely");
    assert.equal(judge({ status: "done", rest: ended, updatedAt: time("03:57:41") }), "ended-row excluded");
    assert.equal(judge({ status: "timeout", updatedAt: time("03:58") }), "ended-row excluded");
    assert.equal(judge({ status: "running", rest: ended, updatedAt: time("03:57:41") }), "ended-row likely");
  });

  it("without the row of before: possible, and only when everything else is excluded", () => {
    const due = { ...at7, to: { opening: { at: time("04:00:00.510") } } };
    assert.equal(short(judgeEndedRow(given(due))), "silent", "a daily reset was due");
    const fresh = { ...at7, at: "05:00", from: { header: "31T04:30", last: "04:59" } };
    const to = { header: "05:00:00.100", first: "05:00:00.101", opening: { at: time("05:00:00.110") } };
    assert.equal(short(judgeEndedRow(given({ ...fresh, to }))), "ended-row possible");
  });

  it("only the main conversation, only releases that do it", () => {
    const more = rowBefore({ status: "killed", updatedAt: time("03:57:41") });
    assert.equal(short(judgeEndedRow(given({ ...at7, key: "agent:main:telegram:direct:1", more }))), "silent");
    assert.equal(short(judgeEndedRow(given({ version: "2026.5.18", more }))), "silent");
    assert.equal(short(judgeEndedRow(given({ version: "2026.6.8", more }))), "ended-row possible");
  });
});

describe("failures", () => {
  it("a compaction that failed: named by the log, or by how the old transcript ends", () => {
    const logs = [aLine("03:59:58", { kind: "compaction-failed", key: "agent:main:main", newId: "new-1" })];
    const overflow = { how: "orphan" as const, from: { ending: { error: "overflow" as const } } };
    assert.equal(short(judgeCompactionFailure(given({ how: "orphan", more: { logs } }))), "compaction-failure certain");
    assert.equal(short(judgeCompactionFailure(given(overflow))), "compaction-failure likely");
    assert.equal(
      short(judgeCompactionFailure(given({ ...overflow, version: unknownVersion }))),
      "compaction-failure possible",
    );
    assert.equal(
      short(judgeCompactionFailure(given({ ...overflow, version: "2026.5.22" }))),
      "compaction-failure excluded",
    );
    assert.equal(short(judgeCompactionFailure(given({ ...overflow, how: "reset" }))), "silent");
  });

  it("gone for longer than archives are kept: says nothing about how it ended", () => {
    const months = { now: Date.UTC(2026, 6, 1) };
    assert.equal(short(judgeRoleConflict(given({ how: "gone", more: months }))), "silent");
    assert.equal(short(judgeHistoryCorruption(given({ how: "gone", more: months }))), "silent");
    const days = { now: Date.UTC(2026, 3, 2) };
    assert.equal(short(judgeRoleConflict(given({ how: "gone", more: days }))), "role-conflict possible");
  });

  it("messages that were put in again, a window nearly full", () => {
    const replayed = { how: "orphan" as const, version: "2026.5.2", to: { head: { replayed: 4 } } };
    assert.equal(short(judgeCompactionFailure(given(replayed))), "compaction-failure likely");
    const full = {
      how: "orphan" as const,
      from: { ending: { inputTokens: 180_000 } },
      row: storeRow("main", "new-1", { contextTokens: 200_000 }),
    };
    assert.equal(short(judgeCompactionFailure(given(full))), "compaction-failure possible");
    assert.equal(short(judgeCompactionFailure(given({ how: "orphan" }))), "silent");
  });

  it("a line about another session, or about another moment, names nothing", () => {
    const other = [aLine("03:59:58", { kind: "compaction-failed", key: "agent:main:main", newId: "new-2" })];
    const early = [aLine("03:57", { kind: "compaction-failed", key: "agent:main:main", newId: undefined })];
    for (const logs of [other, early])
      assert.equal(short(judgeCompactionFailure(given({ how: "orphan", more: { logs } }))), "silent");
  });

  it("a conflict of roles: gone up to 2026.6.11, archived from 2026.7.1 on", () => {
    const logs = [aLine("04:00:00", { kind: "role-conflict", key: "agent:main:main", newId: "new-1" })];
    assert.equal(short(judgeRoleConflict(given({ how: "gone", more: { logs } }))), "role-conflict certain");
    assert.equal(short(judgeRoleConflict(given({ how: "gone" }))), "role-conflict possible");
    assert.equal(short(judgeRoleConflict(given({ how: "gone", version: "2026.7.35" }))), "silent");
    const archived = { from: { ending: { error: "role-order" as const } }, version: "2026.7.35" };
    assert.equal(short(judgeRoleConflict(given(archived))), "role-conflict likely");
    assert.equal(short(judgeRoleConflict(given({ version: "2026.7.35" }))), "silent");
  });

  it("a corrupted history, exhausted memory flushes: only the log is sure", () => {
    const corrupted = [aLine("04:00:00", { kind: "history-corrupted", key: "agent:main:main" })];
    assert.equal(
      short(judgeHistoryCorruption(given({ how: "gone", more: { logs: corrupted } }))),
      "history-corruption certain",
    );
    assert.equal(short(judgeHistoryCorruption(given({ how: "gone" }))), "history-corruption possible");
    assert.equal(short(judgeHistoryCorruption(given({ how: "gone", version: "2026.5.18" }))), "silent");
    const flush = [aLine("04:00:00", { kind: "memory-flush-exhausted", key: "agent:main:main", newId: "new-1" })];
    assert.equal(
      short(judgeMemoryFlush(given({ how: "orphan", version: "2026.7.35", more: { logs: flush } }))),
      "memory-flush certain",
    );
    assert.equal(short(judgeMemoryFlush(given({ how: "orphan", version: "2026.7.35" }))), "silent");
  });

  it("the index was lost: all began together, and a copy of it names the old session", () => {
    const together = { beganTogether: { count: 3, of: 3 } };
    assert.equal(short(judgeIndexLoss(given({ how: "orphan", more: together }))), "index-loss possible");
    const more = { ...together, ...rowBefore({}, "store-backup") };
    assert.equal(short(judgeIndexLoss(given({ how: "orphan", more }))), "index-loss likely");
    assert.equal(short(judgeIndexLoss(given({ more }))), "silent", "an archive");
    assert.equal(short(judgeIndexLoss(given({ how: "orphan" }))), "silent", "nothing else began");
  });

  it("the transcript was gone: the same id again", () => {
    const same = { how: "orphan" as const, to: { id: "old-1" } };
    assert.equal(short(judgeTranscriptMissing(given(same))), "transcript-missing possible");
    const row = storeRow("main", "old-1", { sessionStartedAt: time("30T09:00") });
    assert.equal(short(judgeTranscriptMissing(given({ ...same, row }))), "transcript-missing likely");
    assert.equal(short(judgeTranscriptMissing(given())), "silent");
  });
});

describe("by design", () => {
  it("isolated heartbeats and cron jobs: likely; an archive of one is something else", () => {
    for (const key of ["agent:main:main:heartbeat", "agent:main:cron:job-1", "cron:job-1"]) {
      assert.equal(short(judgeIsolatedRun(given({ key, how: "orphan" }))), "isolated-run likely", key);
      assert.equal(short(judgeIsolatedRun(given({ key }))), "silent", key);
    }
    assert.equal(short(judgeIsolatedRun(given({ how: "orphan" }))), "silent");
  });

  it("the successor of a compaction, and of a checkpoint", () => {
    const name = "2026-03-31T04-00-00-000Z_new-1.jsonl";
    const header = { id: "new-1", version: 3, at: undefined, cwd: undefined, line: 1 };
    const file = (parentSession: string, count: number) => ({
      index: anIndex({ header: { ...header, parentSession }, compactions: { count, noPriorHistoryLine: undefined } }),
    });
    const from = (parent: string, count = 0) => given({ how: "orphan", to: { name, file: file(parent, count) } });
    assert.equal(short(judgeCompactionSuccessor(from("/s/old-1.jsonl", 1))), "compaction-successor likely");
    assert.equal(short(judgeCompactionSuccessor(from("/s/old-1.jsonl"))), "compaction-successor possible");
    assert.equal(short(judgeCompactionSuccessor(from("/s/other.jsonl", 1))), "compaction-successor possible");
    assert.equal(short(judgeCheckpointRestore(from("C:\\s\\old-1.checkpoint.9.jsonl"))), "checkpoint-restore likely");
    assert.equal(short(judgeCompactionSuccessor(from("/s/old-1.checkpoint.9.jsonl"))), "silent");
    assert.equal(short(judgeCheckpointRestore(given())), "silent");
  });
});

describe("deletions", () => {
  const recently = { how: "deleted" as const, to: null };
  const longAgo = { ...recently, at: "1T04:00", from: { last: "30T04:00" } };

  it("a call that was logged: certain", () => {
    const logs = [aLine("04:00:00.500", { kind: "rpc", method: "sessions.delete", ok: true })];
    assert.equal(short(judgeDeleted(given({ ...recently, more: { logs } }))), "deleted certain");
  });

  it("used recently and few others: somebody deleted it; a log that caps speaks against", () => {
    assert.equal(short(judgeDeleted(given(recently))), "deleted likely");
    assert.equal(short(judgePruned(given(recently))), "pruned excluded");
    const capped = { more: { logs: [aLine("04:00:00", { kind: "capped", count: 3 })] } };
    assert.equal(short(judgeDeleted(given({ ...recently, ...capped }))), "deleted possible");
    assert.equal(short(judgePruned(given({ ...recently, ...capped }))), "pruned possible");
  });

  it("older than the configured age: pruned, surely enough where the release removes by itself", () => {
    const config = { maintenance: { pruneAfter: { value: "1d", place: { file: "/c.json" } } } } as never;
    const pruned = { ...longAgo, more: { config } };
    assert.equal(short(judgePruned(given({ ...pruned, version: "2026.4.21" }))), "pruned likely");
    assert.equal(short(judgePruned(given(pruned))), "pruned possible");
    assert.equal(short(judgeDeleted(given(pruned))), "deleted possible");
    assert.equal(short(judgePruned(given({ ...longAgo, version: "2026.4.21" }))), "pruned excluded");
  });

  it("more sessions than fit: may have been capped", () => {
    const many = { ...recently, more: { beganTogether: { count: 0, of: 700 } } };
    assert.equal(short(judgePruned(given(many))), "pruned possible");
    assert.equal(short(judgeDeleted(given(many))), "deleted possible");
  });

  it("doctor gave the old transcript a key of its own: certain", () => {
    const join = {
      key: "agent:main:heartbeat-recovered-2026",
      rung: "store-row",
      evidence: "",
      disagreeing: [],
    } as const;
    assert.equal(short(judgeDoctor(given({ how: "orphan", from: { window: { join } } }))), "doctor certain");
    assert.equal(short(judgeDoctor(given())), "silent");
  });
});
