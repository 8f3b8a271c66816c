import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Finding, Severity } from "../core/findings/finding";
import type { Inspector } from "../core/inspectorPort";
import { formatNumber } from "../core/text/formatSize";
import { Command } from "../editor/contributions";
import { isOfSomebody } from "./findingNodes";

/** In the status bar: how many errors and warnings were found, in words; a click leads to them. */
export function registerFindingsStatus(inspector: Inspector): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("openclawSessions.findings", vscode.StatusBarAlignment.Right, 50);
  item.name = l10n.t("OpenClaw Findings");
  item.command = Command.showFindings;
  const show = (): void => {
    const shown = statusOf(inspector.explanations.findings.filter(isOfSomebody));
    if (!shown) {
      item.hide();
      return;
    }
    item.text = shown.text;
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.tooltip };
    item.show();
  };
  show();
  const subscription = inspector.onDidChange(({ explained }) => {
    if (explained) show();
  });
  return vscode.Disposable.from(item, subscription);
}

/** Undefined when there is nothing that calls for attention. */
export function statusOf(
  findings: readonly Finding[],
): { readonly text: string; readonly tooltip: string } | undefined {
  const count = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  const [errors, warnings, notes] = [count("error"), count("warning"), count("info")];
  if (errors + warnings === 0) return undefined;
  const worth = [...named(errors, "error"), ...named(warnings, "warning")];
  const all = [...worth, ...named(notes, "info")].join(", ");
  return {
    text: `$(history) ${worth.join(", ")}`,
    tooltip: l10n.t("OpenClaw Sessions found {0}. Show the findings.", all),
  };
}

function named(count: number, severity: Severity): readonly string[] {
  if (count === 0) return [];
  const number = formatNumber(count);
  switch (severity) {
    case "error":
      return [count === 1 ? l10n.t("1 error") : l10n.t("{0} errors", number)];
    case "warning":
      return [count === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", number)];
    case "info":
      return [count === 1 ? l10n.t("1 note") : l10n.t("{0} notes", number)];
  }
}
