import * as vscode from "vscode";
import { scheme } from "./contributions";

/**
 * Keeps the end of a growing transcript in view for a reader whose cursor is at the end and who sees it; everybody else
 * stays where he reads.
 */
export function registerFollowEnd(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document.uri.scheme !== scheme || contentChanges.length === 0) return;
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document && wasAtEnd(editor, contentChanges)) {
        editor.revealRange(document.lineAt(document.lineCount - 1).range, vscode.TextEditorRevealType.Default);
      }
    }
  });
}

/** The editor's visible ranges are still those from before the change when the change is announced. */
function wasAtEnd(
  { visibleRanges, selection }: vscode.TextEditor,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): boolean {
  const lastVisible = Math.max(...visibleRanges.map(({ end }) => end.line));
  const firstChanged = Math.min(...changes.map(({ range }) => range.start.line));
  return lastVisible >= firstChanged && selection.active.line >= firstChanged - 1;
}
