import assert from "node:assert/strict";
import { buildAgent } from "../../../src/core/conversation/buildAgent";
import type { Agent, SessionFile } from "../../../src/core/conversation/model";
import { problemsOfWindow } from "../../../src/core/conversation/problemsOfWindow";
import type { KeptMark } from "../../../src/core/keep/keptMark";
import { file, type FileFacts, key, root, row, stamp, time, told } from "../conversation/builders";

const archiveName = `old.jsonl.reset.${stamp("09:00")}`;
const live = file("now.jsonl", { at: "12:00" });

describe("kept copies in the model", () => {
  it("a copy stands beneath the window it was made of", () => {
    const window = agentOf([file(archiveName, { at: "08:00" })], [kept(archiveName)]).conversations[0]?.windows[0];

    assert.deepEqual(
      [window?.primary?.path, window?.copies.map(({ path }) => path)],
      [`/s/${archiveName}`, [`/kept/${archiveName}`]],
    );
  });

  it("a copy that holds more than what is left is the one that is shown", () => {
    const built = agentOf([file(archiveName, { at: "08:00", entries: 1 })], [kept(archiveName, {}, { entries: 5 })]);

    assert.equal(built.conversations[0]?.windows[0]?.primary?.path, `/kept/${archiveName}`);
  });

  it("without the original it is the window, joined by what was known when it was kept", () => {
    const built = agentOf([live], [kept(archiveName)], [row("main", "now"), row("work", undefined)]);

    assert.deepEqual(told(built), { main: ["live now", "reset old by kept-copy"], work: [] });
    assert.equal(
      built.conversations[0]?.windows[1]?.join?.evidence,
      `The record beside the kept copy ${archiveName} names agent:main:main. When it was made, 2026-04-02 08:00:00 UTC, the evidence was: The index said so.`,
    );
  });

  it("evidence that is still on disk weighs more, and both are shown", () => {
    const rows = [row("main", "now"), row("work", undefined, { usageFamilySessionIds: ["old"] })];
    const built = agentOf([live], [kept(archiveName)], rows);

    const window = built.conversations.find((each) => each.key === key("work"))?.windows[0];
    assert.equal(window?.join?.rung, "usage-family");
    assert.deepEqual(
      window.join.disagreeing.map(({ rung, key: named }) => [rung, named]),
      [["kept-copy", key("main")]],
    );
  });

  it("a guess that was kept is followed only where nothing but the copy is left", () => {
    const guess = kept(archiveName, { joinRung: "chain" });
    const rows = [row("main", "now"), row("work", undefined)];

    assert.deepEqual(told(agentOf([live], [guess], rows))["main"], ["live now", "reset old by kept-copy"]);
    assert.deepEqual(told(agentOf([live, file(archiveName, { at: "08:00" })], [guess], rows))["orphans"], [
      "reset old +1",
    ]);
  });

  it("no row means a copy, also where its transcript is missing", () => {
    const built = agentOf([], [kept("now.jsonl")], [row("main", "now")]);

    assert.deepEqual(told(built), { main: ["missing now", "orphan now"] });
  });

  it("what is wrong with its record is a problem of the window", () => {
    const problem = { code: "kept.record-damaged", message: "The record is damaged." } as const;
    const [window] = agentOf([], [kept(archiveName, { key: undefined, problem })]).orphans;

    assert.deepEqual(window && problemsOfWindow(window), [{ ...problem, file: `/kept/${archiveName}` }]);
  });

  it("the same again is the same object", () => {
    const input = { files: [live], copies: [kept(archiveName)] };
    const before = agentOf(input.files, input.copies);

    assert.equal(agentOf(input.files, input.copies, [], before), before);
  });
});

function agentOf(
  files: readonly SessionFile[],
  copies: readonly SessionFile[],
  rows: Parameters<typeof root>[1] = [],
  previous?: Agent,
): Agent {
  return buildAgent({
    agentId: "main",
    roots: [root(files, rows)],
    kept: copies,
    sqlite: undefined,
    problems: [],
    previous,
  });
}

function kept(base: string, mark: Partial<KeptMark> = {}, facts: FileFacts = {}): SessionFile {
  return {
    ...file(base, { at: "08:00", ...facts }),
    path: `/kept/${base}`,
    kept: {
      at: time("2T08:00"),
      sha256: "0".repeat(64),
      originalName: base,
      originalPath: `/s/${base}`,
      key: key("main"),
      joinEvidence: "The index said so.",
      joinRung: "usage-family",
      problem: undefined,
      ...mark,
    },
  };
}
