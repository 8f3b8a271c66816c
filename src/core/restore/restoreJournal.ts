import type { RestorePlan } from "./restorePlan";

/**
 * `<vault>/restores/<id>/journal.jsonl`: first the plan, then a line for each thing that was done, each synced before the next
 * thing is begun. A last line that is half is a line that was not written.
 */
export type JournalLine =
  | { readonly event: "planned"; readonly plan: RestorePlan; readonly tool: string }
  /** All contents are in the vault, verified and synced: from here on things change. */
  | { readonly event: "begun"; readonly at: number }
  /** `n` of `plan.changes`, from 0; `unlinked`: a copy is made because links are refused here, so part of it may be there. */
  | {
      readonly event: "changing";
      readonly n: number;
      readonly temporary: string | undefined;
      readonly unlinked?: boolean;
    }
  | { readonly event: "changed"; readonly n: number }
  | { readonly event: "verified"; readonly at: number; readonly verified: readonly string[] }
  | { readonly event: "finished"; readonly at: number; readonly notes: readonly string[] }
  /** Why we turn round; afterwards changes are taken back, with the same lines. */
  | { readonly event: "turned-back"; readonly at: number; readonly why: string }
  | { readonly event: "taken-back"; readonly at: number; readonly notes: readonly string[] }
  /** Another plan undid this one. */
  | { readonly event: "undone"; readonly at: number; readonly by: string };

/** What became of a restore, as its journal says. */
export type RestoreOutcome =
  /** Nothing was changed in the state directory. */
  | "not-begun"
  /** In between: to be finished or taken back. */
  | "unfinished"
  | "finished"
  | "taken-back"
  | "undone";

/** One restore ever made: what lists show, and what `receipt.json` beside the journal holds for people. */
export interface RestoreReceipt {
  readonly plan: RestorePlan;
  readonly outcome: RestoreOutcome;
  /** Epoch ms. */
  readonly endedAt: number | undefined;
  /** Whole sentences: what was read back and compared. */
  readonly verified: readonly string[];
  /** Whole sentences: what is good to know ("the directory could not be synced on this file system"). */
  readonly notes: readonly string[];
  readonly undoneBy: string | undefined;
  /** Absolute path of the journal's directory. */
  readonly directory: string;
}
