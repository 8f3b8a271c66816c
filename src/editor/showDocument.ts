import * as vscode from "vscode";

/**
 * Opens a text document of ours. `start` and `end` move the reader there; without either, one who had the document open
 * already stays where he was.
 */
export async function showDocument(uri: vscode.Uri, at?: "start" | "end"): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  if (at === undefined) return editor;
  const line = at === "start" ? 0 : lastLineWithText(document);
  const place = new vscode.Position(line, 0);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.Default);
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
