import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { LookedAt, Snapshot } from "../core/conversation/model";
import type { Disposable, Inspector } from "../core/inspectorPort";
import type { Problem } from "../core/problem";
import { visibleLine } from "../core/text/visibleText";
import { View } from "../editor/contributions";
import { toTooltip } from "./treeItem";

type Row = LookedAt | Problem;

/**
 * The view "Where It Looked": every place where a state directory could have been, and why there is nothing to show. It is
 * there only below the welcome text of the conversations, which cannot name places.
 */
export function registerLookedAtView(inspector: Inspector): Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const subscription = inspector.onDidChange(() => {
    changed.fire(undefined);
  });
  const view = vscode.window.createTreeView<Row>(View.lookedAt, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row ? [] : rows(inspector.snapshot)),
      getTreeItem: toItem,
    },
  });
  return vscode.Disposable.from(changed, subscription, view);
}

function rows({ lookedAt, problems, stateDirs }: Snapshot): Row[] {
  return [...problems, ...stateDirs.flatMap((stateDir) => stateDir.problems), ...lookedAt];
}

function toItem(row: Row): vscode.TreeItem {
  if ("code" in row) {
    const item = new vscode.TreeItem(visibleLine(row.message));
    item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
    item.tooltip = toTooltip([{ name: l10n.t("Problem"), value: row.message }]);
    return item;
  }
  const { path, why, outcome } = row;
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const item = new vscode.TreeItem(visibleLine(path.slice(cut), 100));
  item.description = l10n.t(
    "{0} · in {1}",
    outcomeName(outcome),
    visibleLine(path.slice(0, Math.max(1, cut - 1)), 300),
  );
  item.iconPath = new vscode.ThemeIcon(icons[outcome]);
  item.tooltip = toTooltip([
    { name: l10n.t("Place"), value: path },
    { name: l10n.t("Why it was looked at"), value: why },
    { name: l10n.t("What was there"), value: outcomeName(outcome) },
  ]);
  return item;
}

const icons: Readonly<Record<LookedAt["outcome"], string>> = {
  "state directory": "check",
  absent: "circle-slash",
  "not a state directory": "folder",
  unreadable: "lock",
};

function outcomeName(outcome: LookedAt["outcome"]): string {
  switch (outcome) {
    case "state directory":
      return l10n.t("found");
    case "absent":
      return l10n.t("not there");
    case "not a state directory":
      return l10n.t("not a state directory");
    case "unreadable":
      return l10n.t("not readable");
  }
}
