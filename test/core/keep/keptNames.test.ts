import assert from "node:assert/strict";
import fc from "fast-check";
import { isPlainAgentName, keptAgentName } from "../../../src/core/keep/keptFolder";
import {
  copyOfRecord,
  nameFor,
  originalOf,
  parseKeptName,
  recordName,
  temporaryBegun,
  temporaryName,
} from "../../../src/core/keep/keptName";
import { parseRecord, recordText } from "../../../src/core/keep/keptRecord";
import type { KeptCopy } from "../../../src/core/keep/keptCopy";
import { formatFileName, parseFileName } from "../../../src/core/names/parseFileName";

const runs = {
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: Math.round(300 * Number(process.env["PROPERTY_SCALE"] ?? 1)),
};
const id = "11111111-1111-4111-8111-111111111111";
const archive = `${id}.jsonl.reset.2026-04-01T09-00-00.000Z`;

describe("names of kept copies", () => {
  it("are those of the originals, with a number before them from the second on", () => {
    assert.deepEqual(
      [1, 2, 11].map((attempt) => nameFor(`${archive}.zst`, attempt)),
      [`${archive}.zst`, `2~${archive}.zst`, `11~${archive}.zst`],
    );
    const parsed = parseKeptName(`2~${archive}`);
    assert.deepEqual([parsed.kind, parsed.base, formatFileName(parsed)], ["archive", `2~${archive}`, archive]);
  });

  it("are never taken for copies where they are records or temporary files", () => {
    const uuid = "01234567-0000-4000-8000-000000000000";
    for (const base of [recordName(archive), `${recordName(archive)}.damaged-${uuid}`, temporaryName(1, uuid)])
      assert.equal(parseKeptName(base).kind, "side", base);
    assert.equal(copyOfRecord(recordName(archive)), archive);
    assert.equal(temporaryBegun(temporaryName(1_770_000_000_000, uuid)), 1_770_000_000_000);
  });

  it("keep what tells the kind of file, however long the original's is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 100, maxLength: 255 }),
        fc.integer({ min: 1, max: 999 }),
        (long, attempt) => {
          const original = `${long.replaceAll(/[/\0]/g, "_")}.jsonl.reset.2026-04-01T09-00-00.000Z.zst`;
          const name = nameFor(original, attempt);
          assert.ok(Buffer.byteLength(recordName(name)) <= 255, name);
          assert.ok(name.endsWith(".jsonl.reset.2026-04-01T09-00-00.000Z.zst"), name);
        },
      ),
      runs,
    );
  });

  it("of whatever is kept lead back to the original", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(archive, `${id}.jsonl`, `${id}.checkpoint.${id}.jsonl`),
        fc.integer({ min: 1, max: 999 }),
        (original, attempt) => {
          const name = nameFor(original, attempt);
          assert.equal(originalOf(name), original);
          assert.deepEqual({ ...parseKeptName(name), base: original }, parseFileName(original));
        },
      ),
      runs,
    );
  });
});

describe("records of kept copies", () => {
  const copy: KeptCopy = {
    ...{ name: `2~${archive}`, originalName: archive, originalPath: `/s/${archive}`, agentId: "main" },
    ...{ bytes: 12, sha256: "ab".repeat(32), keptAt: 5, mtimeMs: 4.5, windowId: "main/a/1", sessionId: "a" },
    ...{ key: "agent:main:x:direct:$(touch PWNED)", joinEvidence: "“Said”", joinRung: "usage-family" },
  };

  it("are read as they were written", () => {
    const record = { schema: 1, stateDir: "/s", copy } as const;
    assert.deepEqual(parseRecord(recordText(record)), record);
  });

  it("are damaged when anything is not as it was written, and nothing is made up", () => {
    const good = JSON.parse(recordText({ schema: 1, stateDir: "/s", copy })) as { copy: Record<string, unknown> };
    const broken = [
      "",
      "{",
      "null",
      "[]",
      JSON.stringify({ ...good, schema: 2 }),
      JSON.stringify({ ...good, stateDir: 3 }),
      JSON.stringify({ ...good, copy: { ...good.copy, bytes: "12" } }),
      JSON.stringify({ ...good, copy: { ...good.copy, sha256: "../x" } }),
      JSON.stringify({ ...good, copy: { ...good.copy, keptAt: null } }),
    ];
    assert.deepEqual(
      broken.map(parseRecord),
      broken.map(() => undefined),
    );
  });

  it("are read or refused, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.ok(parseRecord(text) === undefined);
      }),
      runs,
    );
  });
});

describe("the directory of an agent", () => {
  it("is its id where that leads nowhere else, and a hash where it might", () => {
    const hash = (): string => "f".repeat(64);
    assert.equal(keptAgentName("ops-team", hash), "ops-team");
    for (const hostile of ["..", ".", "", "a/b", "a\\b", "Main", "con", "a\0", "x".repeat(65), "~ffff"])
      assert.equal(keptAgentName(hostile, hash), `~${"f".repeat(16)}`, hostile);
    assert.equal(isPlainAgentName(`~${"f".repeat(16)}`), false);
  });
});
