import type { NonEmpty } from "../evidence/evidence";
import type { ContentRecipe } from "./contentRecipe";
import type { FileChange } from "./fileChange";
import type { RestoreCheck } from "./restoreCheck";

/** What a plan is for. Undo is a plan like any other, so it can be undone. */
export type PlanKind = "restore" | "undo" | "switch-back";

/**
 * Everything that will happen, decided before anything does. Plain data: it is written into the journal as it is. The bytes
 * it needs are in the vault by then.
 */
export interface RestorePlan {
  readonly schema: 1;
  /** `20261120T201530Z-1f2e3d4c`: UTC time and eight random hex digits; a directory name in the vault, and what `undo` takes. */
  readonly id: string;
  readonly kind: PlanKind;
  /** Epoch ms. */
  readonly createdAt: number;
  /** The restore that this plan undoes or switches back from. */
  readonly of: string | undefined;
  readonly stateDir: PlannedStateDir;
  readonly agentId: string;
  /** The key that points to the restored conversation afterwards. */
  readonly key: string;
  /** Session ids: `from` was current under the key before (undefined: none), `to` is afterwards. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Where the conversation comes from (absolute path); it stays as it is. */
  readonly source: string | undefined;
  /** In this order. The index is replaced after every file that it names exists, and before a name is given up. */
  readonly changes: readonly FileChange[];
  /** What else is copied into the vault, so that it survives whatever comes: absolute path and hash. */
  readonly backups: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
  /** One entry of the index before and after, as text; what a diff shows. One item per key that changes. */
  readonly entries: readonly EntryEdit[];
  /** What will happen, in plain words, one sentence each. Made when planned, in the user's language. */
  readonly sentences: NonEmpty<string>;
  /** What to change in `openclaw.json` so that it does not happen again; offered, never applied. */
  readonly advice: readonly ConfigAdvice[];
}

export interface PlannedStateDir {
  readonly path: string;
  readonly realPath: string;
}

export interface EntryEdit {
  readonly key: string;
  /** JSON, indented by two; undefined: there was none. Bulky fields are one line with their size. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A change of the config: where (`["session", "reset"]`), to what, and why. */
export interface ConfigAdvice {
  readonly file: string | undefined;
  readonly path: readonly string[];
  readonly value: unknown;
  /** A whole sentence. */
  readonly why: string;
  /** As text to paste: `session: { reset: { mode: "idle", idleMinutes: 525600 } }`. */
  readonly text: string;
}

/** A plan with the checks that were made for it. Only a plan without a blocker can be applied. */
export interface CheckedPlan {
  /** Undefined when it could not even be drawn up; then there is a blocker that says why. */
  readonly plan: RestorePlan | undefined;
  readonly checks: readonly RestoreCheck[];
}

/** A plan whose contents are known by recipe only: what core decides before the bytes were read. */
export interface RestoreDraft {
  /** Named `content:<name>` in `changes` and `backups` in place of a hash, with bytes -1. */
  readonly recipes: Readonly<Record<string, ContentRecipe>>;
  readonly plan: RestorePlan;
}
