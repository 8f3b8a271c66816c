import assert from "node:assert/strict";
import { causeInShort } from "../../src/core/report/storySection";
import { displayWidth } from "../../src/core/text/displayWidth";
import { resetTable } from "../../src/cli/resetTable";
import { aCause, aConversation, aFile, aRotation, aStateDir, aWindow } from "../anExplanation";

const plain = { bold: String, dim: String, warning: String };

const from = aWindow("3df90563-2", { kind: "reset", primary: aFile("3df90563-2.jsonl", { messages: 8_323 }) });
const chat = aConversation("agent:main:telegram:direct:+15551234567", aWindow("614a8906-3"), from);
const rotation = aRotation({
  ...{ from, conversation: chat },
  causes: [aCause("command", "likely")],
  executedBy: { kind: "heartbeat", evidence: [] },
});
const snapshot = { stateDirs: [aStateDir([chat])], lookedAt: [], problems: [] };

function table(width: number | undefined): string {
  return [...resetTable(snapshot, [rotation], { withText: false, width, style: plain, timeZone: "UTC" })].join("");
}

describe("the table of resets", () => {
  for (const width of [50, 60, 72, 80, 100, 140]) {
    it(`${String(width)} columns: nothing is cut, and no line is longer`, () => {
      const text = table(width);
      for (const line of text.split("\n")) assert.ok(displayWidth(line) <= width, line);
      assert.doesNotMatch(text, /…(?!4567)/);
      // Side by side the columns are folded: every word is there.
      for (const word of [...causeInShort(rotation).split(" "), "Telegram", "…4567", "8,323", "3df90563"]) {
        assert.ok(text.includes(word), `${word}\n${text}`);
      }
    });
  }

  it("60 columns: the cause stands on a line of its own", () => {
    const lines = table(60).split("\n");
    assert.ok(lines.includes(`      ${causeInShort(rotation)}`), lines.join("\n"));
  });

  it("is one line per reset where there is room", () => {
    assert.equal(table(undefined).split("\n").length, 3);
  });
});
