import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { Command } from "../editor/contributions";
import { mayWrite } from "../editor/mayWrite";
import { blockersOf } from "../editor/planChecks";
import { receiptUri } from "../editor/planUri";
import { readSessionUri } from "../editor/sessionUri";
import { readTimeZone } from "../editor/settings";
import { showDocument } from "../editor/showDocument";
import { chooseReceipt } from "./chooseReceipt";
import type { CommandContext, CommandFactory } from "./commandContext";
import { activeUri } from "./commandSubject";
import { isReceiptName, type ReceiptName } from "./receiptName";
import { planOf, showPlan } from "./showPlan";

/** From a receipt or a notification, or by choosing from a list. Shows the plan of the way back. */
export const undoRestore: CommandFactory = (context) => async (argument) => {
  if (!(await mayWrite())) return;
  const name = receiptMeant(argument) ?? (await chooseReceipt(context, l10n.t("Undo a Restore"), "finished"));
  if (!name) return;
  // Messages and receipts of it may be on the screen still.
  if (await wasUndone(context, name)) {
    void vscode.window.showInformationMessage(
      l10n.t("This restore was undone already: there is nothing left to undo."),
    );
    return;
  }
  const planned = await showPlan(context, { kind: "undo", ...name });
  if (!planned || blockersOf(planned.checked).length === 0) return;
  const switchBack = l10n.t("Switch Back…");
  const message = l10n.t("This restore cannot be undone byte for byte: the plan says what changed since.");
  if ((await vscode.window.showWarningMessage(message, switchBack)) === switchBack) {
    await vscode.commands.executeCommand(Command.switchBack, name);
  }
};

/** Where undo is refused: what was said since is kept as a window of its own. */
export const switchBack: CommandFactory = (context) => async (argument) => {
  if (!(await mayWrite())) return;
  const name = receiptMeant(argument) ?? nameOfPlan(context, argument);
  if (name) await showPlan(context, { kind: "switch-back", ...name });
};

/** All restores ever made, each with its receipt. Reads only. */
export const showRestores: CommandFactory = (context) => async () => {
  const name = await chooseReceipt(context, l10n.t("Restores"), "all");
  if (name)
    await showDocument(receiptUri(context.inspector.snapshot, name.stateDir, name.plan, readTimeZone()), "start");
};

async function wasUndone({ inspector }: CommandContext, { stateDir, id }: ReceiptName): Promise<boolean> {
  const receipts = await inspector.restorer.list(stateDir);
  return receipts.find(({ plan }) => plan.id === id)?.outcome === "undone";
}

/** An argument, or the receipt in front of the user. */
function receiptMeant(argument: unknown): ReceiptName | undefined {
  if (isReceiptName(argument)) return { stateDir: argument.stateDir, id: argument.id };
  const uri = argument instanceof vscode.Uri ? argument : activeUri();
  const document = uri && readSessionUri(uri);
  return document?.kind === "receipt" ? { stateDir: document.stateDir, id: document.id } : undefined;
}

function nameOfPlan(context: CommandContext, argument: unknown): ReceiptName | undefined {
  const subject = planOf(context, argument)?.subject;
  return subject === undefined || subject.kind === "restore"
    ? undefined
    : { stateDir: subject.stateDir, id: subject.id };
}
