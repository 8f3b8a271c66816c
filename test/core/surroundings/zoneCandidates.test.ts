import assert from "node:assert/strict";
import { noEvidence } from "../../anEvidence";
import type { StateDir } from "../../../src/core/conversation/model";
import type { LogRecord } from "../../../src/core/log/logRecord";
import type { CollectedEvidence } from "../../../src/core/rotation/rotationFacts";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import { aConfig } from "./aConfig";
import { aStateDir, anOpening, untold, type OpeningFacts } from "./aStateDir";

describe("the zone of the gateway", () => {
  it("is assumed where nothing was seen: this machine's, and UTC", () => {
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [], { machineZone: "Asia/Tokyo" }), [
      "Asia/Tokyo machine assumed",
      "UTC utc assumed",
    ]);
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [], { machineZone: "UTC" }), ["UTC machine assumed"]);
    // The same offset at that moment is the same zone.
    assert.deepEqual(zonesAt("2026-01-10T00:00Z", [], { machineZone: "Europe/London" }), [
      "Europe/London machine assumed",
    ]);
    assert.deepEqual(zonesAt("2026-06-10T00:00Z", [], { machineZone: "Europe/London" }), [
      "Europe/London machine assumed",
      "UTC utc assumed",
    ]);
    assert.deepEqual(zonesAt("2026-06-10T00:00Z", [], { machineZone: "Moon/Base" }), ["UTC utc assumed"]);
  });

  it("is known from stamps and from the log", () => {
    const stamp = { at: "2026-04-09T23:00Z", offsetMinutes: 540 };
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [stamp]), ["+09:00 stamp known", "UTC machine assumed"]);
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [stamp], { machineZone: "Asia/Tokyo" }), [
      "+09:00 stamp known",
      "UTC utc assumed",
    ]);
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [], { logs: [logged("2026-04-10T01:00Z", 540)] }), [
      "+09:00 log known",
      "UTC machine assumed",
    ]);
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [], { logs: [logged("2026-04-10T01:00Z", 0)] }), ["UTC log known"]);
  });

  it("goes by its name where one was seen, also when the clocks have changed since", () => {
    const named = { at: "2026-03-20T12:00Z", offsetMinutes: 60, name: "Europe/Berlin" };
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [named]), ["Europe/Berlin stamp known", "UTC machine assumed"]);
    const moved = { at: "2026-04-09T12:00Z", offsetMinutes: 540 };
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [named, moved]), ["+09:00 stamp known", "UTC machine assumed"]);
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", [{ ...named, name: "Not/AZone" }]), [
      "+01:00 stamp known",
      "UTC machine assumed",
    ]);
  });

  it("is that of the nearest stamp where they disagree, and known only hours from it", () => {
    const stamps = [
      { at: "2026-03-28T12:00Z", offsetMinutes: 60 },
      { at: "2026-03-29T12:00Z", offsetMinutes: 120 },
    ];
    assert.deepEqual(zonesAt("2026-03-29T10:00Z", stamps), [
      "+02:00 stamp known",
      "+01:00 stamp assumed",
      "UTC machine assumed",
    ]);
    const apart = [stamps[0], { at: "2026-04-05T12:00Z", offsetMinutes: 120 }].filter((each) => each !== undefined);
    assert.deepEqual(zonesAt("2026-03-30T10:00Z", apart), [
      "+01:00 stamp assumed",
      "+02:00 stamp assumed",
      "UTC machine assumed",
    ]);
  });

  it("is assumed to be what was seen long before, and known when it was the same on both sides in one season", () => {
    const before = { at: "2026-05-01T12:00Z", offsetMinutes: 120 };
    const after = { at: "2026-08-01T12:00Z", offsetMinutes: 120 };
    assert.deepEqual(zonesAt("2026-06-15T00:00Z", [before]), ["+02:00 stamp assumed", "UTC machine assumed"]);
    assert.deepEqual(zonesAt("2026-06-15T00:00Z", [before, after]), ["+02:00 stamp known", "UTC machine assumed"]);
  });

  it("is not told by stamps where a zone for them is configured; the log still tells", () => {
    const config = aConfig({ agents: { defaults: { userTimezone: "Asia/Tokyo" } } });
    const stamp = { at: "2026-04-09T23:00Z", offsetMinutes: 540, name: "Asia/Tokyo" };
    const asked = (logs: readonly LogRecord[]) => zonesAt("2026-04-10T00:00Z", [stamp], { logs }, config);
    assert.deepEqual(asked([]), ["Asia/Tokyo stamp assumed", "UTC machine assumed"]);
    assert.deepEqual(asked([logged("2026-04-10T01:00Z", 0)]), ["UTC log known", "Asia/Tokyo stamp assumed"]);
  });

  it("says what was seen, and where", () => {
    const [zone] = zonesOf(aStateDir([anOpening({ at: "2026-04-09T23:00Z", offsetMinutes: 540, label: "GMT+9" })])).at(
      Date.parse("2026-04-10T00:00Z"),
    );
    assert.deepEqual(
      [zone.evidence.text, zone.evidence.place?.line],
      ["A message of 2026-04-09T23:00:00.000Z carries the gateway's local time (GMT+9), which is +09:00.", 4],
    );
  });

  it("survives what no clock shows", () => {
    const odd = [
      { at: "2026-04-09T23:00Z", offsetMinutes: 1e9 },
      { at: "2026-04-09T23:00Z", offsetMinutes: Number.NaN },
    ];
    assert.deepEqual(zonesAt("2026-04-10T00:00Z", odd), ["UTC machine assumed"]);
    for (const at of [Number.NaN, Infinity, 1e300, -1e15]) {
      assert.ok(zonesOf(untold(), { machineZone: "Europe/Berlin" }).at(at).length > 0);
    }
  });
});

function zonesAt(
  at: string,
  stamps: readonly OpeningFacts[],
  collected: Partial<CollectedEvidence> = {},
  configFacts?: ReturnType<typeof aConfig>,
): string[] {
  const stateDir = { ...aStateDir(stamps.map(anOpening)), configFacts };
  const found = zonesOf(stateDir, collected).at(Date.parse(at));
  return found.map(({ zone, learnedFrom, known }) => `${zone} ${learnedFrom} ${known ? "known" : "assumed"}`);
}

function zonesOf(stateDir: StateDir, collected: Partial<CollectedEvidence> = {}) {
  const surroundings = surroundingsOf(stateDir, noEvidence(collected));
  return { at: (at: number) => surroundings("main", undefined, at).zone };
}

function logged(at: string, offsetMinutes: number): LogRecord {
  const place = { file: "/home/u/.openclaw/logs/gateway.log", line: 1 };
  return { at: Date.parse(at), offsetMinutes, event: { kind: "gateway-stop" }, text: "", place, recordedAt: undefined };
}
