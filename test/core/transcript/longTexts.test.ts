import { ok } from "node:assert/strict";
import { excerpt } from "../../../src/core/render/excerpt";
import { visibleLine, visibleText } from "../../../src/core/text/visibleText";
import { childResult, splitEnvelope } from "../../../src/core/transcript/envelope";
import { recordTexts } from "../../../src/core/transcript/recordTexts";
import { wordings } from "../../../src/core/transcript/wordings";

/**
 * Whatever a message repeats, reading it takes as long as it is. No clock is looked at: work that grows with the square of the
 * length would be thousands of millions of steps here, and outlast the time a test may take.
 */
describe("texts of 300,000 characters", () => {
  const heads = [
    "",
    "[Inter-session message]",
    "[cron:",
    "Sender (untrusted metadata):\n```json\n",
    "System: [x] ",
    "A",
  ];
  const repeated = [
    "a",
    " ",
    "\n",
    "\n ",
    "\t",
    "`",
    "\n```",
    "\n```x",
    "```json\n{}\n```\n",
    "System: [x] y\n",
    "System: [x] y\n \t \n",
    "Sender (untrusted metadata):\n",
    "Sender (untrusted metadata):\n```json\n{}\n```\n",
    "Chat history since last reply (untrusted, for context):\nx\n\n",
    "<relevant-memories>",
    "<relevant-memories></relevant-memories>",
    "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>",
    "<<<BEGIN_UNTRUSTED_CHILD_RESULT>>>",
    "[Bootstrap pending]\n\n",
    " sourceTool=",
    "[Wed 2026-04-22 09:00 UTC] ",
    "{",
    "[",
    "\0",
    "\u0001",
    '{"type":"',
    '{"type":"message","id":"a"}',
    "\u200b",
    "👩\u200d",
    "🏴\u{e0061}",
    "\ufe0f",
  ];
  for (const piece of repeated) {
    it(JSON.stringify(piece), () => {
      const many = piece.repeat(Math.ceil(300_000 / piece.length));
      for (const text of heads.flatMap((head) => [head + many, `${head}${many}x`])) {
        const { noise } = splitEnvelope(text);
        ok(noise.length <= text.length);
        childResult(text);
        for (const { pattern } of wordings) pattern.exec(text);
      }
      recordTexts(many);
      recordTexts(many, true);
      visibleText(many);
      visibleLine(many);
      excerpt(many, { lines: 3, characters: 300 });
    });
  }
});
