import assert from "node:assert/strict";
import { judgeCommand } from "../../../src/core/rotation/causes/command";
import { judgeCompactionFailure } from "../../../src/core/rotation/causes/compactionFailure";
import { judgeDeleted } from "../../../src/core/rotation/causes/deleted";
import { judgeHistoryCorruption } from "../../../src/core/rotation/causes/historyCorruption";
import { judgeMemoryFlush } from "../../../src/core/rotation/causes/memoryFlush";
import { judgePruned } from "../../../src/core/rotation/causes/pruned";
import { judgeRoleConflict } from "../../../src/core/rotation/causes/roleConflict";
import { judgeRpc } from "../../../src/core/rotation/causes/rpc";
import { nearestOwn } from "../../../src/core/rotation/nearestOwn";
import type { EndBeside } from "../../../src/core/rotation/rotationFacts";
import { storeRow } from "../conversation/builders";
import { aLine, given, type Given, short, time, unknownVersion } from "./rotationFacts";

/** Another session of `key` that ended. */
function beside(at: string, key: string | undefined, reason: EndBeside["reason"] = "reset"): readonly EndBeside[] {
  return [{ at: time(at), key, reason }];
}

const group = "agent:main:telegram:group:7";

describe("a line that does not say what it is about", () => {
  const reset = [aLine("04:00:01.600", { kind: "rpc", method: "sessions.reset", ok: true })];

  it("is about the end that is nearest to it", () => {
    const judge = (at: string): string => short(judgeRpc(given({ more: { logs: reset, beside: beside(at, group) } })));
    assert.equal(judge("04:00:01.590"), "silent", "the other one was reset by the call");
    assert.equal(judge("03:59:59.900"), "rpc possible", "it may be about the other one");
    assert.equal(judge("04:00:05"), "rpc certain", "the other one is too far away");
  });

  it("explains one end; the other has a line of its own", () => {
    const both = [...reset, aLine("04:00:02.400", { kind: "rpc", method: "sessions.reset", ok: true })];
    const facts = given({ more: { logs: both, beside: beside("04:00:02.380", group) } });
    assert.equal(short(judgeRpc(facts)), "rpc certain");
    const [line] = reset;
    assert.ok(line !== undefined);
    assert.deepEqual(nearestOwn(time("04:00:00.397"), [line], [time("04:00:00.397")], 2_000), { line, isSole: false });
  });

  it("a call that deletes: of sessions that were deleted", () => {
    const logs = [aLine("04:00:00.500", { kind: "rpc", method: "sessions.delete", ok: true })];
    const judge = (other: readonly EndBeside[]): string =>
      short(judgeDeleted(given({ how: "deleted", to: null, more: { logs, beside: other } })));
    assert.equal(judge(beside("04:00:00.900", group, "deleted")), "deleted possible");
    assert.equal(judge(beside("04:00:00.900", group, "reset")), "deleted certain");
  });

  it("a command without a key: the nearest end, and at once", () => {
    const judge = (at: string, ends: readonly EndBeside[], sessionKey?: string): string => {
      const command = {
        action: "new",
        source: undefined,
        sessionKey,
        at: time(at),
        place: { file: "/c.log", line: 1 },
      };
      return short(judgeCommand(given({ more: { commands: [command], beside: ends } })));
    };
    assert.equal(judge("04:00:08", beside("04:00:08.010", "agent:main:main")), "silent");
    assert.equal(judge("04:00:08", beside("04:00:08.010", "agent:main:main"), "agent:main:main"), "silent");
    assert.equal(judge("04:00:08", [], "agent:main:main"), "command certain");
    assert.equal(judge("04:00:08", []), "command possible");
    assert.equal(judge("04:00:01", []), "command certain");
    assert.equal(judge("04:00:01", beside("04:00:02.500", group)), "command possible");
    assert.equal(judge("04:00:01", beside("04:00:02.500", group), "agent:main:main"), "command certain");
  });
});

describe("a command that was logged, and no archive", () => {
  it("as early releases leave it: certain; of others: likely", () => {
    const command = { action: "new", source: undefined, sessionKey: "agent:main:main", at: time("04:00:01") };
    const more = { commands: [{ ...command, place: { file: "/c.log", line: 1 } }] };
    assert.equal(short(judgeCommand(given({ how: "orphan", version: "2026.1.30", more }))), "command certain");
    assert.equal(short(judgeCommand(given({ how: "orphan", version: "2026.3.13", more }))), "command likely");
    assert.equal(short(judgeCommand(given({ how: "orphan", version: unknownVersion, more }))), "command likely");
  });
});

