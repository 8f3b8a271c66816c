import assert from "node:assert/strict";
import { judgeDaily } from "../../../src/core/rotation/causes/daily";
import {
  aPolicy,
  between,
  dailyByActivity,
  dailyByStart,
  exactly,
  given,
  short,
  texts,
  time,
  unknownVersion,
  zones,
} from "./rotationFacts";

describe("daily reset", () => {
  it("zone and version known, the boundary between the last activity and the reset: likely, with the numbers", () => {
    const judgement = judgeDaily(given());
    assert.equal(short(judgement), "daily likely");
    assert.equal(
      texts(judgement)[0],
      "Last activity 2026-03-31T03:57:42.000Z, reset 2026-03-31T04:00:00.397Z: the 04:00 boundary in UTC (2026-03-31T04:00:00.000Z) lies between them.",
    );
  });

  it("the same in a zone nine hours ahead: excluded, with the numbers", () => {
    const judgement = judgeDaily(given({ zone: zones("Asia/Tokyo") }));
    assert.equal(short(judgement), "daily excluded");
    assert.deepEqual(texts(judgement), [
      "Last activity 2026-03-31T03:57:42.000Z, reset 2026-03-31T04:00:00.397Z: the last 04:00 boundary in Asia/Tokyo was 2026-03-30T19:00:00.000Z, before the last activity, so no daily reset was due.",
    ]);
  });

  it("a zone that is assumed, and what would be in another one: possible, and what would settle it", () => {
    const judgement = judgeDaily(given({ zone: zones("UTC?", "Asia/Tokyo?") }));
    assert.equal(short(judgement), "daily possible");
    assert.deepEqual(texts(judgement).slice(0, 2), [
      "Last activity 2026-03-31T03:57:42.000Z, reset 2026-03-31T04:00:00.397Z: the 04:00 boundary in UTC (assumed), 2026-03-31T04:00:00.000Z, lies between them.",
      "Nothing is configured; OpenClaw 2026.3.13 then resets daily at 04:00.",
    ]);
    assert.deepEqual(judgement.kind === "holds" && judgement.cause.missing, [
      "The time zone of the gateway is not known; its log of that day says it with every line.",
    ]);
  });

  it("one zone that is assumed: possible, and no other zone is excluded by it", () => {
    assert.equal(short(judgeDaily(given({ zone: zones("UTC?") }))), "daily possible");
    // Used until 05:00 UTC: not due in UTC, due where it is 04:00 later.
    const later = { at: "09:00", from: { last: "05:00" } };
    assert.equal(short(judgeDaily(given({ ...later, zone: zones("UTC") }))), "daily excluded");
    assert.equal(short(judgeDaily(given({ ...later, zone: zones("UTC?") }))), "silent");
  });

  it("a moment that cannot be right: possible, and said", () => {
    const against = (facts: Parameters<typeof given>[0]): readonly string[] => {
      const judgement = judgeDaily(given(facts));
      assert.equal(short(judgement), "daily possible");
      return judgement.kind === "holds" ? judgement.cause.against.map(({ text }) => text) : [];
    };
    assert.deepEqual(against({ more: { now: time("30T12:00") } }), [
      "The reset is stamped 2026-03-31T04:00:00.397Z, which is still to come: a clock was wrong, then or now.",
    ]);
    assert.deepEqual(against({ version: "2026.5.18", policy: [dailyByStart], from: { last: "05:00" } }), [
      "The reset is stamped 2026-03-31T04:00:00.397Z, before the last entry of the old transcript (2026-03-31T05:00:00.000Z): a clock was wrong, or the file is another one.",
    ]);
  });

  it("a policy that was written after the reset: possible, and said", () => {
    const lastTouched = { version: "2026.3.13", at: time("1T00:00"), place: { file: "/c.json" } };
    const policy = [{ ...dailyByActivity, isDefault: false }] as const;
    const judgement = judgeDaily(given({ policy, more: { config: { lastTouched } as never } }));
    assert.equal(short(judgement), "daily possible");
    assert.deepEqual(judgement.kind === "holds" && judgement.cause.against.map(({ text }) => text), [
      "openclaw.json was last written 2026-04-01T00:00:00.000Z, after the reset; what it said then is not known.",
    ]);
    assert.equal(short(judgeDaily(given({ more: { config: { lastTouched } as never } }))), "daily likely", "a default");
  });

  it("the same in every zone and by every policy: likely although nothing is known", () => {
    const facts = given({
      at: "08:05",
      from: { header: "30T01:00", last: "30T02:00" },
      zone: zones("UTC?", "Europe/Berlin?"),
      version: unknownVersion,
      policy: [dailyByStart, dailyByActivity],
    });
    assert.equal(short(judgeDaily(facts)), "daily likely");
  });

  it("policies differ by version, and so does what comes of it: possible", () => {
    // It began the day before and was used after the boundary: stale by its start only.
    const facts = given({
      at: "08:05",
      from: { last: "08:00" },
      version: unknownVersion,
      policy: [dailyByStart, dailyByActivity],
    });
    assert.equal(short(judgeDaily(facts)), "daily possible");
  });

  it("activity after the boundary protects up to 2026.4.24, not later", () => {
    const used = { at: "08:05", from: { last: "08:00" } };
    assert.equal(
      short(judgeDaily(given({ ...used, version: "2026.4.21", policy: [dailyByActivity] }))),
      "daily excluded",
    );
    assert.equal(short(judgeDaily(given({ ...used, version: "2026.5.18", policy: [dailyByStart] }))), "daily likely");
  });

  it("the row's own start counts more than the header", () => {
    const row = { row: { sessionId: "old-1", sessionStartedAt: time("04:00:00.100") }, from: "reset-record" } as never;
    const facts = given({ version: "2026.5.18", policy: [dailyByStart], more: { rowBefore: row } });
    assert.equal(short(judgeDaily(facts)), "daily excluded");
  });

  it("a range of versions on one side of every rule counts as known", () => {
    assert.equal(short(judgeDaily(given({ version: between("2026.3.7", "2026.3.31") }))), "daily likely");
  });

  it("carried out by a heartbeat: up to 2026.3.31, excluded from 2026.4.1 on", () => {
    const heartbeat = { to: { opening: { speaker: "heartbeat", heartbeat: true } as const } };
    assert.equal(short(judgeDaily(given(heartbeat))), "daily likely");
    assert.equal(short(judgeDaily(given({ ...heartbeat, version: "2026.4.21" }))), "daily excluded");
    assert.equal(short(judgeDaily(given({ ...heartbeat, version: unknownVersion }))), "daily possible");
  });

  it("an old transcript without an archive: as the release leaves it", () => {
    const orphan = { how: "orphan" as const };
    assert.equal(short(judgeDaily(given({ ...orphan, version: "2026.1.30" }))), "daily likely");
    assert.equal(short(judgeDaily(given({ ...orphan, version: "2026.3.13" }))), "daily excluded");
    assert.equal(short(judgeDaily(given({ ...orphan, version: "2026.5.18", policy: [dailyByStart] }))), "daily likely");
    assert.equal(short(judgeDaily(given({ ...orphan, version: unknownVersion }))), "daily possible");
  });

  it("a transcript that is only taken for one of this conversation: possible", () => {
    const join = { key: "agent:main:main", rung: "only-conversation", evidence: "A guess.", disagreeing: [] } as const;
    const judgement = judgeDaily(given({ how: "orphan", version: "2026.1.30", from: { window: { join } } }));
    assert.equal(short(judgement), "daily possible");
    assert.deepEqual(judgement.kind === "holds" && judgement.cause.against.map(({ text }) => text), ["A guess."]);
  });

  it("an archive of a release that makes none for policies: excluded", () => {
    assert.equal(short(judgeDaily(given({ version: "2026.3.1" }))), "daily excluded");
  });

  it("a file that was touched after the boundary weakens it, and decides nothing", () => {
    const touched = given({ at: "08:05", from: { file: { mtimeMs: time("04:30") } } });
    const judgement = judgeDaily(touched);
    assert.equal(short(judgement), "daily possible");
    assert.match(
      (judgement.kind === "holds" && judgement.cause.against[0]?.text) || "",
      /^The file was last touched 2026-03-31T04:30:00.000Z, after its last entry of 2026-03-31T03:57:42.000Z\./,
    );
  });

  it("no daily policy: excluded; nothing to compare, a deletion, an isolated heartbeat: silent", () => {
    assert.equal(short(judgeDaily(given({ policy: [aPolicy({})] }))), "daily excluded");
    assert.equal(short(judgeDaily(given({ from: { head: { lastAt: undefined } } }))), "silent");
    assert.equal(short(judgeDaily(given({ how: "deleted" }))), "silent");
    assert.equal(short(judgeDaily(given({ key: "agent:main:main:heartbeat" }))), "silent");
  });

  it("summer time: the boundary moves with the clocks", () => {
    // Berlin since 29 March 2026: 04:00 there is 02:00Z, an hour earlier than in winter.
    const facts = given({
      at: "30T02:00:01",
      from: { last: "30T01:59:59" },
      zone: zones("Europe/Berlin"),
      version: exactly("2026.3.13"),
    });
    assert.equal(short(judgeDaily(facts)), "daily likely");
  });
});
