import assert from "node:assert/strict";
import { findTarget, shortNames } from "../../src/cli/windowNames";
import { agent, conversation, file, snapshot, window } from "./snapshotBuilder";

describe("what `show` means by a word", () => {
  const reset = window("61920df1-2222", "reset", {
    windowId: "main/61920df1-2222/e1",
    primary: file("61920df1-2222.jsonl.reset.2026-07-21T09-35-27.028Z"),
    copies: [file("61920df1-2222.jsonl.bak.2026-07-21T09-20-00.000Z")],
  });
  const again = window("61920df1-2222", "reset", { windowId: "main/61920df1-2222/e2", primary: file("other.jsonl") });
  const live = window("a32f58af-1111", "live");
  const gone = window("a32f58af-9999", "missing");
  const all = snapshot([
    agent([
      conversation("agent:main:main", live, reset, again),
      conversation("agent:main:telegram:direct:5", gone, window("feed0000-1", "deleted")),
    ]),
  ]);

  const cases: [word: string, found: string][] = [
    ["main/61920df1-2222/e2", "main/61920df1-2222/e2"],
    ["agent:main:main", "main/a32f58af-1111/-"],
    ["main", "main/a32f58af-1111/-"],
    ["telegram:direct:5", "main/feed0000-1/-"], // the newest one that can be read
    ["a32f58af-1111", "main/a32f58af-1111/-"],
    ["a32f58af", "2 windows"],
    ["a32f58af-9", "main/a32f58af-9999/-"],
    ["61920df1", "2 windows"],
    ["main/61920df1-2222/", "2 windows"],
    ["other.jsonl", "main/61920df1-2222/e2"],
    ["61920df1-2222.jsonl.bak.2026-07-21T09-20-00.000Z", "main/61920df1-2222/e1 of a copy"],
    ["/s/agents/main/sessions/other.jsonl", "main/61920df1-2222/e2"],
    ["sessions/other.jsonl", "main/61920df1-2222/e2"],
    ["fee", "nothing"], // too short to be meant
    ["", "nothing"],
    ["nonsense", "nothing"],
  ];
  for (const [word, expected] of cases) {
    it(JSON.stringify(word), () => {
      const found = findTarget(all, word, "/s/agents/main");
      const told = {
        nothing: () => "nothing",
        ambiguous: () => (found.kind === "ambiguous" ? `${String(found.windows.length)} windows` : ""),
        found: () => {
          if (found.kind !== "found") return "";
          const { window: of, file: shown } = found.target;
          return of.windowId + (shown === of.primary ? "" : " of a copy");
        },
      }[found.kind]();
      assert.equal(told, expected);
    });
  }

  it("shortNames gives names that are understood", () => {
    const windows = all.stateDirs.flatMap(({ agents }) =>
      agents.flatMap(({ conversations }) => conversations.flatMap((each) => each.windows)),
    );
    const names = shortNames(windows);
    for (const each of windows) {
      const found = findTarget(all, names.nameOf(each), "/");
      assert.deepEqual(found.kind === "found" && found.target.window.windowId, each.windowId);
    }
    assert.deepEqual(
      windows.map((each) => names.nameOf(each)),
      ["a32f58af-1", "main/61920df1-2222/e1", "main/61920df1-2222/e2", "a32f58af-9", "feed0000"],
    );
  });

  it("an agent's name alone is no beginning of a window id", () => {
    const left = window("989f3336-1", "orphan", { join: undefined });
    assert.equal(findTarget(snapshot([agent([], { orphans: [left] })]), "main", "/").kind, "nothing");
  });

  it("one window in two state directories has one short name: its window id would tell them apart no better", () => {
    const [here, there] = ["/s", "/t"].map((path) =>
      window("989f3336-1", "reset", { primary: { ...file("989f3336-1.jsonl"), path: `${path}/989f3336-1.jsonl` } }),
    );
    assert.ok(here && there);
    assert.equal(shortNames([here, there]).nameOf(there), "989f3336");
  });

  it("one window in two conversations, as a cron run is up to 2026.4.21, is one window", () => {
    const run = window("989f3336-1", "live", { primary: file("989f3336-1.jsonl") });
    const both = snapshot([
      agent([
        conversation("agent:main:cron:job", { ...run, kind: "orphan" }),
        conversation("agent:main:cron:job:run:989f3336-1", run),
      ]),
    ]);
    assert.equal(shortNames([run, { ...run, kind: "orphan" }]).nameOf(run), "989f3336");
    assert.equal(findTarget(both, "989f", "/").kind, "found");
  });
});
