import assert from "node:assert/strict";
import { judgeRpc } from "../../../src/core/rotation/causes/rpc";
import { aPolicy, aLine, dailyByStart, given, short, texts, time, unknownVersion } from "./rotationFacts";
import { storeRow } from "../conversation/builders";

const noReset = [aPolicy({})] as const;
/** Written with the rename, first used seconds later. */
const headerAlone = { header: "04:00:00.398", first: "04:00:05", opening: { stamped: true } };

describe("a call of sessions.reset", () => {
  it("a line of the gateway's log at that moment: certain", () => {
    const facts = given({
      more: { logs: [aLine("04:00:00.450", { kind: "rpc", method: "sessions.reset", ok: true })] },
    });
    assert.equal(short(judgeRpc(facts)), "rpc certain");
  });

  it("a call that failed, another call, another time: nothing", () => {
    const logs = [
      aLine("03:59", { kind: "rpc", method: "sessions.reset", ok: true }),
      aLine("04:00:00.450", { kind: "rpc", method: "sessions.reset", ok: false }),
      aLine("04:00:00.460", { kind: "rpc", method: "chat.send", ok: true }),
    ];
    assert.equal(short(judgeRpc(given({ more: { logs } }))), "silent");
  });

  it("the old name with a new header (2026.3.28 to 2026.5.7): certain", () => {
    const to = { id: "new-1", name: "old-1.jsonl", header: "04:00:00.398", first: "04:00:03" };
    assert.equal(short(judgeRpc(given({ version: "2026.4.21", to }))), "rpc certain");
    assert.equal(short(judgeRpc(given({ version: unknownVersion, to }))), "rpc likely");
    assert.equal(
      short(judgeRpc(given({ version: "2026.3.13", to: { ...to, header: "04:10" } }))),
      "silent",
      "restored",
    );
  });

  it("its own name in those releases: excluded (openclaw/openclaw#70330)", () => {
    assert.equal(short(judgeRpc(given({ version: "2026.4.21" }))), "rpc excluded");
  });

  it("a header written with the rename and alone: likely; certain when the list of earlier ids was dropped too", () => {
    const facts = { version: "2026.5.18", policy: [dailyByStart] as const, to: headerAlone };
    assert.equal(short(judgeRpc(given(facts))), "rpc likely");
    assert.equal(short(judgeRpc(given({ ...facts, row: storeRow("main", "new-1") }))), "rpc certain");
    const kept = storeRow("main", "new-1", { usageFamilySessionIds: ["old-1", "new-1"] });
    assert.equal(short(judgeRpc(given({ ...facts, row: kept }))), "rpc excluded");
  });

  it("a header with its first entry, as turns and answers to commands write it: excluded from 2026.3.28 on", () => {
    const to = { header: "04:00:00.404", first: "04:00:00.404" };
    assert.equal(short(judgeRpc(given({ version: "2026.7.35", to }))), "rpc excluded");
    assert.equal(short(judgeRpc(given({ version: unknownVersion, to }))), "silent");
  });

  it("up to 2026.3.24 nothing shows it: possible when everything else is excluded", () => {
    const facts = {
      policy: noReset,
      to: { opening: { stamped: true, at: time("09:00") }, header: "09:00", first: "09:00" },
    };
    const judgement = judgeRpc(given(facts));
    assert.equal(short(judgement), "rpc possible");
    assert.match(texts(judgement)[0] ?? "", /only a command, a policy or sessions\.reset makes one/);
    assert.equal(short(judgeRpc(given({ ...facts, to: { opening: { stamped: false } } }))), "silent");
    assert.equal(short(judgeRpc(given({ to: { opening: { stamped: true } } }))), "silent", "a daily reset was due");
  });

  it("up to 2026.3.24 the row as the call leaves it, until something is answered: likely", () => {
    const counts = { totalTokens: 0, rest: { inputTokens: 0, outputTokens: 0, totalTokensFresh: true } };
    const emptied = { updatedAt: time("04:00:00.394"), ...counts };
    const unwritten = { window: { kind: "missing", primary: undefined } } as const;
    const told = (row: object, version?: string): string =>
      short(judgeRpc(given({ to: unwritten, row: storeRow("main", "new-1", row), ...(version ? { version } : {}) })));
    assert.equal(told(emptied), "rpc likely");
    assert.equal(told(emptied, "2026.3.26"), "silent");
    assert.equal(told({ ...emptied, updatedAt: time("04:05") }), "silent", "touched since");
    assert.equal(told({ ...emptied, sessionFile: "/s/new-1.jsonl" }), "silent", "as a turn leaves it");
    assert.equal(told({ ...emptied, totalTokens: 12 }), "silent");
    const known = given({ to: unwritten, row: storeRow("main", "new-1", emptied), version: unknownVersion });
    assert.equal(short(judgeRpc(known)), "rpc possible");
    assert.equal(
      texts(judgeRpc(known))[0],
      "The store row of agent:main:main was written at 2026-03-31T04:00:00.394Z, with the reset of 2026-03-31T04:00:00.397Z; its counts are zero and it names no transcript, as sessions.reset leaves it up to OpenClaw 2026.3.24. A turn names its transcript at once.",
    );
  });

  it("only a reset archive can be of it", () => {
    const logs = [aLine("04:00:00.450", { kind: "rpc", method: "sessions.reset", ok: true })];
    for (const how of ["deleted", "orphan", "gone"] as const) {
      assert.equal(short(judgeRpc(given({ how, more: { logs } }))), "silent", how);
    }
  });
});
