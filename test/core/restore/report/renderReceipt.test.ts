import assert from "node:assert/strict";
import { renderReceipt } from "../../../../src/core/restore/report/renderReceipt";
import type { RestoreOutcome, RestoreReceipt } from "../../../../src/core/restore/restoreJournal";
import { aRestoreAt, aVault } from "../../../aRestore";
import { aReceipt } from "./aPlan";

describe("a receipt as a document", () => {
  it("says what was done and verified, and what to do now", () => {
    const { text, sections } = rendered({});
    assert.deepEqual(
      sections.map(({ title }) => title),
      [
        "Restored main",
        "What was done",
        "What was verified",
        "Good to know",
        "What it displaced",
        "What it added",
        "The change in sessions.json",
        "So that it does not happen again",
        "What to do now",
        "How to undo",
        "Details",
      ],
    );
    assert.deepEqual(text.split("\n").slice(0, 2), ["Restored main", "It was finished at 2026-03-31 12:00:02 UTC."]);
    assert.deepEqual(linesOf(text, "What was verified"), [
      "  ✓ The restored transcript was read back: 4,096 bytes, the hash is that of the archive.",
    ]);
    assert.deepEqual(linesOf(text, "What to do now"), [
      "  Start the gateway again: openclaw gateway start",
      "  Then send a message: the transcript grows, and no new archive appears.",
    ]);
    assert.deepEqual(linesOf(text, "Details"), [
      "  Receipt: 20260331T120000Z-1f2e3d4c",
      "  Journal: /vault/0123456789abcdef/restores/20260331T120000Z-1f2e3d4c",
      "  Planned at 2026-03-31 12:00:00 UTC.",
    ]);
  });

  it("says how to end one that was interrupted", () => {
    const { text } = rendered({ outcome: "unfinished", endedAt: undefined });
    assert.deepEqual(text.split("\n").slice(0, 2), [
      "Restore of main",
      "It was begun and not ended: finish it or take it back.",
    ]);
    assert.deepEqual(linesOf(text, "What to do now"), [
      "  Finish it: openclaw-sessions recover 20260331T120000Z-1f2e3d4c --finish",
      "  Or take it back: openclaw-sessions recover 20260331T120000Z-1f2e3d4c --take-back",
      "  The editor offers both.",
    ]);
    assert.doesNotMatch(text, /How to undo/);
  });

  it("has a sentence for every outcome", () => {
    const outcomes: readonly RestoreOutcome[] = ["not-begun", "unfinished", "finished", "taken-back", "undone"];
    assert.deepEqual(
      outcomes.map((outcome) => rendered({ outcome, undoneBy: "20260331T130000Z-aaaaaaaa" }).text.split("\n")[1]),
      [
        "It was planned and never begun: nothing was changed.",
        "It was begun and not ended: finish it or take it back.",
        "It was finished at 2026-03-31 12:00:02 UTC.",
        "It was taken back at 2026-03-31 12:00:02 UTC: everything is as it was before.",
        "It was undone since, by 20260331T130000Z-aaaaaaaa.",
      ],
    );
  });

  it("has a title for every kind of plan", () => {
    const { plan } = aReceipt();
    assert.deepEqual(
      (["restore", "undo", "switch-back"] as const).map(
        (kind) => rendered({ plan: { ...plan, kind } }).text.split("\n")[0],
      ),
      ["Restored main", "Undid the restore of main", "Switched main back"],
    );
  });
});

function rendered(more: Partial<RestoreReceipt>): ReturnType<typeof renderReceipt> {
  return renderReceipt(aReceipt(more), { timeZone: "UTC", now: aRestoreAt, vault: aVault });
}

function linesOf(text: string, heading: string): readonly string[] {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.startsWith(`── ${heading} `)) + 1;
  const length = lines.slice(from).findIndex((line) => line === "");
  return lines.slice(from, from + length);
}
