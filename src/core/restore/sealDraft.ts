import * as l10n from "@vscode/l10n";
import type { SealedContent } from "./contentRecipe";
import { recipeNameOf } from "./contentNames";
import type { FileState } from "./fileChange";
import type { RestoreDraft, RestorePlan } from "./restorePlan";
import { RestoreRefused } from "./restorer";

/**
 * The plan with the hashes of what was read in place of names.
 *
 * @param sealed what came of each of the draft's recipes, by its name
 * @throws RestoreRefused when a file was changed between being looked at and being read
 */
export function sealDraft(draft: RestoreDraft, sealed: ReadonlyMap<string, SealedContent>): RestorePlan {
  const { plan, recipes } = draft;
  const contentOf = (sha256: string): SealedContent | undefined => {
    const name = recipeNameOf(sha256);
    if (name === undefined) return undefined;
    const content = sealed.get(name);
    if (content === undefined) throw new Error(`The content ${name} of the plan was not sealed.`);
    return content;
  };
  const sealedState = (state: FileState): FileState =>
    state.kind === "file" ? { ...state, ...contentOf(state.sha256) } : state;
  const whole: RestorePlan = {
    ...plan,
    changes: plan.changes.map((change) => ({
      ...change,
      before: sealedState(change.before),
      after: sealedState(change.after),
    })),
    backups: plan.backups.map((backup) => ({ ...backup, ...contentOf(backup.sha256) })),
  };
  for (const [name, recipe] of Object.entries(recipes)) {
    if (recipe.kind !== "file") continue;
    const change = plan.changes.find(({ path }) => path === recipe.path);
    const before = change?.before;
    const content = sealed.get(name);
    if (before?.kind !== "file" || content === undefined || before.sha256 === content.sha256) continue;
    throw new RestoreRefused(l10n.t("{0} changed while the plan was made. Plan again.", recipe.path));
  }
  return whole;
}
