import * as l10n from "@vscode/l10n";
import { normalize } from "node:path";
import * as vscode from "vscode";
import { expandHome } from "../editor/settings";
import type { CommandContext, CommandFactory } from "./commandContext";
import { subjectsOf } from "./commandSubject";

/** In the explorer where the directory belongs to the workspace, else in the file manager of a desktop. */
export const revealDirectory: CommandFactory =
  (context) =>
  async (...args) => {
    const [directory] = directoriesOf(context, args);
    if (directory !== undefined) await showDirectory(directory);
  };

export async function showDirectory(directory: string): Promise<void> {
  const uri = vscode.Uri.file(directory);
  if (vscode.workspace.getWorkspaceFolder(uri)) {
    await vscode.commands.executeCommand("revealInExplorer", uri);
    return;
  }
  if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand("revealFileInOS", uri);
    return;
  }
  const copy = l10n.t("Copy Path");
  const message = l10n.t("{0} is on another machine, where no file manager can be opened from here.", directory);
  if ((await vscode.window.showInformationMessage(message, copy)) === copy)
    await vscode.env.clipboard.writeText(directory);
}

/** Takes directories out of the setting, wherever it stands, and rehearsals out of the list; nothing on disk changes. */
export const removeFromSettings: CommandFactory =
  (context) =>
  async (...args) => {
    const removed = new Set(directoriesOf(context, args));
    context.rehearsals.remove(removed);
    const id = "openclawSessions.stateDirectories";
    const configuration = vscode.workspace.getConfiguration();
    const values = configuration.inspect<readonly string[]>(id);
    const places = [
      [vscode.ConfigurationTarget.Global, values?.globalValue],
      [vscode.ConfigurationTarget.Workspace, values?.workspaceValue],
    ] as const;
    for (const [target, value] of places) {
      const left = value?.filter((path) => !removed.has(normal(expandHome(path, context.homeDir))));
      if (left && left.length < (value?.length ?? 0)) {
        await configuration.update(id, left.length > 0 ? left : undefined, target);
      }
    }
  };

function directoriesOf(context: CommandContext, args: readonly unknown[]): readonly string[] {
  return subjectsOf(context, args).flatMap(({ directory }) => (directory === undefined ? [] : normal(directory)));
}

/** `/state/`, `/./state` and `/state` are the same directory. */
function normal(path: string): string {
  const normalized = normalize(path);
  return normalized.length > 1 ? normalized.replace(/[/\\]$/, "") : normalized;
}
