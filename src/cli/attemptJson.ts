import type { CheckedPlan } from "../core/restore/restorePlan";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { planJson, receiptJson } from "../core/restore/report/planJson";

/** What came of a plan. */
export type Attempt =
  | { readonly outcome: "done"; readonly receipt: RestoreReceipt }
  | {
      readonly outcome:
        /** A dry run, and nothing stops it. */
        | "could-be-done"
        /** By a check. */
        | "blocked"
        /** Nobody said yes. */
        | "unconfirmed"
        /** What was checked again just before was no longer so; all is as it was. */
        | "refused"
        /** Neither done nor taken back. */
        | "unfinished";
      /** A sentence for people. */
      readonly message: string;
    };

/** A program has to recognise keys again. */
export const inFull = { withText: true } as const;

/** What `restore --json` and `undo --json` print (docs/cli.md). */
export function attemptJson(planned: CheckedPlan, attempt: Attempt) {
  return {
    ...planJson(planned, inFull),
    outcome: attempt.outcome,
    message: attempt.outcome === "done" ? null : attempt.message,
    receipt: attempt.outcome === "done" ? receiptJson(attempt.receipt, inFull) : null,
  };
}
