import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { Command } from "./contributions";
import type { RestoreVerdict } from "./restoreWatch";

/** Says what came of a restore when the first message arrived. */
export async function tellWatched({ plan }: RestoreReceipt, verdict: RestoreVerdict): Promise<void> {
  if (verdict === "goes-on") {
    const message = l10n.t(
      "The restored conversation goes on: its transcript grew, {0} still points to it, and no new archive appeared.",
      plan.key,
    );
    await vscode.window.showInformationMessage(message);
    return;
  }
  const [findings, restores] = [l10n.t("Show Findings"), l10n.t("Show Restores")];
  const message = l10n.t(
    "{0} points to another transcript again: the restored conversation was set aside by a reset. The receipt says which setting prevents that.",
    plan.key,
  );
  const chosen = await vscode.window.showWarningMessage(message, restores, findings);
  if (chosen === restores) await vscode.commands.executeCommand(Command.showRestores);
  if (chosen === findings) await vscode.commands.executeCommand(Command.showFindings);
}
