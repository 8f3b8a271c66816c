import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { readSessionUri } from "../editor/sessionUri";
import { readSetting } from "../editor/settings";
import type { ConversationsView } from "./conversationsView";
import { placeOfDocument } from "../editor/rotationOfDocument";

/** Selects the conversation of the active document, while the view is visible and the setting says so. */
export function registerAutoReveal(
  inspector: Inspector,
  view: ConversationsView,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const reveal = async (): Promise<void> => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const document = uri && readSessionUri(uri);
    if (!document || !view.visible || !readSetting("openclawSessions.tree.autoReveal")) return;
    const place = placeOfDocument(inspector, document);
    if (!place || view.selection.some(({ window }) => window?.windowId === place.window.windowId)) return;
    await view.reveal(place, { focus: false, expand: false });
  };
  // Nobody asked for it: that it failed is for the log.
  const tryReveal = (): void => {
    reveal().catch((error: unknown) => {
      log.error(`The conversation of the active document could not be selected: ${String(error)}`);
    });
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(tryReveal),
    view.onDidChangeVisibility(tryReveal),
  );
}
