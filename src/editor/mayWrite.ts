import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";

/** What is asked of the editor; tests put another in its place. */
export interface TrustWindow {
  readonly isTrusted: boolean;
  /** The button that was chosen. */
  tell(message: string, button: string): PromiseLike<string | undefined>;
  manage(): PromiseLike<unknown>;
}

/**
 * Everything that writes asks first: settings of an untrusted folder must not lead us anywhere. Menus are off there too, but a
 * command can be run by other means than a menu.
 */
export async function mayWrite(window: TrustWindow = trustWindow): Promise<boolean> {
  if (window.isTrusted) return true;
  const manage = l10n.t("Manage Workspace Trust");
  const message = l10n.t(
    "Nothing is restored, kept or undone in an untrusted workspace. Trust it, or open a window without a folder.",
  );
  if ((await window.tell(message, manage)) === manage) await window.manage();
  return false;
}

const trustWindow: TrustWindow = {
  get isTrusted() {
    return vscode.workspace.isTrusted;
  },
  tell: (message, button) => vscode.window.showWarningMessage(message, button),
  manage: () => vscode.commands.executeCommand("workbench.trust.manage"),
};
