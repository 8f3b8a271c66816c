import assert from "node:assert/strict";
import fc from "fast-check";
import { evidence } from "../../../src/core/evidence/evidence";
import type { VersionFact } from "../../../src/core/surroundings/surroundings";
import { logClues, versionClues, type VersionClue } from "../../../src/core/surroundings/versionClues";
import { compareVersions, within } from "../../../src/core/surroundings/versionFact";
import { VersionHistory } from "../../../src/core/surroundings/versionHistory";
import { namedMark, type VersionMark } from "../../../src/core/surroundings/versionMark";

describe("which OpenClaw ran", () => {
  it("is not known without marks, except that it had to be released", () => {
    const history = new VersionHistory([]);
    assert.deepEqual(brief(history.at(day(10))), {
      kind: "range",
      from: undefined,
      until: "2026.4.31",
      because: ["none later than 2026.4"],
    });
    assert.deepEqual(brief(history.at(Date.parse("2026-03-31T04:00:00.397Z"))).until, "2026.3.31");
    assert.deepEqual(history.at(0), { kind: "unknown" });
    assert.deepEqual(history.at(Number.NaN), { kind: "unknown" });
  });

  it("is exact between two sources that agree, and within a day of one", () => {
    const history = new VersionHistory([named(1, "2026.4.15"), named(20, "v2026.4.15")]);
    assert.deepEqual(brief(history.at(day(10))), { kind: "exact", version: "2026.4.15", because: ["day 1", "day 20"] });
    assert.deepEqual(brief(history.at(day(20.5))), {
      kind: "exact",
      version: "2026.4.15",
      because: [
        "day 20",
        "That was 12 h before, and nothing speaks of another version in between: it is taken to have run on.",
      ],
    });
    assert.deepEqual(brief(history.at(day(0.5))).kind, "exact");
    assert.deepEqual(brief(history.at(day(25))), {
      kind: "range",
      from: "2026.4.15",
      until: "2026.4.31",
      because: ["day 20", "none later than 2026.4"],
    });
    assert.deepEqual(brief(history.at(day(-5))), {
      kind: "range",
      from: undefined,
      until: "2026.3.31",
      because: ["day 1", "none later than 2026.3"],
    });
  });

  it("lies between two sources that differ, whichever way", () => {
    const up = new VersionHistory([named(1, "2026.4.15"), named(20, "2026.4.21")]);
    assert.deepEqual(brief(up.at(day(10))), {
      kind: "range",
      from: "2026.4.15",
      until: "2026.4.21",
      because: ["day 1", "day 20"],
    });
    const down = new VersionHistory([named(1, "2026.4.21"), named(20, "2026.4.15")]);
    assert.deepEqual(brief(down.at(day(10))), {
      kind: "range",
      from: "2026.4.15",
      until: "2026.4.21",
      because: ["day 1", "day 20"],
    });
    const soon = new VersionHistory([named(1, "2026.4.15"), named(1.5, "2026.4.21")]);
    assert.deepEqual(brief(soon.at(day(1.2))).kind, "range");
  });

  it("stays the same while the gateway's log goes on without a start", () => {
    const marks = [named(1, "2026.4.15", "after"), named(20, "2026.4.21", "after")];
    const coverage = [{ file: "/tmp/gateway.log", from: day(0), to: day(21) }];
    const at = (starts: readonly number[]) => brief(new VersionHistory(marks, { coverage, starts }).at(day(10))).kind;
    assert.deepEqual([at([day(1), day(20)]), at([day(1), day(5), day(20)])], ["exact", "range"]);
  });

  it("may have changed with a start that does not name it", () => {
    const history = new VersionHistory([named(1, "2026.4.15")], { coverage: [], starts: [day(1.2)] });
    assert.deepEqual([history.at(day(1.1)).kind, history.at(day(1.3)).kind], ["exact", "range"]);
  });

  it("is not told by a start or a config for the time before it", () => {
    const history = new VersionHistory([named(10, "2026.4.15", "after")]);
    assert.deepEqual(
      [history.at(day(9.9)), history.at(day(10)), history.at(day(10.1))].map(({ kind }) => kind),
      ["range", "exact", "exact"],
    );
  });

  it("is narrowed by what only some versions leave: older marks from below, later ones from above", () => {
    const history = new VersionHistory([
      clue(1, "2026.4.7", undefined),
      clue(9, "2026.4.22", undefined),
      clue(20, undefined, "2026.4.24"),
    ]);
    assert.deepEqual(brief(history.at(day(5))), {
      kind: "range",
      from: "2026.4.7",
      until: "2026.4.24",
      because: ["day 1", "day 20"],
    });
    assert.deepEqual(brief(history.at(day(10))), {
      kind: "range",
      from: "2026.4.22",
      until: "2026.4.24",
      because: ["day 9", "day 20"],
    });
    // What is left a few hours later tells as well.
    assert.deepEqual(brief(history.at(day(8.5))).from, "2026.4.22");
    assert.deepEqual(brief(history.at(day(25))), {
      kind: "range",
      from: "2026.4.22",
      until: "2026.4.31",
      because: ["day 9", "none later than 2026.4"],
    });
  });

  it("is not known where marks disagree, and why is said; elsewhere they count on", () => {
    const history = new VersionHistory([
      clue(1, "2026.4.7", undefined),
      clue(5, "2026.4.26", undefined),
      clue(20, undefined, "2026.4.24"),
    ]);
    assert.deepEqual(brief(history.at(day(10))), {
      kind: "unknown",
      because: [
        "These two marks do not fit one version that was only ever upgraded: OpenClaw 2026.4.26 or later is followed by 2026.4.24 or earlier. Which one ran at 2026-04-11T00:00:00.000Z is not known.",
        "day 5",
        "day 20",
      ],
    });
    assert.deepEqual(brief(history.at(day(3))).from, "2026.4.7");
    assert.deepEqual(brief(history.at(day(25))).from, undefined);
  });

  it("goes by the marks where the clock is wrong", () => {
    const history = new VersionHistory([clue(-400, "2026.4.25", undefined)]);
    assert.deepEqual(brief(history.at(day(-399))), {
      kind: "range",
      from: "2026.4.25",
      until: undefined,
      because: ["day -400"],
    });
    const future = new VersionHistory([
      clue(1e300, "2026.4.25", undefined),
      clue(Number.NaN, undefined, "2026.4.1"),
      named(Infinity, "2026.9.6"),
    ]);
    assert.equal(brief(future.at(day(1))).until, "2026.4.31");
  });

  it("is always among what is said, whatever marks are taken away", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...versions),
        fc.array(fc.record({ at: fc.integer({ min: 0, max: 400 }), pick: fc.nat(), kept: fc.boolean() }), {
          maxLength: 40,
        }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 400 }),
        (version, made, starts, at) => {
          const marks = made.map(({ at: when, pick, kept }) => ({ mark: markOf(when + 200, version, pick), kept }));
          for (const chosen of [marks, marks.filter(({ kept }) => kept)]) {
            const history = new VersionHistory(
              chosen.map(({ mark }) => mark),
              {
                coverage: [{ file: "/log", from: day(200), to: day(350) }],
                starts: starts.map((when) => day(when + 200)).sort((one, other) => one - other),
              },
            );
            assertHolds(history.at(day(at + 200)), version);
          }
        },
      ),
      options(500),
    );
  });

  it("is among what is said through upgrades, at moments more than a day away from them", () => {
    fc.assert(
      fc.property(
        fc.subarray([...versions], { minLength: 1, maxLength: 5 }),
        fc.array(fc.record({ at: fc.integer({ min: 0, max: 499 }), pick: fc.nat(), kept: fc.boolean() }), {
          maxLength: 40,
        }),
        fc.integer({ min: 0, max: 499 }),
        (installed, made, at) => {
          // Every version runs for 100 days from half a day on; marks and questions are at full days.
          const versionAt = (when: number): string =>
            installed[Math.min(installed.length - 1, Math.floor((when - 0.5) / 100))] ?? installed[0] ?? "";
          if (at % 100 < 3 || at % 100 > 97) return;
          const marks = made.map(({ at: when, pick, kept }) => ({
            mark: markOf(when + 200, versionAt(when), pick),
            kept,
          }));
          for (const chosen of [marks, marks.filter(({ kept }) => kept)]) {
            assertHolds(new VersionHistory(chosen.map(({ mark }) => mark)).at(day(at + 200)), versionAt(at));
          }
        },
      ),
      options(500),
    );
  });

  it("is found ten thousand times among thirty thousand marks", () => {
    const marks = Array.from({ length: 30_000 }, (_, at) => markOf(at / 100, "2026.4.21", at));
    // Whoever does quadratic work here runs into the runner's time limit.
    const history = new VersionHistory(marks);
    for (let at = 1; at < 10_000; at++) assert.notEqual(history.at(day(at / 30)).kind, "unknown");
  });
});

