import * as vscode from "vscode";
import type { OpenDocuments } from "./openDocuments";
import type { SeenRotations } from "./seenRotations";

/** What a document in sight tells of was seen: in the header of a current window, in an earlier one, in an explanation. */
export function registerSeenDocuments(documents: OpenDocuments, seen: SeenRotations): vscode.Disposable {
  const look = (): void => {
    if (!vscode.window.state.focused) return;
    const told = vscode.window.visibleTextEditors.flatMap(({ document }) => documents.contentOf(document)?.told ?? []);
    seen.mark(told);
  };
  look();
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(look),
    vscode.window.onDidChangeWindowState(look),
    vscode.workspace.onDidChangeTextDocument(look),
    documents.onDidChange(look),
  );
}
