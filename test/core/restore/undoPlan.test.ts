import assert from "node:assert/strict";
import { basename } from "node:path";
import { draftRestore } from "../../../src/core/restore/draftRestore";
import type { RestoreReceipt } from "../../../src/core/restore/restoreJournal";
import type { RestoreDraft } from "../../../src/core/restore/restorePlan";
import { draftUndo } from "../../../src/core/restore/undoPlan";
import { aReceipt, aRestoreAt, aRestoreId, mainKey, newId, oldId, restoreFacts, sessionsPath } from "../../aRestore";

describe("drafting an undo", () => {
  it("is the same list backwards, each the other way round", () => {
    const { plan } = restored();
    const { recipes, plan: undo } = undone(aReceipt(plan), "undo-1");
    const setAside = `${newId}.jsonl.reset.2026-03-31T12-00-00.000Z`;
    assert.deepEqual(recipes, {});
    assert.deepEqual(
      undo.changes.map(({ role, path, before, after }) => [role, basename(path), before, after]),
      [...plan.changes].reverse().map(({ role, path, before, after }) => [role, basename(path), after, before]),
    );
    assert.deepEqual(
      { ...undo, changes: [], entries: [], sentences: [] },
      {
        ...plan,
        id: "undo-1",
        kind: "undo",
        createdAt: aRestoreAt + 1_000,
        of: aRestoreId,
        from: oldId,
        to: newId,
        source: undefined,
        backups: [],
        advice: [],
        changes: [],
        entries: [],
        sentences: [],
      },
    );
    assert.deepEqual(
      undo.entries.map(({ before, after }) => [after, before]),
      plan.entries.map(({ before, after }) => [before, after]),
    );
    assert.deepEqual(undo.sentences, [
      `What ${aRestoreId} changed at 2026-03-31 12:00:00 UTC is taken back.`,
      `The key ${mainKey} points to the session ${newId} again.`,
      `${newId}.jsonl is there again.`,
      `${sessionsPath}/sessions.json gets the bytes, permissions and time that it had.`,
      `${setAside} is removed.`,
      `${oldId}.jsonl is removed.`,
      "What is taken back stays in the backup folder, so this can be undone in its turn.",
    ]);
  });

  it("can be undone: the changes are then those of the restore", () => {
    const { plan } = restored();
    const redone = undone(aReceipt(undone(aReceipt(plan), "undo-1").plan), "undo-2").plan;
    assert.deepEqual(
      [redone.of, redone.from, redone.to, redone.changes, redone.entries],
      ["undo-1", plan.from, plan.to, plan.changes, plan.entries],
    );
  });

  it("says that a key and an index that were not there before go", () => {
    const draft = draftRestore(restoreFacts({ indexText: undefined, displaced: undefined }));
    if ("refused" in draft) assert.fail();
    assert.deepEqual(undone(aReceipt(draft.plan), "undo-1").plan.sentences.slice(1, 4), [
      `The key ${mainKey} has no entry then, as before.`,
      `${sessionsPath}/sessions.json is removed, as it did not exist before.`,
      `${oldId}.jsonl is removed.`,
    ]);
  });

  it("refuses what was not finished, and what was undone", () => {
    const { plan } = restored();
    const outcomes = ["not-begun", "unfinished", "taken-back", "undone"] as const;
    assert.deepEqual(
      outcomes.map((outcome) => "refused" in draftUndo(aReceipt(plan, { outcome }), aRestoreAt, "undo-1")),
      [true, true, true, true],
    );
  });
});

function restored(): RestoreDraft {
  const draft = draftRestore(restoreFacts());
  if ("refused" in draft) assert.fail();
  return draft;
}

function undone(receipt: RestoreReceipt, id: string): RestoreDraft {
  const draft = draftUndo(receipt, aRestoreAt + 1_000, id);
  if ("refused" in draft) assert.fail();
  return draft;
}
