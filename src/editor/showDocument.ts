import * as vscode from "vscode";

/**
 * Opens a text document of ours. `start` and `end` move the reader there; without either, one who had the document open
 * already stays where he was. A tab in preview is taken by what is opened next.
 */
export async function showDocument(uri: vscode.Uri, at?: "start" | "end", preview = true): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (at === undefined) return vscode.window.showTextDocument(document, { preview });
  const line = at === "start" ? 0 : lastLineWithText(document);
  // Given along, the place is where the editor opens; set afterwards, the top would flash up first.
  const selection = new vscode.Range(line, 0, line, 0);
  const editor = await vscode.window.showTextDocument(document, { preview, selection });
  // The line opened at is put in the middle; at the end that would leave half of the editor empty.
  if (vscode.window.activeTextEditor === editor) {
    await vscode.commands.executeCommand("revealLine", { lineNumber: line, at: at === "start" ? "top" : "bottom" });
  }
  return editor;
}

/** What is opened from a document does not take its place: a tab in preview becomes one that stays. */
export async function keepActiveTab(): Promise<void> {
  if (vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview) {
    await vscode.commands.executeCommand("workbench.action.keepEditor");
  }
}

export function isOpenInTab(uri: vscode.Uri): boolean {
  const key = uri.toString();
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.some((input) => input instanceof vscode.TabInputText && input.uri.toString() === key);
}

/** Texts end in a line break: the last line is empty. */
function lastLineWithText(document: vscode.TextDocument): number {
  const last = document.lineCount - 1;
  return last > 0 && document.lineAt(last).isEmptyOrWhitespace ? last - 1 : last;
}
