import * as vscode from "vscode";
import { planKey, type PlanSubject } from "./planSubject";
import { readSessionUri } from "./sessionUri";

/** Closes the plan and its diff: what they say would happen has happened. */
export async function closePlan(subject: PlanSubject): Promise<void> {
  const key = planKey(subject);
  const isOf = (uri: vscode.Uri): boolean => {
    const document = readSessionUri(uri);
    return (document?.kind === "plan" || document?.kind === "entry") && planKey(document.plan) === key;
  };
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => {
      if (input instanceof vscode.TabInputText) return isOf(input.uri);
      return input instanceof vscode.TabInputTextDiff && isOf(input.modified);
    });
  await vscode.window.tabGroups.close(tabs, true);
}
