import type { Check } from "../../../../src/core/restore/checks/check";
import { draftRestore } from "../../../../src/core/restore/draftRestore";
import type { RestorePlan } from "../../../../src/core/restore/restorePlan";
import { restoreFacts, type RestoreFactsGiven } from "../../../aRestore";

/** What one check says of the restore that `restoreFacts` describes: `level: sentence → remedy`. */
export function said(
  check: Check,
  given: RestoreFactsGiven = {},
  planned: (plan: RestorePlan) => Partial<RestorePlan> = () => ({}),
): readonly string[] {
  const facts = restoreFacts(given);
  const drafted = draftRestore(facts);
  const draft = "refused" in drafted ? undefined : { ...drafted, plan: { ...drafted.plan, ...planned(drafted.plan) } };
  return [...check(facts, draft)].map(({ level, text, remedy }) =>
    remedy === undefined ? `${level}: ${text}` : `${level}: ${text} → ${remedy}`,
  );
}
