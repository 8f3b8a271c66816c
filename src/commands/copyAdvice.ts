import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { mergedAdvice } from "../core/restore/configAdvice";
import type { RestorePlan } from "../core/restore/restorePlan";

/** What the plan says to write into the config, as one text to paste; false when it says nothing of the kind. */
export async function copyAdvice({ advice }: RestorePlan): Promise<boolean> {
  const text = mergedAdvice(advice);
  if (text === undefined) return false;
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(l10n.t("Copied {0}", text), 3000);
  return true;
}