/** Released versions, oldest first; all of them before the days the properties ask about. */
const versions = [
  "2026.1.24-3",
  "2026.2.12",
  "2026.3.13",
  "2026.4.21",
  "2026.4.25",
  "2026.5.18",
  "2026.6.11",
  "2026.7.35",
  "2026.8.1",
  "2026.9.6",
];

const clues: readonly VersionClue[] = [...Object.values(versionClues), ...Object.values(logClues)];

/** A mark that `version` leaves: its name, or one of the clues that hold for it. */
function markOf(at: number, version: string, pick: number): VersionMark {
  const possible = clues.filter(
    ({ from, until }) =>
      (from === undefined || compareVersions(from, version) <= 0) &&
      (until === undefined || compareVersions(version, until) <= 0),
  );
  const found = possible[pick % (possible.length + 2)];
  if (found === undefined) return named(at, version, pick % 2 === 0 ? "around" : "after");
  return clue(at, found.from, found.until);
}

function assertHolds(fact: VersionFact, version: string): void {
  assert.notEqual(within(fact, { from: version, until: version }), "no", JSON.stringify(brief(fact)));
}

function options(numRuns: number) {
  const scale = Number(process.env["PROPERTY_SCALE"] ?? 1);
  return { seed: Number(process.env["PROPERTY_SEED"] ?? 20261120), numRuns: numRuns * scale };
}

/** Days since the beginning of April 2026, epoch ms. */
function day(count: number): number {
  return Date.UTC(2026, 3, 1) + count * 86_400_000;
}

function named(at: number, version: string, holds: "around" | "after" = "around"): VersionMark {
  return namedMark(day(at), version, holds, () => evidence("log", () => `day ${at}`));
}

function clue(at: number, from: string | undefined, until: string | undefined): VersionMark {
  return { at: day(at), from, until, evidence: () => evidence("transcript", () => `day ${at}`) };
}

interface Brief {
  readonly kind: string;
  readonly version?: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly because: readonly string[];
}

function brief(fact: VersionFact): Brief {
  const because = (fact.evidence ?? []).map(({ text }) => /none later than [\d.]+\d/.exec(text)?.[0] ?? text);
  if (fact.kind === "exact") return { kind: fact.kind, version: fact.version, because };
  return fact.kind === "range"
    ? { kind: fact.kind, from: fact.from, until: fact.until, because }
    : { kind: fact.kind, because };
}
