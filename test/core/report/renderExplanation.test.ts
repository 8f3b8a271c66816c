import { deepEqual, fail, ok } from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderExplanation } from "../../../src/core/report/renderExplanation";
import type { RenderedReport } from "../../../src/core/report/renderedReport";
import { aLookAlike, aResetAt, aStateDir, explanationsOf } from "../../anExplanation";
import { findingAbout, theButton, theDailyReset, theUnknown } from "./stories";

const golden = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/golden/report");

/** What somebody reads who has just lost a conversation. Read a changed file before accepting it. */
describe("the report about a rotation (ACCEPT_GOLDEN=1 accepts)", () => {
  const { rotation: daily, before } = theDailyReset();
  const explanations = explanationsOf(
    [daily, before, theButton(), theUnknown()],
    [findingAbout(daily)],
    [
      aLookAlike("The log says `cli session reset`; that drops the id of a provider's command line.", {
        at: aResetAt - 1_000,
      }),
    ],
  );
  const stories = { "daily-reset": daily, "unknown-cause": theUnknown(), "button-pressed": theButton() };

  for (const [name, rotation] of Object.entries(stories)) {
    const report = renderExplanation({
      ...{ rotation, conversation: rotation.conversation, explanations, stateDir: aStateDir([]) },
      options: { timeZone: "UTC", now: aResetAt + 20 * 86_400_000 },
    });

    it(`${name} reads as it should`, () => {
      expectGolden(`${name}.txt`, report.text);
    });

    it(`${name}: sections and links fit the text`, () => {
      expectFitting(report);
    });
  }

  it("links lead to what was compared, to windows and to other rotations", () => {
    const { text, links } = renderExplanation({
      ...{ rotation: daily, conversation: daily.conversation, explanations, stateDir: aStateDir([]) },
      options: { timeZone: "UTC", now: aResetAt + 20 * 86_400_000 },
    });
    const lines = text.split("\n");
    const linked = links.map(({ line, startCharacter, endCharacter, target }) => [
      lines[line]?.slice(startCharacter, endCharacter),
      target.kind,
    ]);
    deepEqual(linked.slice(0, 10), [
      ["Open the earlier words", "window"],
      ["agents/main/sessions/3df90563-0d6b-4c1e-9a53-6a1f0c2b7e11.jsonl.reset.2026-03-31T04-00-00.397Z", "window"],
      ["00000005", "window"],
      ["00000006", "window"],
      ["9b1e22c4", "window"],
      ["2026-03-20 09:12:44 UTC", "rotation"],
      ["3df90563", "window"],
      ["614a8906", "window"],
      ["3df90563….jsonl.reset.2026-03-31T04-00-00.397Z:24871", "place"],
      ["openclaw.json:12", "place"],
    ]);
  });

  it("shows the words around it only to who asked for them", () => {
    const options = { timeZone: "UTC", now: aResetAt, words: { lastBefore: "Good night", firstAfter: "Who are you?" } };
    const input = { rotation: daily, conversation: daily.conversation, explanations, stateDir: aStateDir([]) };
    const asked = renderExplanation({ ...input, options: { ...options, withText: true } }).text;
    const unasked = renderExplanation({ ...input, options }).text;
    deepEqual(
      [asked, unasked].map((text) => /Last before it: Good night\n.*First after it: Who are you\?/.test(text)),
      [true, false],
    );
  });
});

function expectFitting({ text, sections, links }: RenderedReport): void {
  const lines = text.split("\n");
  ok(text.endsWith("\n") && !text.endsWith("\n\n"));
  let next = 0;
  for (const { firstLine, lastLine } of sections) {
    ok(
      firstLine >= next && lastLine >= firstLine && lastLine < lines.length,
      `${String(firstLine)} ${String(lastLine)}`,
    );
    ok(lines[lastLine] !== "");
    next = lastLine + 1;
  }
  let before = [-1, 0];
  for (const { line, startCharacter, endCharacter } of links) {
    const [lastLine = 0, lastEnd = 0] = before;
    ok(line > lastLine || (line === lastLine && startCharacter >= lastEnd));
    ok(endCharacter > startCharacter && endCharacter <= (lines[line]?.length ?? 0));
    before = [line, endCharacter];
  }
}

function expectGolden(name: string, text: string): void {
  const path = join(golden, name);
  const actual = `${path}.actual`;
  if (process.env["ACCEPT_GOLDEN"] === "1") {
    writeFileSync(path, text);
    rmSync(actual, { force: true });
    return;
  }
  if (existsSync(path) && readFileSync(path, "utf8") === text) {
    rmSync(actual, { force: true });
    return;
  }
  writeFileSync(actual, text);
  fail(`${name} differs; see ${actual}`);
}
