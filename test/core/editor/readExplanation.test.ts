import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Explanations, noExplanations } from "../../../src/core/explanations";
import type { Inspector } from "../../../src/core/inspectorPort";
import { readExplanation } from "../../../src/editor/readExplanation";
import { aRotation, aStateDir, aStateDirPath, aCause, explanationsOf, someEvidence } from "../../anExplanation";

const place = { file: "/s/openclaw.json", line: 12, offset: 300 };
const rotation = aRotation({
  causes: [aCause("daily", "likely", { evidence: [someEvidence("It was 04:00.", place)] })],
});
const document = { kind: "explanation", stateDir: aStateDirPath, rotationId: rotation.id } as const;
const options = { timeZone: "UTC", signal: new AbortController().signal };

describe("the document that explains a reset", () => {
  it("says why, with sections, and links to what was compared", async () => {
    const { text, sections, links } = await readExplanation(inspector(explanationsOf([rotation])), document, options);
    equal(text.split("\n")[0], "main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely).");
    ok(sections.length > 3, String(sections.length));
    const link = links.find(({ target }) => target.kind === "place" && target.place.file === place.file);
    ok(link);
    deepEqual(link.target, { kind: "place", place });
    const line = text.split("\n")[link.line] ?? "";
    match(line.slice(link.startCharacter, link.endCharacter), /openclaw\.json/);
  });

  it("waits after a window reload, when nothing is explained yet", async () => {
    const later = explanationsOf([rotation]);
    const { text } = await readExplanation(
      inspector(noExplanations, () => Promise.resolve(later)),
      document,
      options,
    );
    match(text, /daily reset/);
  });

  it("says so when nothing could be explained", async () => {
    const fails = () => Promise.reject(new Error("no space left"));
    const { text } = await readExplanation(inspector(noExplanations, fails), document, options);
    equal(text, "Resets could not be explained: no space left\n");
  });

  it("goes on showing what was known when the transcript is gone, and since when", async () => {
    const before = await readExplanation(inspector(explanationsOf([rotation])), document, options);
    const since = Date.UTC(2026, 3, 1, 9, 30);
    const gone = inspector(explanationsOf([]));
    const first = await readExplanation(gone, document, { ...options, shown: before, now: since });
    const after = await readExplanation(gone, document, { ...options, shown: first, now: since + 3_600_000 });
    deepEqual(after, first);
    const [notice, blank, ...report] = after.text.split("\n");
    equal(notice, "⚠ The transcript is gone since 2026-04-01 09:30 UTC; this report is what was known then.");
    deepEqual([blank, report.join("\n")], ["", before.text]);
    deepEqual(
      after.links.map(({ line }) => line),
      before.links.map(({ line }) => line + 2),
    );
    deepEqual(
      after.sections.map(({ firstLine, lastLine }) => [firstLine, lastLine]),
      before.sections.map(({ firstLine, lastLine }) => [firstLine + 2, lastLine + 2]),
    );
    const back = await readExplanation(inspector(explanationsOf([rotation])), document, { ...options, shown: after });
    equal(back.text, before.text);
  });

  it("has rules short enough for a narrow editor", async () => {
    const { text } = await readExplanation(inspector(explanationsOf([rotation])), document, options);
    const rules = text.split("\n").filter((line) => line.endsWith("─"));
    equal(rules.length > 0 && rules.every((rule) => rule.length <= 24), true);
  });

  it("says so when the reset is not known any more", async () => {
    for (const gone of [
      { ...document, rotationId: "gone" },
      { ...document, stateDir: "/gone" },
    ]) {
      const { text, links } = await readExplanation(inspector(explanationsOf([rotation])), gone, options);
      match(text, /^This reset is not known any more/);
      deepEqual(links, []);
    }
  });
});

/** `explain` gives what replaces the explanations. */
function inspector(at: Explanations, explain: () => Promise<Explanations> = () => Promise.resolve(at)): Inspector {
  let explanations = at;
  const conversations = rotation.conversation ? [rotation.conversation] : [];
  return {
    snapshot: { stateDirs: [aStateDir(conversations)], lookedAt: [], problems: [] },
    get explanations() {
      return explanations;
    },
    whenExplained: async () => (explanations = await explain()),
  } as Partial<Inspector> as Inspector;
}
