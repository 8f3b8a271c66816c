import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { RestorePlan } from "../core/restore/restorePlan";
import { Command } from "../editor/contributions";
import { findConversation } from "../editor/findConversation";
import type { Planned } from "../editor/restorePlans";
import type { CommandContext } from "./commandContext";

/** Says that it is done, with the way back and the way on. */
export async function tellApplied(context: CommandContext, planned: Planned, receipt: RestoreReceipt): Promise<void> {
  const { stateDir } = planned.subject;
  const [undo, start] = [l10n.t("Undo…"), l10n.t("Start Gateway")];
  const buttons = [...(planned.gateway.running === "yes" ? [] : [start]), undo];
  const chosen = await vscode.window.showInformationMessage(doneSentence(context, receipt.plan, stateDir), ...buttons);
  if (chosen === undo) await vscode.commands.executeCommand(Command.undoRestore, { stateDir, id: receipt.plan.id });
  if (chosen === start) await vscode.commands.executeCommand(Command.startGateway, { stateDir });
}

function doneSentence({ inspector }: CommandContext, plan: RestorePlan, stateDir: string): string {
  const { kind, agentId, key } = plan;
  const label = findConversation(inspector.snapshot, { stateDir, agentId, key })?.label ?? key;
  switch (kind) {
    case "restore":
      return l10n.t("{0} has its conversation back. What was verified is in the receipt.", label);
    case "undo":
      return l10n.t("{0} is as it was before the restore, byte for byte.", label);
    case "switch-back":
      return l10n.t("{0} points again to what was current before the restore. What was said since is kept.", label);
  }
}
