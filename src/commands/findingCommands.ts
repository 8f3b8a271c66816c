import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Place } from "../core/evidence/evidence";
import type { Finding, Severity } from "../core/findings/finding";
import { ReadError } from "../core/inspectorPort";
import { discretionFor } from "../core/report/discretion";
import { renderFinding } from "../core/report/findingText";
import { formatNumber } from "../core/text/formatSize";
import { View } from "../editor/contributions";
import { findConversation } from "../editor/findConversation";
import { keepActiveTab } from "../editor/showDocument";
import { readTimeZone } from "../editor/settings";
import { shownFindings } from "../views/findingNodes";
import type { CommandContext, CommandFactory } from "./commandContext";
import { subjectsOf } from "./commandSubject";
import { openPlace } from "./openPlace";

export const showFindings: CommandFactory = () => () => vscode.commands.executeCommand(`${View.findings}.focus`);

export const filterFindings: CommandFactory =
  ({ findings, inspector }) =>
  async () => {
    const count = (least: Severity) => formatNumber(shownFindings(inspector.explanations, least).length);
    const items: (vscode.QuickPickItem & { readonly least: Severity })[] = [
      { label: l10n.t("Everything"), description: count("info"), least: "info" },
      { label: l10n.t("Errors and warnings"), description: count("warning"), least: "warning" },
      { label: l10n.t("Errors"), description: count("error"), least: "error" },
    ];
    const chosen = await vscode.window.showQuickPick(
      items.map((item) => (item.least === findings.least ? { ...item, detail: l10n.t("shown now") } : item)),
      { title: l10n.t("Filter Findings by Severity") },
    );
    if (chosen) findings.least = chosen.least;
  };

export const clearFindingsFilter: CommandFactory =
  ({ findings }) =>
  () => {
    findings.least = "info";
  };

/** From the tree (node ids) or from a link (a place). */
export const openEvidence: CommandFactory = (context) => async (argument, selected) => {
  try {
    if (isPlace(argument)) {
      await keepActiveTab();
      await openPlace(context, argument);
      return;
    }
    const places = subjectsOf(context, [argument, selected]).flatMap(({ place }) => place ?? []);
    for (const place of places) await openPlace(context, place, places.length === 1);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    void vscode.window.showWarningMessage(error.message);
  }
};

/** To paste into a report: what the view says of it, line by line. */
export const copyFinding: CommandFactory =
  (context) =>
  async (...args) => {
    const findings = subjectsOf(context, args).flatMap(({ finding }) => finding ?? []);
    if (findings.length === 0) return;
    await vscode.env.clipboard.writeText(findings.map((finding) => findingText(context, finding)).join("\n"));
    vscode.window.setStatusBarMessage(l10n.t("Copied {0}", findings[0]?.title ?? ""), 3000);
  };

export const markAllSeen: CommandFactory =
  ({ seen, inspector }) =>
  () => {
    seen.mark(inspector.explanations.rotations);
  };

/** Names of people and keys are left out: what is copied is pasted into public threads. */
function findingText({ inspector }: CommandContext, finding: Finding): string {
  const conversation = findConversation(inspector.snapshot, finding.subject);
  return renderFinding(finding, { discretion: discretionFor(conversation, false), timeZone: readTimeZone() }).text;
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null || value instanceof vscode.Uri) return false;
  const { file, line, offset } = value as Partial<Record<string, unknown>>;
  const isCount = (it: unknown) => it === undefined || typeof it === "number";
  return typeof file === "string" && isCount(line) && isCount(offset);
}
