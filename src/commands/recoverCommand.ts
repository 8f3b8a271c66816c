import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { gatewayChecks } from "../core/restore/checks/gatewayCheck";
import { RestoreFailed, RestoreRefused } from "../core/restore/restorer";
import { mayWrite } from "../editor/mayWrite";
import { receiptUri } from "../editor/planUri";
import { readTimeZone } from "../editor/settings";
import { showDocument } from "../editor/showDocument";
import { chooseReceipt } from "./chooseReceipt";
import type { CommandContext, CommandFactory } from "./commandContext";
import { askWord } from "./confirmPlan";
import { isReceiptName, type ReceiptName } from "./receiptName";

/** Ends a restore that was begun and not ended. From the notification with the way (`how`), else asks. */
export const recover: CommandFactory = (context) => async (argument) => {
  if (!(await mayWrite())) return;
  const name = isReceiptName(argument)
    ? argument
    : await chooseReceipt(context, l10n.t("Recover an Unfinished Restore"), "unfinished");
  const how = name && (howOf(argument) ?? (await chooseHow()));
  if (name && how) await end(context, name, how);
};

type How = "finish" | "take-back";

async function end({ inspector, documents, refresh, ask }: CommandContext, name: ReceiptName, how: How): Promise<void> {
  const { stateDir, id } = name;
  const gateway = await inspector.restorer.gateway(stateDir);
  const isUnsure = gateway.running === "unknown";
  if (isUnsure && !(await askWord(ask, [...gatewayChecks(gateway, false)]))) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: how === "finish" ? l10n.t("Finishing the restore") : l10n.t("Taking the restore back"),
  };
  try {
    const receipt = await vscode.window.withProgress(options, () =>
      inspector.restorer.recover(stateDir, id, how, isUnsure),
    );
    documents.refreshKinds("receipt");
    await showDocument(receiptUri(inspector.snapshot, stateDir, receipt.plan, readTimeZone()), "start", false);
    await refresh();
  } catch (error) {
    if (!(error instanceof RestoreRefused) && !(error instanceof RestoreFailed)) throw error;
    void vscode.window.showErrorMessage(error.message);
  }
}

async function chooseHow(): Promise<How | undefined> {
  const items: (vscode.QuickPickItem & { readonly how: How })[] = [
    {
      label: l10n.t("Finish"),
      detail: l10n.t("The conversation is given back as planned; undo stays possible."),
      iconPath: new vscode.ThemeIcon("check"),
      how: "finish",
    },
    {
      label: l10n.t("Take Back"),
      detail: l10n.t("Everything is as it was before the restore began."),
      iconPath: new vscode.ThemeIcon("discard"),
      how: "take-back",
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t("Recover an Unfinished Restore"),
    placeHolder: l10n.t("Either way nothing is lost"),
  });
  return chosen?.how;
}

function howOf(argument: unknown): How | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const { how } = argument as Partial<Record<string, unknown>>;
  return how === "finish" || how === "take-back" ? how : undefined;
}
