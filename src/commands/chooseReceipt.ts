import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { RestoreOutcome, RestoreReceipt } from "../core/restore/restoreJournal";
import type { RestorePlan } from "../core/restore/restorePlan";
import { formatAge, formatTime } from "../core/text/formatTime";
import { findConversation } from "../editor/findConversation";
import { readTimeZone } from "../editor/settings";
import { stateDirAmong } from "../editor/stateDirLabel";
import type { CommandContext } from "./commandContext";
import type { ReceiptName } from "./receiptName";

export interface ChosenReceipt extends ReceiptName {
  readonly plan: RestorePlan;
}

/** Restores of every state directory that is shown, newest first; `finished`: those that can be undone. */
export async function chooseReceipt(
  context: CommandContext,
  title: string,
  which: "all" | "finished" | "unfinished",
): Promise<ChosenReceipt | undefined> {
  const { restorer, snapshot } = context.inspector;
  const { stateDirs } = snapshot;
  const lists = await Promise.all(
    stateDirs.map(async ({ path }) =>
      (which === "unfinished" ? await restorer.unfinished(path) : await restorer.list(path)).map((receipt) => ({
        stateDir: path,
        receipt,
      })),
    ),
  );
  const items = lists
    .flat()
    // What was refused before it began changed nothing: there is nothing to see of it.
    .filter(({ receipt: { outcome } }) => (which === "finished" ? outcome === "finished" : outcome !== "not-begun"))
    .toSorted((a, b) => b.receipt.plan.createdAt - a.receipt.plan.createdAt)
    .map(({ stateDir, receipt }) => itemOf(context, stateDir, receipt));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(nothing[which]());
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: l10n.t("A conversation, a date or a session key"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.name;
}

type Item = vscode.QuickPickItem & { readonly name: ChosenReceipt };

function itemOf({ inspector }: CommandContext, stateDir: string, { plan, outcome }: RestoreReceipt): Item {
  const { id, agentId, key, createdAt } = plan;
  const label = findConversation(inspector.snapshot, { stateDir, agentId, key })?.label ?? key;
  const [what, codicon] = kinds[plan.kind];
  return {
    label: what(label),
    description: [formatAge(Date.now() - createdAt), outcomeName(outcome)].join(" · "),
    detail: [
      ...stateDirAmong(stateDir, inspector.snapshot.stateDirs),
      formatTime(createdAt, { timeZone: readTimeZone(), precision: "minute", offset: true }),
      key,
      id,
    ].join(" · "),
    iconPath: new vscode.ThemeIcon(codicon),
    name: { stateDir, id, plan },
  };
}

const kinds = {
  restore: [(label: string) => l10n.t("Restore of {0}", label), "debug-restart"],
  undo: [(label: string) => l10n.t("Undo of a restore of {0}", label), "discard"],
  "switch-back": [(label: string) => l10n.t("Switch back of {0}", label), "arrow-swap"],
} as const;

function outcomeName(outcome: RestoreOutcome): string {
  switch (outcome) {
    case "not-begun":
      return l10n.t("nothing was changed");
    case "unfinished":
      return l10n.t("unfinished");
    case "finished":
      return l10n.t("done");
    case "taken-back":
      return l10n.t("taken back");
    case "undone":
      return l10n.t("undone");
  }
}

const nothing = {
  all: () => l10n.t("Nothing was ever restored in the state directories that are shown."),
  finished: () => l10n.t("There is no restore to undo in the state directories that are shown."),
  unfinished: () => l10n.t("There is no unfinished restore in the state directories that are shown."),
} as const;
