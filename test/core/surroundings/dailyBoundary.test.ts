import assert from "node:assert/strict";
import fc from "fast-check";
import { dailyBoundaryBefore, localTime } from "../../../src/core/surroundings/dailyBoundary";
import { isZone, offsetMinutesAt, zoneOfOffset } from "../../../src/core/surroundings/zoneOffset";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const scale = Number(process.env["PROPERTY_SCALE"] ?? 1);

describe("the daily boundary", () => {
  it("lies 397 ms before the reset of openclaw/openclaw#58409 in UTC, and nine hours before it in Tokyo", () => {
    const reset = "2026-03-31T04:00:00.397Z";
    assert.deepEqual(
      ["UTC", "Asia/Tokyo", "+09:00", "Etc/UTC"].map((zone) => before(reset, 4, zone)),
      ["2026-03-31T04:00:00.000Z", "2026-03-30T19:00:00.000Z", "2026-03-30T19:00:00.000Z", "2026-03-31T04:00:00.000Z"],
    );
    assert.equal(localTime(Date.parse(reset), "Asia/Tokyo"), "2026-03-31 13:00:00");
  });

  it("is the moment itself on the dot, and the day before a millisecond earlier", () => {
    assert.equal(before("2026-03-31T04:00:00.000Z", 4, "UTC"), "2026-03-31T04:00:00.000Z");
    assert.equal(before("2026-03-31T03:59:59.999Z", 4, "UTC"), "2026-03-30T04:00:00.000Z");
  });

  it("follows the clocks where they change", () => {
    const cases: readonly [zone: string, atHour: number, at: string, boundary: string][] = [
      // Forward at 01:00Z: 04:00 local is one hour earlier than the day before.
      ["Europe/Berlin", 4, "2026-03-29T01:59:00Z", "2026-03-28T03:00:00.000Z"],
      ["Europe/Berlin", 4, "2026-03-29T02:00:00Z", "2026-03-29T02:00:00.000Z"],
      // 02:00 is skipped: it is 03:00, at the very moment of the change.
      ["Europe/Berlin", 2, "2026-03-29T00:59:59Z", "2026-03-28T02:00:00.000Z"],
      ["Europe/Berlin", 2, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00.000Z"],
      // 02:00 comes twice: the first time counts.
      ["Europe/Berlin", 2, "2026-10-25T00:30:00Z", "2026-10-25T00:00:00.000Z"],
      ["Europe/Berlin", 2, "2026-10-25T01:30:00Z", "2026-10-25T00:00:00.000Z"],
      ["Europe/Berlin", 4, "2026-10-25T03:00:00Z", "2026-10-25T03:00:00.000Z"],
      // Midnight is skipped: the day begins at 01:00.
      ["America/Santiago", 0, "2026-09-06T04:30:00Z", "2026-09-06T04:00:00.000Z"],
      ["America/Santiago", 4, "2026-04-05T07:59:00Z", "2026-04-04T07:00:00.000Z"],
      ["America/Santiago", 4, "2026-04-05T08:00:00Z", "2026-04-05T08:00:00.000Z"],
      // Half an hour.
      ["Australia/Lord_Howe", 4, "2026-04-04T17:29:00Z", "2026-04-03T17:00:00.000Z"],
      ["Australia/Lord_Howe", 4, "2026-04-04T17:30:00Z", "2026-04-04T17:30:00.000Z"],
      ["Australia/Lord_Howe", 2, "2026-10-03T15:30:00Z", "2026-10-03T15:30:00.000Z"],
      ["Asia/Kathmandu", 4, "2026-05-01T00:00:00Z", "2026-04-30T22:15:00.000Z"],
    ];
    assert.deepEqual(
      cases.map(([zone, atHour, at]) => before(at, atHour, zone)),
      cases.map(([, , , boundary]) => boundary),
    );
  });

  it("is the one that JavaScript's own clock gives, in any zone, hour and year", () => {
    const zones = [
      "UTC",
      "Europe/Berlin",
      "America/Santiago",
      "Australia/Lord_Howe",
      "Africa/Casablanca",
      "Asia/Tehran",
    ];
    const was = process.env["TZ"];
    try {
      for (const zone of zones) {
        process.env["TZ"] = zone;
        fc.assert(
          fc.property(
            fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }),
            fc.integer({ min: 0, max: 23 }),
            (at, atHour) => {
              assert.equal(dailyBoundaryBefore(at, atHour, zone), asOpenClaw(at, atHour));
            },
          ),
          { seed, numRuns: 300 * scale },
        );
        // Around every change of the clocks in 2026, quarter by quarter.
        for (let hour = 0; hour < 365 * 24; hour += 6) {
          const at = Date.UTC(2026, 0, 1, hour);
          if (offsetMinutesAt(at, zone) === offsetMinutesAt(at + 6 * 36e5, zone)) continue;
          for (let quarter = -100; quarter < 124; quarter++) {
            const moment = at + quarter * 15 * 60_000 + 1;
            for (const atHour of [0, 2, 3, 4]) {
              assert.equal(dailyBoundaryBefore(moment, atHour, zone), asOpenClaw(moment, atHour));
            }
          }
        }
      }
    } finally {
      if (was === undefined) delete process.env["TZ"];
      else process.env["TZ"] = was;
    }
  });

  it("is none for what is no moment, no hour or no zone", () => {
    const now = Date.UTC(2026, 2, 31);
    const odd = [
      dailyBoundaryBefore(Number.NaN, 4, "UTC"),
      dailyBoundaryBefore(Infinity, 4, "Europe/Berlin"),
      dailyBoundaryBefore(1e300, 4, "UTC"),
      dailyBoundaryBefore(-8.64e15, 4, "America/Santiago"),
      dailyBoundaryBefore(now, 24, "UTC"),
      dailyBoundaryBefore(now, 1.5, "UTC"),
      dailyBoundaryBefore(now, 4, "GMT+9"),
      dailyBoundaryBefore(now, 4, "2026-01-01T00:00[UTC]"),
      dailyBoundaryBefore(now, 4, "\0".repeat(100_000)),
    ];
    assert.ok(odd.every(Number.isNaN), String(odd));
    assert.equal(localTime(now, "Mars/Olympus"), "2026-03-31 00:00:00 UTC");
    assert.equal(localTime(Number.NaN, "UTC"), "unknown time");
  });
});

describe("a zone", () => {
  it("is an IANA name, UTC or an offset", () => {
    const texts = [
      "UTC",
      "Asia/Tokyo",
      "Etc/GMT-9",
      "+09:00",
      "-03:30",
      "+24:00",
      "GMT+9",
      "",
      "Local",
      "../etc",
      "UTC\n",
    ];
    assert.deepEqual(texts.filter(isZone), ["UTC", "Asia/Tokyo", "Etc/GMT-9", "+09:00", "-03:30"]);
  });

  it("is made of an offset", () => {
    assert.deepEqual([0, 540, -210, 345, 1_000, 0.5, Number.NaN].map(zoneOfOffset), [
      "UTC",
      "+09:00",
      "-03:30",
      "+05:45",
      undefined,
      undefined,
      undefined,
    ]);
  });
});

function before(at: string, atHour: number, zone: string): string {
  return new Date(dailyBoundaryBefore(Date.parse(at), atHour, zone)).toISOString();
}

/** With a clock that is in the zone, as a gateway does it. */
function asOpenClaw(at: number, atHour: number): number {
  const boundary = new Date(at);
  boundary.setHours(atHour, 0, 0, 0);
  if (at < boundary.getTime()) boundary.setDate(boundary.getDate() - 1);
  return boundary.getTime();
}
