import assert from "node:assert/strict";
import { damagedTranscripts } from "../../../src/core/findings/rules/transcriptDamaged";
import type { Problem, ProblemCode } from "../../../src/core/problem";
import { anIndex } from "../../anIndex";
import { aConversation, aFile, aWindow } from "../../anExplanation";
import { anInput, only, texts, told } from "./aFindingInput";

function damaged(id: string, codes: readonly ProblemCode[], more: { count?: number; mtimeMs?: number } = {}) {
  const problems: Problem[] = codes.map((code, index) => ({
    code,
    message: `Line ${String(index + 2)}: ${code}.`,
    line: index + 2,
    offset: 100,
  }));
  const index = anIndex({ problems, problemCount: more.count ?? problems.length });
  return aWindow(id, { primary: aFile(`${id}.jsonl`, { index, mtimeMs: more.mtimeMs ?? 0 }) });
}

const main = (...windows: readonly ReturnType<typeof damaged>[]) => aConversation("agent:main:main", ...windows);

describe("transcript.damaged", () => {
  it("names the worst, counts all, and links to the line", () => {
    const window = damaged("a", ["line.not-json", "line.not-json", "line.nul-bytes"], { count: 1200 });
    const found = only(damagedTranscripts, anInput([main(window)], { version: "2026.4.21" }));
    assert.equal(found.severity, "warning");
    assert.equal(found.title, "A transcript of main holds NUL bytes where words were");
    assert.equal(found.detail, "In a.jsonl: 1,200 problems. Everything around is shown.");
    assert.deepEqual(texts(found), ["Line 2: line.not-json.", "Line 4: line.nul-bytes."]);
    assert.deepEqual(found.place, { file: "/s/agents/main/sessions/a.jsonl", line: 2, offset: 100 });
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [119887, 98106],
    );
  });

  it("half a line at the end, unless it is being written", () => {
    const now = Date.parse("2026-04-20T12:00Z");
    assert.deepEqual(told(damagedTranscripts, anInput([main(damaged("a", ["line.half"]))])), [
      "warning transcript.damaged: A transcript of main ends in the middle of a line",
    ]);
    assert.deepEqual(
      told(damagedTranscripts, anInput([main(damaged("a", ["line.half"], { mtimeMs: now - 5000 }))])),
      [],
    );
  });

  it("what can be read all the same is no warning, and what is no damage is nothing", () => {
    assert.deepEqual(told(damagedTranscripts, anInput([main(damaged("a", ["line.byte-order-mark"]))])), [
      "info transcript.damaged: A transcript of main is damaged",
    ]);
    const harmless: ProblemCode[] = [
      "line.too-long",
      "line.unknown-layout",
      "header.id-differs",
      "header.version-unknown",
      "line.carriage-returns",
    ];
    assert.deepEqual(told(damagedTranscripts, anInput([main(damaged("a", harmless))])), []);
  });

  it("more than three of a conversation are told together", () => {
    const windows = Array.from({ length: 500 }, (_, number) => damaged(`w${String(number)}`, ["line.not-object"]));
    const input = anInput([main(...windows)], { orphans: windows.slice(0, 2) });
    assert.deepEqual(
      [...damagedTranscripts(input)].map(({ detail }) => detail),
      [
        "In 500 windows: 500 problems; the newest is w0.jsonl. Everything around is shown.",
        "In w0.jsonl: 1 problem. Everything around is shown.",
        "In w1.jsonl: 1 problem. Everything around is shown.",
      ],
    );
  });
});
