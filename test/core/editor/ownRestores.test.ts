import { deepEqual } from "node:assert/strict";
import type { RestoreOutcome, RestoreReceipt } from "../../../src/core/restore/restoreJournal";
import { isOwnRestore } from "../../../src/editor/ownRestores";
import { aFile, aRotation } from "../../anExplanation";
import { aReceipt, setAside } from "./aReceipt";

describe("what a restore set aside", () => {
  it("is no reset, as long as a receipt says so", async () => {
    const outcomes = ["finished", "undone", "unfinished", "taken-back", "not-begun"] as const;
    const own = await Promise.all(outcomes.map((outcome) => isOwn(setAside, outcome)));
    deepEqual(own, [true, true, true, false, false]);
  });

  it("is a reset when no receipt names it", async () => {
    deepEqual(await isOwn("other.jsonl.reset.2026-11-20T20-15-30.000Z", "finished"), false);
  });
});

function isOwn(archive: string, outcome: RestoreOutcome): Promise<boolean> {
  const receipts: readonly RestoreReceipt[] = [aReceipt({}, { outcome })];
  return isOwnRestore({ list: () => Promise.resolve(receipts) }, aRotation({ archive: aFile(archive) }));
}
