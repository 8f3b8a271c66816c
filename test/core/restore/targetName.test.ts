import assert from "node:assert/strict";
import fc from "fast-check";
import { parseFileName } from "../../../src/core/names/parseFileName";
import { canBeNamed, setAsideName, takenNames, targetName } from "../../../src/core/restore/targetName";
import { aRestoreAt, oldId } from "../../aRestore";

/** Fast-check's own unit for this takes a second to make. */
const anyText = fc.string({ unit: fc.nat(0xd7ff).map((code) => String.fromCodePoint(code)) });

describe("the name of a restored transcript", () => {
  const name = (source: string, ...taken: readonly string[]): string =>
    targetName(oldId, parseFileName(source), aRestoreAt, takenNames(taken));
  const archive = `${oldId}.jsonl.reset.2026-03-31T04-00-00.397Z`;
  const uuid = "33333333-3333-4333-8333-333333333333";

  it("is the id, with the topic of the source, else the id behind the time", () => {
    assert.deepEqual(
      [
        name(archive),
        name(archive, `${oldId}.jsonl`),
        name(archive, `${oldId.toUpperCase()}.jsonl`),
        name(archive, `${oldId}.jsonl`, `2026-03-31T12-00-00-000Z_${oldId}.jsonl`),
        name(`2026-03-30T04-00-00-397Z_${oldId}-topic-a%2Fb.jsonl`),
        name(`${oldId}-topic-5.checkpoint.${uuid}.jsonl`),
        name(`${oldId}-topic-5.checkpoint.${uuid}.jsonl.deleted.2026-03-31T04-00-00.397Z`),
      ],
      [
        `${oldId}.jsonl`,
        `2026-03-31T12-00-00-000Z_${oldId}.jsonl`,
        `2026-03-31T12-00-00-000Z_${oldId}.jsonl`,
        `2026-03-31T12-00-00-001Z_${oldId}.jsonl`,
        `${oldId}-topic-a%2Fb.jsonl`,
        `${oldId}-topic-5.jsonl`,
        `${oldId}-topic-5.jsonl`,
      ],
    );
  });

  it("sets aside as a reset does, under a free name", () => {
    assert.deepEqual(
      [[], ["a.jsonl.reset.2026-03-31T12-00-00.000Z"]].map((taken) =>
        setAsideName("a.jsonl", aRestoreAt, takenNames(taken)),
      ),
      ["a.jsonl.reset.2026-03-31T12-00-00.000Z", "a.jsonl.reset.2026-03-31T12-00-00.001Z"],
    );
  });

  it("takes no id that leads elsewhere or makes something else of the file", () => {
    const ids = [oldId, "a.b", "../a", "a/b", "", ".a", "a\0b", "x.trajectory", "x.acp-stream", `x.checkpoint.${uuid}`];
    assert.deepEqual(ids.map(canBeNamed), [true, true, false, false, false, false, false, false, false, false]);
  });

  it("is free, stays in its directory, and is read as a transcript of the session, whatever the source is called", () => {
    const bases = fc.oneof(
      anyText,
      anyText.map((text) => `${oldId}-topic-${encodeURIComponent(text)}.jsonl`),
      fc.string().map((text) => `${oldId}-topic-${text}.jsonl.reset.2026-03-31T04-00-00.397Z`),
    );
    fc.assert(
      fc.property(
        bases,
        fc.array(fc.constantFrom("", "2026-03-31T12-00-00-000Z_"), { maxLength: 2 }),
        (base, prefixes) => {
          const plain = name(base);
          const taken = prefixes.map((prefix) => `${prefix}${plain}`.toUpperCase());
          const found = name(base, ...taken);
          const parsed = parseFileName(found);
          assert.ok(!taken.includes(found.toUpperCase()));
          assert.ok(!/[/\\\0]/.test(found));
          assert.deepEqual([parsed.kind, "sessionId" in parsed ? parsed.sessionId : undefined], ["transcript", oldId]);
        },
      ),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: Math.ceil(300 * Number(process.env["PROPERTY_SCALE"] ?? 1)),
      },
    );
  });
});
