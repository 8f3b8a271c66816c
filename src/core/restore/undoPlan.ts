import * as l10n from "@vscode/l10n";
import type { NonEmpty } from "../evidence/evidence";
import { shortened } from "../text/shortened";
import { toldTime } from "../text/toldTime";
import { type FileChange, inverse } from "./fileChange";
import { baseName } from "./places";
import type { RestoreCheck } from "./restoreCheck";
import type { RestoreReceipt } from "./restoreJournal";
import type { RestoreDraft, RestorePlan } from "./restorePlan";

/**
 * The way back of something that was finished: the same changes backwards, names, bytes, permissions and times. All contents are in the
 * vault since, so there are no recipes. It is a plan like any other, and so can be undone.
 *
 * @param now epoch ms
 * @param id of the plan to be
 */
export function draftUndo(
  receipt: RestoreReceipt,
  now: number,
  id: string,
): RestoreDraft | { readonly refused: readonly RestoreCheck[] } {
  const refused = notUndoable(receipt);
  if (refused !== undefined) return { refused: [refused] };
  const { plan } = receipt;
  const changes = inverse(plan.changes);
  return {
    recipes: {},
    plan: {
      schema: 1,
      id,
      kind: "undo",
      createdAt: now,
      of: plan.id,
      stateDir: plan.stateDir,
      agentId: plan.agentId,
      key: plan.key,
      from: plan.to,
      to: plan.from,
      source: undefined,
      changes,
      backups: [],
      entries: plan.entries.map(({ key, before, after }) => ({ key, before: after, after: before })),
      sentences: undoSentences(plan, changes),
      advice: [],
    },
  };
}

function notUndoable({ plan, outcome, undoneBy }: RestoreReceipt): RestoreCheck | undefined {
  switch (outcome) {
    case "finished":
      return undefined;
    case "undone":
      return blocker(
        l10n.t("{0} was undone already, by {1}.", plan.id, undoneBy ?? l10n.t("another plan")),
        l10n.t("To have it back, undo that one."),
      );
    case "unfinished":
      return blocker(
        l10n.t("{0} was begun and not ended.", plan.id),
        l10n.t("Recover it first: finish it, or take it back."),
      );
    case "not-begun":
    case "taken-back":
      return blocker(
        l10n.t("{0} changed nothing, or what it changed was taken back.", plan.id),
        l10n.t("There is nothing to undo."),
      );
  }
}

function blocker(text: string, remedy: string): RestoreCheck {
  return { code: "unfinished-restore", level: "blocker", text, remedy };
}

function undoSentences(plan: RestorePlan, changes: readonly FileChange[]): NonEmpty<string> {
  return [
    l10n.t("What {0} changed at {1} is taken back.", plan.id, toldTime(plan.createdAt) ?? ""),
    pointsBack(plan),
    ...changes.flatMap(changeSentence),
    l10n.t("What is taken back stays in the backup folder, so this can be undone in its turn."),
  ];
}

function pointsBack({ key, from }: RestorePlan): string {
  const shown = shortened(key);
  if (from === undefined) return l10n.t("The key {0} has no entry then, as before.", shown);
  return l10n.t("The key {0} points to the session {1} again.", shown, shortened(from));
}

/** `change` as it is in the undo: before is what the plan left. */
function changeSentence({ path, role, before, after }: FileChange): readonly string[] {
  if (role === "index" && after.kind === "absent") return [l10n.t("{0} is removed, as it did not exist before.", path)];
  if (role === "index") return [l10n.t("{0} gets the bytes, permissions and time that it had.", path)];
  if (before.kind === "absent" && after.kind === "file") return [l10n.t("{0} is there again.", baseName(path))];
  if (after.kind === "absent") return [l10n.t("{0} is removed.", baseName(path))];
  return [];
}
