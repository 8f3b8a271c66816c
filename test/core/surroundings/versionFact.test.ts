import assert from "node:assert/strict";
import fc from "fast-check";
import type { VersionFact } from "../../../src/core/surroundings/surroundings";
import { compareVersions, isVersion, within } from "../../../src/core/surroundings/versionFact";

describe("versions of OpenClaw", () => {
  it("have an order: repeats after a release, betas before it, the file line of July before the tables", () => {
    const ordered = [
      "something",
      "2026.1.24",
      "2026.1.24-3",
      "v2026.1.29",
      "2026.2.9",
      "2026.2.13",
      "2026.4.1-beta.2",
      "2026.4.1",
      "2026.4.21",
      "2026.6.11",
      "2026.6.33",
      "2026.7.1-beta.5",
      "2026.7.1",
      "2026.7.33",
      "2026.7.35",
      "2026.7.2-beta.1",
      "2026.7.2-beta.4",
      "2026.7.2",
      "2026.8.1",
      "2026.9.6",
      "2026.10.1",
      "2027.1.1",
    ];
    const shuffled = ordered.toReversed();
    assert.deepEqual(shuffled.sort(compareVersions), ordered);
    assert.equal(compareVersions("v2026.4.21", "2026.4.21"), 0);
  });

  it("are told from other texts", () => {
    const texts = [
      "2026.4.21",
      "v2026.7.2-beta.4",
      "2026.1.24-3",
      "1.2.3",
      "2026.4",
      "2026.4.21 ",
      "2026.4.21\n",
      "2026.4.99999",
    ];
    assert.deepEqual(texts.filter(isVersion), ["2026.4.21", "v2026.7.2-beta.4", "2026.1.24-3"]);
  });

  it("lie in a range, or outside, or it cannot be told", () => {
    const files = { from: "2026.1.0", until: "2026.7.35" };
    const said: readonly [VersionFact, string][] = [
      [exact("2026.7.35"), "yes"],
      [exact("2026.7.2-beta.4"), "no"],
      [exact("2026.8.1"), "no"],
      [range("2026.4.1", "2026.4.31"), "yes"],
      [range(undefined, "2026.4.31"), "yes"],
      [range("2026.8.1", undefined), "no"],
      [range("2026.4.25", undefined), "maybe"],
      [{ kind: "unknown" }, "maybe"],
    ];
    assert.deepEqual(
      said.map(([fact]) => within(fact, files)),
      said.map(([, answer]) => answer),
    );
    assert.equal(within(range(undefined, "2026.4.31"), { from: "2026.2.13", until: "2026.7.35" }), "maybe");
    assert.equal(within(range("2026.4.25", undefined), { from: "2026.4.25", until: undefined }), "yes");
  });

  it("are ordered whatever they are", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
      { seed: Number(process.env["PROPERTY_SEED"] ?? 20261120) },
    );
  });
});

const evidence = [{ source: "log", text: "", place: undefined, recordedAt: undefined }] as const;

function exact(version: string): VersionFact {
  return { kind: "exact", version, evidence };
}

function range(from: string | undefined, until: string | undefined): VersionFact {
  return { kind: "range", from, until, evidence };
}
