import assert from "node:assert/strict";
import * as fc from "fast-check";
import { lineDiff } from "../../../../src/core/restore/report/entryDiff";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = Math.ceil(300 * Number(process.env["PROPERTY_SCALE"] ?? 1));

describe("an entry before and after", () => {
  it("shows what goes before what comes", () => {
    assert.deepEqual(
      lineDiff('{\n  "a": 1,\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 3\n}').map(({ mark, text }) => mark + text),
      [" {", '   "a": 1,', '-  "b": 2', '+  "b": 3', " }"],
    );
  });

  it("shows a new entry, and one that goes", () => {
    assert.deepEqual(lineDiff(undefined, "{}"), [{ mark: "+", text: "{}" }]);
    assert.deepEqual(lineDiff("{}", undefined), [{ mark: "-", text: "{}" }]);
  });

  it("gives both sides back, line by line", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", "{", "}"), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (old, next) => {
        const diff = lineDiff(old.join("\n"), next.join("\n"));
        const side = (without: string): readonly string[] =>
          diff.filter(({ mark }) => mark !== without).map(({ text }) => text);
        assert.deepEqual(side("+"), old);
        assert.deepEqual(side("-"), next);
        // As few lines as need be: never more than all of both.
        assert.ok(diff.length <= old.length + next.length);
        if (old.join() === next.join()) assert.ok(diff.every(({ mark }) => mark === " "));
      }),
      { seed, numRuns },
    );
  });

  it("does not reckon for ever with entries of thousands of lines", () => {
    const old = Array.from({ length: 2_000 }, (_, line) => `old ${String(line)}`);
    const next = Array.from({ length: 2_000 }, (_, line) => `next ${String(line)}`);
    assert.equal(lineDiff(old.join("\n"), next.join("\n")).length, 4_000);
  });
});
