import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Finding } from "../core/findings/finding";
import type { Inspector } from "../core/inspectorPort";
import { formatNumber } from "../core/text/formatSize";
import { Command } from "../editor/contributions";

/** The number of findings in the status bar, without those that are only good to know; a click leads to them. */
export function registerFindingsStatus(inspector: Inspector): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("openclawSessions.findings", vscode.StatusBarAlignment.Right, 50);
  item.name = l10n.t("OpenClaw Findings");
  item.command = Command.showFindings;
  const show = (): void => {
    const shown = statusOf(inspector.explanations.findings);
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
  const count = findings.filter(({ severity }) => severity !== "info").length;
  if (count === 0) return undefined;
  const tooltip =
    count === 1
      ? l10n.t("OpenClaw Sessions: 1 finding. Show it.")
      : l10n.t("OpenClaw Sessions: {0} findings. Show them.", formatNumber(count));
  return { text: `$(history) ${formatNumber(count)}`, tooltip };
}
