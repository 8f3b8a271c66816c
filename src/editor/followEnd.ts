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

/** Visible ranges and selection are still those from before the change when the change is announced. */
function wasAtEnd(
  { document, visibleRanges, selection }: vscode.TextEditor,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): boolean {
  const added = changes.reduce(
    (sum, { text, range }) => sum + lineBreaks(text) - (range.end.line - range.start.line),
    0,
  );
  // The text ends in a line break, and the line before it is a line of ours that tells that it is the end.
  const end = document.lineCount - 1 - added - 1;
  const lastVisible = Math.max(...visibleRanges.map((range) => range.end.line));
  return lastVisible >= end && selection.active.line >= end;
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
