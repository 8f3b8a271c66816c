import assert from "node:assert/strict";
import { displayWidth } from "../../src/core/text/displayWidth";
import { explanationsOf } from "../anExplanation";
import { FakeInspector, FakeProgram } from "./fakeInspector";

describe("help", () => {
  async function helpOf(columns: number, ...words: readonly string[]): Promise<string> {
    const empty = { stateDirs: [], lookedAt: [], problems: [] };
    const program = new FakeProgram(new FakeInspector(empty, explanationsOf([])));
    program.stdout.columns = columns;
    assert.equal(await program.run(...words, "--help"), 0);
    return program.stdout.text;
  }

  for (const words of [
    ...[[], ["list"], ["show"], ["explain"], ["watch"]],
    ...[["restore"], ["undo"], ["restores"], ["recover"], ["keep"]],
  ]) {
    it(`${["openclaw-sessions", ...words].join(" ")}: fits into 60 columns, and names the exit codes`, async () => {
      const text = await helpOf(60, ...words);
      assert.deepEqual(
        text.split("\n").filter((line) => displayWidth(line) > 60),
        [],
      );
      assert.match(text, /\nExit codes: 0 /);
    });
  }
});
