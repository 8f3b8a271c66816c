import assert from "node:assert/strict";
import { foldCell, foldLine } from "../../src/cli/foldText";

describe("folding", () => {
  it("breaks a line between words and keeps its indent", () => {
    assert.equal(foldLine("  one two three", 9), "  one two\n  three");
    assert.equal(foldLine("  one two three", undefined), "  one two three");
    assert.equal(foldLine("one", 2), "one");
  });

  it("leaves words whole that are to be copied", () => {
    assert.equal(foldLine("see /a/very/long/path now", 8), "see\n/a/very/long/path\nnow");
  });

  it("breaks words in a cell, by what they take in a terminal", () => {
    assert.deepEqual(foldCell("daily reset (likely)", 8), ["daily", "reset", "(likely)"]);
    assert.deepEqual(foldCell("abcdef", 4), ["abcd", "ef"]);
    assert.deepEqual(foldCell("日本語", 4), ["日本", "語"]);
    assert.deepEqual(foldCell("", 4), [""]);
  });
});
