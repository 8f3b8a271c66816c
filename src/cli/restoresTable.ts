import * as l10n from "@vscode/l10n";
import { minuteText } from "../core/report/moment";
import type { RestoreOutcome } from "../core/restore/restoreJournal";
import type { PlanKind } from "../core/restore/restorePlan";
import { visibleLine } from "../core/text/visibleText";
import { foldLine } from "./foldText";
import type { PlacedReceipt } from "./receipts";
import type { Style } from "./terminal";

export interface RestoresTableOptions {
  readonly width: number | undefined;
  readonly style: Style;
  readonly timeZone: string | undefined;
}

/**
 * Three lines per restore, beneath the path of its state directory: when, what and what became of it; key and session ids; the
 * id that `undo` takes and the directory of the receipt. Keys and paths are too long for columns.
 */
export function* restoresTable(all: readonly PlacedReceipt[], options: RestoresTableOptions): Generator<string> {
  const { style, width } = options;
  for (const stateDir of new Set(all.map((each) => each.stateDir))) {
    yield `${style.bold(foldLine(visibleLine(stateDir, 1000), width))}\n`;
    for (const { receipt } of all.filter((each) => each.stateDir === stateDir)) {
      const { plan, outcome, directory, undoneBy } = receipt;
      const when = minuteText(plan.createdAt, options.timeZone);
      const what = `${when}  ${planKindName(plan.kind)} · ${outcomeName(outcome, undoneBy)}`;
      yield `  ${outcome === "unfinished" ? style.warning(what) : what}\n`;
      const change = `${visibleLine(plan.key, 200)}: ${sessionName(plan.from)} → ${sessionName(plan.to)}`;
      yield `${foldLine(`    ${change}`, width)}\n`;
      yield `${style.dim(foldLine(`    ${plan.id}  ${visibleLine(directory, 1000)}`, width))}\n`;
    }
  }
}

export function planKindName(kind: PlanKind): string {
  switch (kind) {
    case "restore":
      return l10n.t("restore");
    case "undo":
      return l10n.t("undo");
    case "switch-back":
      return l10n.t("switch back");
  }
}

function outcomeName(outcome: RestoreOutcome, undoneBy: string | undefined): string {
  switch (outcome) {
    case "not-begun":
      return l10n.t("not begun, nothing was changed");
    case "unfinished":
      return l10n.t("interrupted");
    case "finished":
      return l10n.t("done");
    case "taken-back":
      return l10n.t("taken back");
    case "undone":
      return undoneBy === undefined ? l10n.t("undone") : l10n.t("undone by {0}", undoneBy);
  }
}

function sessionName(sessionId: string | undefined): string {
  return sessionId === undefined ? l10n.t("none") : visibleLine(sessionId, 80);
}
