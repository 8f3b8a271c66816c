import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { momentText } from "../core/report/moment";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { CheckedPlan } from "../core/restore/restorePlan";
import { visibleLine } from "../core/text/visibleText";
import { carryOut, type CarryOutOptions } from "./carryOut";
import { type ExitCode, Failure } from "./exitCode";
import { allReceipts, describeReceipt, type PlacedReceipt, receiptNamed } from "./receipts";
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
  const { stateDir, receipt } = id === undefined ? newestToUndo(all, options) : receiptNamed(all, id, options);
  refuseIfOver(receipt, all, options);
  const { restorer } = inspector;
  const planned = options.switchBack
    ? await restorer.planSwitchBack(stateDir, receipt.plan.id, options.gatewayIsStopped)
    : await restorer.planUndo(stateDir, receipt.plan.id, options.gatewayIsStopped);
  const exitCode = await carryOut(inspector, planned, { vault: await restorer.vaultOf(stateDir) }, options, terminal);
  if (!options.switchBack && !options.json && isChangedSince(planned)) {
    terminal.hint(
      l10n.t("This keeps what was said since as an earlier window, and points the key to what it had before:"),
    );
    // On a line of its own: it is copied.
    terminal.hint(`  ${commandLine(["undo", receipt.plan.id, "--switch-back"], options)}`);
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
function newestToUndo(all: readonly PlacedReceipt[], options: UndoOptions): PlacedReceipt {
  const candidates = all.filter(({ receipt: { outcome, plan } }) => outcome === "finished" && plan.kind !== "undo");
  const [newest] = candidates;
  if (!newest) {
    const undone = all.find(({ receipt: { outcome, plan } }) => outcome === "undone" && plan.kind !== "undo");
    if (undone) throw new Failure(undoneSentence(undone.receipt, all, options));
    throw new Failure(l10n.t("Nothing was restored here yet, so there is nothing to undo."));
  }
  const places = new Set(candidates.map(({ stateDir }) => stateDir));
  if (places.size > 1) {
    const lines = candidates
      .slice(0, 20)
      .map((each) => `${describeReceipt(each, options.timeZone)}  ${visibleLine(each.stateDir, 500)}`);
    throw new Failure(
      `${l10n.t("There are restores in several state directories. Name one of them:")}\n${lines.join("\n")}`,
    );
  }
  return newest;
}

function refuseIfOver(receipt: RestoreReceipt, all: readonly PlacedReceipt[], options: UndoOptions): void {
  const { outcome, plan } = receipt;
  switch (outcome) {
    case "finished":
      return;
    case "undone":
      throw new Failure(undoneSentence(receipt, all, options));
    case "taken-back":
    case "not-begun":
      throw new Failure(l10n.t("{0} changed nothing in the end, so there is nothing to undo.", plan.id));
    case "unfinished":
      throw new Failure(l10n.t("{0} was interrupted: `openclaw-sessions recover {0}` says how to end it.", plan.id));
  }
}

/** When and by what, and how to get it back: an undo is undone by its own id. */
function undoneSentence(
  { plan, undoneBy }: RestoreReceipt,
  all: readonly PlacedReceipt[],
  options: UndoOptions,
): string {
  if (undoneBy === undefined) return l10n.t("{0} was undone already.", plan.id);
  const by = all.find(({ receipt }) => receipt.plan.id === undoneBy)?.receipt;
  const command = commandLine(["undo", undoneBy], options);
  if (!by) return l10n.t("{0} was undone already, by {1}. To bring it back: `{2}`", plan.id, undoneBy, command);
  const when = momentText(by.endedAt ?? by.plan.createdAt, options.timeZone);
  return l10n.t(
    "{0} was undone already, at {1}, by {2}. To undo that, which brings it back: `{3}`",
    plan.id,
    when,
    undoneBy,
    command,
  );
}
