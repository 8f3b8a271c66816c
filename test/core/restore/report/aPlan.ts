import { createHash } from "node:crypto";
import { checkRestore } from "../../../../src/core/restore/checkRestore";
import { draftRestore } from "../../../../src/core/restore/draftRestore";
import type { RestoreReceipt } from "../../../../src/core/restore/restoreJournal";
import type { CheckedPlan, RestorePlan } from "../../../../src/core/restore/restorePlan";
import { sealDraft } from "../../../../src/core/restore/sealDraft";
import { aDisplaced, aRestoreAt, aRestoreId, aVault, restoreFacts, type RestoreFactsGiven } from "../../../aRestore";

/** A plan whose contents are sealed: each has the hash of its own name, and 4,096 bytes. */
export function aCheckedPlan(given: RestoreFactsGiven = {}): CheckedPlan & { readonly plan: RestorePlan } {
  const facts = restoreFacts(given);
  const drafted = draftRestore(facts);
  if ("refused" in drafted) throw new Error(drafted.refused.map(({ text }) => text).join(" "));
  const sealed = new Map(
    Object.keys(drafted.recipes).map((name) => {
      // What is current now has the content that the facts say.
      const known = name === "displaced" ? aDisplaced().file?.content : undefined;
      const { sha256, bytes } = known ?? { sha256: createHash("sha256").update(name).digest("hex"), bytes: 4096 };
      return [name, { sha256, bytes }] as const;
    }),
  );
  return { plan: sealDraft(drafted, sealed), checks: checkRestore(facts, drafted) };
}

export function aReceipt(more: Partial<RestoreReceipt> = {}): RestoreReceipt {
  return {
    plan: aCheckedPlan().plan,
    outcome: "finished",
    endedAt: aRestoreAt + 2_000,
    verified: ["The restored transcript was read back: 4,096 bytes, the hash is that of the archive."],
    notes: ["The directory could not be synced on this file system."],
    undoneBy: undefined,
    directory: `${aVault}/restores/${aRestoreId}`,
    ...more,
  };
}
