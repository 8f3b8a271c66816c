import assert from "node:assert/strict";
import { checkRefused, checkRestore } from "../../../../src/core/restore/checkRestore";
import { draftRestore } from "../../../../src/core/restore/draftRestore";
import { anArchivedIndex, restoreFacts, type RestoreFactsGiven } from "../../../aRestore";

describe("checking a restore", () => {
  it("looks at every hazard, and finds nothing that stops a usual one", () => {
    assert.deepEqual(judged({ version: "2026.7.35" }), [
      "gateway ok",
      "run-in-progress ok",
      "writable ok",
      "vault ok",
      "clock ok",
      "era ok",
      "source-readable ok",
      "source-header ok",
      "source-ids ok",
      "source-answers ok",
      "source-damage ok",
      "source-masked ok",
      "displaced ok",
      "target-name ok",
      "id-elsewhere ok",
      "case-collision ok",
      "index-readable ok",
      "index-symlink ok",
      "containment ok",
      "file-system ok",
      "disk-space ok",
      "disk-space ok",
      "owner-and-mode ok",
      "freshness ok",
      "freshness warning",
      "freshness ok",
      "retention warning",
      "retention warning",
      "pruning ok",
      "pruning ok",
      "usage-counted-twice warning",
    ]);
  });

  it("goes on after the first blocker", () => {
    const facts: RestoreFactsGiven = {
      trusted: false,
      unfinished: ["20260330T100000Z-aaaaaaaa"],
      index: { symlink: true },
    };
    assert.deepEqual(
      judged(facts).filter((each) => each.endsWith("blocker")),
      ["workspace-trust blocker", "unfinished-restore blocker", "index-symlink blocker"],
    );
  });

  it("does not repeat why a plan could not be drawn up", () => {
    const facts = restoreFacts({ source: { index: anArchivedIndex({ header: undefined }) }, trusted: false });
    const drafted = draftRestore(facts);
    assert.ok("refused" in drafted);
    assert.deepEqual(
      checkRefused(facts, drafted.refused)
        .filter(({ level }) => level === "blocker")
        .map(({ code }) => code),
      ["source-header", "workspace-trust"],
    );
  });
});

/** Codes and levels, in the order in which they are said. */
function judged(given: RestoreFactsGiven): readonly string[] {
  const facts = restoreFacts(given);
  const drafted = draftRestore(facts);
  assert.ok(!("refused" in drafted));
  return checkRestore(facts, drafted).map(({ code, level }) => `${code} ${level}`);
}
