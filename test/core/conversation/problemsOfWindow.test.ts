import assert from "node:assert/strict";
import type { Problem } from "../../../src/core/problem";
import { problemCountOfWindow, problemsOfWindow } from "../../../src/core/conversation/problemsOfWindow";
import { agent, file, row, stamp } from "./builders";

const half: Problem = { code: "line.half", message: "Line 2 is cut off.", line: 2 };
const archive = `a.jsonl.reset.${stamp("10:00")}`;

describe("the problems of a window", () => {
  it("stand once each, those of the shown file first, and name their file", () => {
    const built = agent(
      [file("a.jsonl", { index: { problems: [half] } }), file(archive, { index: { problems: [half] } })],
      [row("main", "a")],
    );
    assert.deepEqual(built.conversations[0]?.windows.map(problemsOfWindow), [
      [
        { ...half, file: "/s/a.jsonl" },
        { ...half, file: `/s/${archive}` },
      ],
    ]);
  });

  it("are the same object as long as the window is: views ask again and again", () => {
    const built = agent([file("a.jsonl", { index: { problems: [half] } })], [row("main", "a")]);
    const window = built.conversations[0]?.windows[0];
    assert.ok(window);
    assert.equal(problemsOfWindow(window)[0], problemsOfWindow(window)[0]);
  });

  it("are counted beyond the fifty that an index names", () => {
    const problems = Array.from({ length: 50 }, (_, at): Problem => ({ ...half, line: at + 1 }));
    const built = agent(
      [
        file("a.jsonl", { index: { problems, problemCount: 300 } }),
        file(archive, { index: { problems: [half], problemCount: 1 } }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(
      built.conversations[0]?.windows.map((window) => [problemsOfWindow(window).length, problemCountOfWindow(window)]),
      [[51, 301]],
    );
  });
});