describe("a line that names a failure", () => {
  const key = "agent:main:main";
  const failed = (newId: string, of = key, at = "04:00:00") => [
    aLine(at, { kind: "compaction-failed", key: of, newId }),
  ];

  it("of a release that has no such failure: excluded; of one that may have: likely", () => {
    const flush = [aLine("04:00:00", { kind: "memory-flush-exhausted", key, newId: "new-1" })];
    const corrupted = [aLine("04:00:00", { kind: "history-corrupted", key })];
    const conflict = [aLine("04:00:00", { kind: "role-conflict", key, newId: "new-1" })];
    const judged = (version: Given["version"] & string): string[] => [
      short(judgeMemoryFlush(given({ how: "orphan", version, more: { logs: flush } }))),
      short(judgeHistoryCorruption(given({ how: "gone", version, more: { logs: corrupted } }))),
      short(judgeRoleConflict(given({ how: "gone", version, more: { logs: conflict } }))),
      short(judgeCompactionFailure(given({ how: "orphan", version, more: { logs: failed("new-1") } }))),
    ];
    assert.deepEqual(judged("2026.3.13"), [
      "memory-flush excluded",
      "history-corruption certain",
      "role-conflict certain",
      "compaction-failure certain",
    ]);
    assert.deepEqual(judged("2026.7.35"), [
      "memory-flush certain",
      "history-corruption excluded",
      "role-conflict certain",
      "compaction-failure excluded",
    ]);
    const unknown = given({ how: "orphan", version: unknownVersion, more: { logs: failed("new-1") } });
    assert.equal(short(judgeCompactionFailure(unknown)), "compaction-failure likely");
  });

  it("that leaves no archive, and there is one: possible", () => {
    const corrupted = [aLine("04:00:00", { kind: "history-corrupted", key })];
    const judgement = judgeHistoryCorruption(given({ more: { logs: corrupted } }));
    assert.equal(short(judgement), "history-corruption possible");
    assert.match(
      (judgement.kind === "holds" && judgement.cause.against[0]?.text) || "",
      /old-1\.jsonl\.reset\..* is an archive; such a failure makes none\./,
    );
    assert.equal(
      short(judgeCompactionFailure(given({ more: { logs: failed("new-1") } }))),
      "compaction-failure possible",
    );
  });

  it("of another conversation, or long after: nothing", () => {
    const judge = (logs: ReturnType<typeof failed>): string =>
      short(judgeCompactionFailure(given({ how: "orphan", more: { logs } })));
    assert.equal(judge(failed("new-1", "agent:other:main")), "silent");
    assert.equal(judge(failed("new-1", key, "04:03")), "silent");
    assert.equal(judge(failed("new-1", key, "04:01:40")), "compaction-failure certain");
    assert.equal(judge(failed("new-1", "main")), "compaction-failure certain");
  });
});

describe("a clean-up of the index", () => {
  const swept = [aLine("04:00:00", { kind: "pruned", count: 1 })];
  const judge = (facts: Given): string => short(judgePruned(given({ how: "deleted", to: null, ...facts })));

  it("took no session that was in use a minute before", () => {
    assert.equal(judge({ from: { last: "03:59" }, more: { logs: swept } }), "pruned excluded");
  });

  it("took what was old enough: certain where the row was kept, whose time decides", () => {
    const config = { maintenance: { pruneAfter: { value: "1d", place: { file: "/c.json" } } } } as never;
    const old = { from: { last: "30T01:00" }, version: "2026.4.21" };
    const row = storeRow("main", "old-1", { updatedAt: time("30T01:00") });
    const rowBefore = { row, from: "store-backup", place: undefined, keptAt: undefined } as const;
    assert.equal(judge({ ...old, more: { logs: swept, config, rowBefore } }), "pruned certain");
    assert.equal(judge({ ...old, more: { logs: swept, config } }), "pruned likely", "the row may have been younger");
    const other = beside("04:00:00.010", undefined, "deleted");
    assert.equal(judge({ ...old, more: { logs: swept, config, beside: other } }), "pruned possible", "it took one");
    const two = [aLine("04:00:00", { kind: "pruned", count: 2 })];
    assert.equal(judge({ ...old, more: { logs: two, config, beside: other, rowBefore } }), "pruned certain");
  });

  it("seconds away: possible", () => {
    const config = { maintenance: { pruneAfter: { value: "1d", place: { file: "/c.json" } } } } as never;
    const logs = [aLine("03:59:56", { kind: "pruned", count: 1 })];
    assert.equal(judge({ from: { last: "30T01:00" }, more: { logs, config } }), "pruned possible");
  });
});
