import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { CheckedPlan } from "../core/restore/restorePlan";
import { visibleLine } from "../core/text/visibleText";
import { carryOut, type CarryOutOptions } from "./carryOut";
import { type ExitCode, Failure } from "./exitCode";
import { allReceipts, type PlacedReceipt, receiptNamed } from "./receipts";
import { commandLine } from "./suggestedCommand";
import type { Terminal } from "./terminal";

export interface UndoOptions extends CarryOutOptions {
  readonly gatewayIsStopped: boolean;
  readonly switchBack: boolean;
}

/** Takes a restore back; or, where something changed since, keeps that and points the key to what it had before. */
export async function undo(
  inspector: Inspector,
  id: string | undefined,
  options: UndoOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  await inspector.refresh();
  const all = await allReceipts(inspector, (message) => {
    terminal.hint(message);
  });
  const { stateDir, receipt } = id === undefined ? newestToUndo(all) : receiptNamed(all, id);
  refuseIfOver(receipt);
  const { restorer } = inspector;
  const planned = options.switchBack
    ? await restorer.planSwitchBack(stateDir, receipt.plan.id, options.gatewayIsStopped)
    : await restorer.planUndo(stateDir, receipt.plan.id, options.gatewayIsStopped);
  const exitCode = await carryOut(inspector, planned, { vault: await restorer.vaultOf(stateDir) }, options, terminal);
  if (!options.switchBack && !options.json && isChangedSince(planned)) {
    const words = ["undo", receipt.plan.id, "--switch-back"];
    terminal.hint(
      l10n.t(
        "`{0}` keeps what was said since as an earlier window, and points the key to what it had before.",
        commandLine(words, options),
      ),
    );
  }
  return exitCode;
}

/** Then there is another way. */
function isChangedSince({ checks }: CheckedPlan): boolean {
  return checks.some(({ code, level }) => code === "changed-since" && level === "blocker");
}

/**
 * Undoing an undo needs its id: who types `undo` twice goes back two steps, not to and fro. Finished ones only: what was taken
 * back or undone is over.
 */
function newestToUndo(all: readonly PlacedReceipt[]): PlacedReceipt {
  const candidates = all.filter(({ receipt: { outcome, plan } }) => outcome === "finished" && plan.kind !== "undo");
  const [newest] = candidates;
  if (!newest) {
    throw new Failure(
      all.length === 0
        ? l10n.t("Nothing was restored here yet, so there is nothing to undo.")
        : l10n.t("Every restore was undone already. `openclaw-sessions restores` lists them; an id undoes an undo."),
    );
  }
  const places = new Set(candidates.map(({ stateDir }) => stateDir));
  if (places.size > 1) {
    const lines = candidates
      .slice(0, 20)
      .map(({ stateDir, receipt }) => `  ${receipt.plan.id}  ${visibleLine(stateDir, 500)}`);
    throw new Failure(
      `${l10n.t("There are restores in several state directories. Name one of them:")}\n${lines.join("\n")}`,
    );
  }
  return newest;
}

function refuseIfOver({ outcome, plan, undoneBy }: RestoreReceipt): void {
  switch (outcome) {
    case "finished":
      return;
    case "undone":
      throw new Failure(
        undoneBy === undefined
          ? l10n.t("{0} was undone already.", plan.id)
          : l10n.t("{0} was undone already, by {1}. `openclaw-sessions undo {1}` brings it back.", plan.id, undoneBy),
      );
    case "taken-back":
    case "not-begun":
      throw new Failure(l10n.t("{0} changed nothing in the end, so there is nothing to undo.", plan.id));
    case "unfinished":
      throw new Failure(l10n.t("{0} was interrupted: `openclaw-sessions recover {0}` says how to end it.", plan.id));
  }
}
