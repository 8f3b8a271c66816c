import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { readSessionUri } from "../editor/sessionUri";
import { readSetting } from "../editor/settings";
import type { ConversationsView } from "./conversationsView";
import { placeOfDocument } from "../editor/rotationOfDocument";

/** Selects the conversation of the active document, while the view is visible and the setting says so. */
export function registerAutoReveal(inspector: Inspector, view: ConversationsView): vscode.Disposable {
  const reveal = async (): Promise<void> => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const document = uri && readSessionUri(uri);
    if (!document || !view.visible || !readSetting("openclawSessions.tree.autoReveal")) return;
    const place = placeOfDocument(inspector, document);
    if (!place || view.selection.some(({ window }) => window?.windowId === place.window.windowId)) return;
    await view.reveal(place, { focus: false, expand: false });
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(() => void reveal()),
    view.onDidChangeVisibility(() => void reveal()),
  );
}
