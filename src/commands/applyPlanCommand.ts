import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { RestoreFailed, RestoreRefused } from "../core/restore/restorer";
import { Command } from "../editor/contributions";
import { mayWrite } from "../editor/mayWrite";
import { blockersOf, confirmationsOf } from "../editor/planChecks";
import { receiptUri } from "../editor/planUri";
import { closePlan } from "../editor/closePlan";
import type { Planned } from "../editor/restorePlans";
import { isAbort, withRestoreProgress } from "../editor/restoreProgress";
import { readTimeZone } from "../editor/settings";
import { showDocument } from "../editor/showDocument";
import type { CommandContext, CommandFactory } from "./commandContext";
import { askToApply, askWord } from "./confirmPlan";
import { showBlockersOf } from "./planCommands";
import { planAgain, planOf } from "./showPlan";
import { takeFromScreen, tellApplied } from "./tellApplied";

/** What the active plan says is done, after one question. */
export const applyPlan: CommandFactory = (context) => async (argument) => {
  if (!(await mayWrite())) return;
  const shown = planOf(context, argument);
  if (!shown) return;
  const planned = await readyPlan(context, shown);
  if (!planned || !(await askToApply(context.ask, planned))) return;
  const receipt = await apply(context, planned);
  if (receipt) await afterwards(context, planned, receipt);
};

/** The plan that the user has before him, with his word where it is needed; undefined when it is not to be applied. */
async function readyPlan(context: CommandContext, shown: Planned): Promise<Planned | undefined> {
  const { subject } = shown;
  if ((await context.documents.plans.of(subject)) !== shown) {
    context.documents.refreshKinds("plan", "entry");
    void vscode.window.showInformationMessage(l10n.t("The plan was made anew. Look at it once more, then restore."));
    return undefined;
  }
  const confirmations = confirmationsOf(shown.checked);
  const needsWord = confirmations.length > 0 && blockersOf(shown.checked).length === 0;
  if (needsWord && !(await askWord(context.ask, confirmations))) return undefined;
  const planned = needsWord ? await planAgain(context, subject, true) : shown;
  if (planned.checked.plan && blockersOf(planned.checked).length + confirmationsOf(planned.checked).length === 0) {
    return planned;
  }
  await showBlockersOf(context, planned);
  return undefined;
}

async function apply(context: CommandContext, planned: Planned): Promise<RestoreReceipt | undefined> {
  try {
    return await withRestoreProgress(progressTitle(planned), (progress, signal) =>
      context.inspector.restorer.apply(planned.checked, progress, signal),
    );
  } catch (error) {
    await tellFailure(context, planned, error);
    return undefined;
  }
}

async function tellFailure(context: CommandContext, planned: Planned, error: unknown): Promise<void> {
  if (error instanceof RestoreFailed) {
    const recover = l10n.t("Recover…");
    context.log.error(error.message);
    const chosen = await vscode.window.showErrorMessage(error.message, { modal: true }, recover);
    const { stateDir } = planned.subject;
    if (chosen === recover) await vscode.commands.executeCommand(Command.recover, { stateDir, id: error.id });
    return;
  }
  if (error instanceof RestoreRefused) {
    const again = l10n.t("Check Again");
    if ((await vscode.window.showErrorMessage(error.message, again)) === again) {
      await planAgain(context, planned.subject);
    }
    return;
  }
  if (!isAbort(error)) throw error;
  void vscode.window.showInformationMessage(l10n.t("Cancelled before anything was changed."));
}

/** The receipt takes the place of the plan. */
async function afterwards(context: CommandContext, planned: Planned, receipt: RestoreReceipt): Promise<void> {
  const { documents, inspector, watch, refresh } = context;
  const { subject } = planned;
  documents.plans.forget(subject);
  if (subject.kind === "restore") watch.begin(receipt);
  else {
    watch.end(subject.id);
    await takeFromScreen(subject.id);
  }
  documents.refreshKinds("receipt");
  await showDocument(receiptUri(inspector.snapshot, subject.stateDir, receipt.plan, readTimeZone()), "start", false);
  await closePlan(subject);
  await refresh();
  // The message stays until somebody closes it; what was asked for is done.
  tellApplied(context, planned, receipt).catch((error: unknown) => {
    context.log.error(`What follows a restore failed: ${String(error)}`);
  });
}

function progressTitle({ subject }: Planned): string {
  switch (subject.kind) {
    case "restore":
      return l10n.t("Restoring");
    case "undo":
      return l10n.t("Undoing the restore");
    case "switch-back":
      return l10n.t("Switching back");
  }
}
