import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Snapshot } from "../core/conversation/model";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { Command } from "./contributions";
import { receiptUri } from "./planUri";
import type { ReplaceableInspector } from "./replaceableInspector";
import { readTimeZone } from "./settings";
import { showDocument } from "./showDocument";

/** At the start: a restore that was begun and not ended, because the machine or the editor went away, is offered to be ended. */
export function registerRecoveryOffer(
  inspector: ReplaceableInspector,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let disposed = false;
  const offer = async (): Promise<void> => {
    await inspector.ready;
    for (const { path } of inspector.snapshot.stateDirs) {
      const [unfinished] = await inspector.restorer.unfinished(path);
      if (unfinished && !disposed) await offerOne(inspector.snapshot, path, unfinished);
    }
  };
  offer().catch((error: unknown) => {
    log.error(`Unfinished restores could not be looked for: ${String(error)}`);
  });
  return new vscode.Disposable(() => {
    disposed = true;
  });
}

async function offerOne(snapshot: Snapshot, stateDir: string, { plan }: RestoreReceipt): Promise<void> {
  const [finish, takeBack, show] = [l10n.t("Finish"), l10n.t("Take Back"), l10n.t("Show")];
  const message = l10n.t(
    "A restore of {0} was interrupted. It can be finished or taken back; nothing is lost either way.",
    plan.key,
  );
  const buttons = vscode.workspace.isTrusted ? [finish, takeBack, show] : [show];
  const chosen = await vscode.window.showWarningMessage(message, ...buttons);
  if (chosen === show) await showDocument(receiptUri(snapshot, stateDir, plan, readTimeZone()), "start");
  const how = chosen === finish ? "finish" : chosen === takeBack ? "take-back" : undefined;
  if (how !== undefined) await vscode.commands.executeCommand(Command.recover, { stateDir, id: plan.id, how });
}
