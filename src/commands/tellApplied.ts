import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { RestorePlan } from "../core/restore/restorePlan";
import { Command } from "../editor/contributions";
import { findConversation } from "../editor/findConversation";
import type { Planned } from "../editor/restorePlans";
import type { CommandContext } from "./commandContext";
import { copyAdvice } from "./copyAdvice";

/** A button of a message, and what it does. */
interface Offer {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

/** Plans of which a message may still be on the screen. */
const told = new Set<string>();

/**
 * Says that it is done, with the way on and the way back. With a setting to change that comes first: a gateway that starts without
 * it resets the conversation again.
 */
export async function tellApplied(context: CommandContext, planned: Planned, receipt: RestoreReceipt): Promise<void> {
  const { plan } = receipt;
  const { stateDir } = planned.subject;
  const config = plan.advice.find(({ file }) => file !== undefined)?.file;
  const copy: Offer = {
    title: l10n.t("Copy Setting"),
    run: async () => {
      await copyAdvice(plan);
      await offer(copiedSentence(config), [...(config === undefined ? [] : [openOffer(config)]), ...others]);
    },
  };
  const start: Offer = {
    title: l10n.t("Start Gateway"),
    run: () => vscode.commands.executeCommand(Command.startGateway, { stateDir }),
  };
  const undo: Offer = {
    title: l10n.t("Undo…"),
    run: () => vscode.commands.executeCommand(Command.undoRestore, { stateDir, id: plan.id }),
  };
  const others = [...(planned.gateway.running === "yes" ? [] : [start]), undo];
  told.add(plan.id);
  try {
    await offer(doneSentence(context, plan, stateDir), [...(plan.advice.length > 0 ? [copy] : []), ...others]);
  } finally {
    told.delete(plan.id);
  }
}

/**
 * Once a plan was taken back, the message that it was done is wrong. VS Code lets nobody close it, but all messages can be sent to
 * the list behind the bell.
 */
export async function takeFromScreen(planId: string): Promise<void> {
  if (told.has(planId)) await vscode.commands.executeCommand("notifications.hideToasts");
}

async function offer(message: string, offers: readonly Offer[]): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(message, ...offers.map(({ title }) => title));
  await offers.find(({ title }) => title === chosen)?.run();
}

function openOffer(file: string): Offer {
  const run = () => vscode.commands.executeCommand(Command.openEvidence, { file });
  return { title: l10n.t("Open {0}", baseName(file)), run };
}

function copiedSentence(config: string | undefined): string {
  const name = config === undefined ? "openclaw.json" : baseName(config);
  return l10n.t("The setting is on the clipboard. Put it into {0}, then start the gateway.", name);
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function doneSentence({ inspector }: CommandContext, plan: RestorePlan, stateDir: string): string {
  const { kind, agentId, key } = plan;
  const label = findConversation(inspector.snapshot, { stateDir, agentId, key })?.label ?? key;
  switch (kind) {
    case "restore":
      return plan.advice.length > 0
        ? l10n.t("{0} has its conversation back. Change the setting before the gateway starts.", label)
        : l10n.t("{0} has its conversation back. What was verified is in the receipt.", label);
    case "undo":
      return l10n.t("{0} is as it was before the restore, byte for byte.", label);
    case "switch-back":
      return l10n.t("{0} points again to what was current before the restore. What was said since is kept.", label);
  }
}
