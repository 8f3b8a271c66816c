import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { View } from "../editor/contributions";
import { readSetting } from "../editor/settings";
import { placeOfDocument } from "../editor/rotationOfDocument";
import type { CommandFactory } from "./commandContext";
import { activeUri } from "./commandSubject";
import { fileOfDocument, readSessionUri } from "../editor/sessionUri";

export const refresh: CommandFactory = (context) => () => context.refresh();

/** Between the last letter that is typed and the tree that shows what matches, ms. */
const typingPause = 200;

/** The tree follows what is typed; leaving the box with Escape brings back what was shown before. */
export const filter: CommandFactory =
  ({ view }) =>
  () => {
    const before = view.filter;
    let accepted = false;
    let typing: NodeJS.Timeout | undefined;
    const box = vscode.window.createInputBox();
    box.title = l10n.t("Filter Conversations");
    box.placeholder = l10n.t("telegram, agent:main:main, 7254be28 …");
    box.prompt = l10n.t("Part of a name, a session key, a session id or a file name. Empty shows everything.");
    box.value = before;
    const apply = (text: string): void => {
      clearTimeout(typing);
      if (view.filter !== text.trim()) view.filter = text;
    };
    box.onDidChangeValue((text) => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        apply(text);
      }, typingPause);
    });
    box.onDidAccept(() => {
      accepted = true;
      apply(box.value);
      box.hide();
      void vscode.commands.executeCommand(`${View.conversations}.focus`);
    });
    box.onDidHide(() => {
      if (!accepted) apply(before);
      box.dispose();
    });
    box.show();
  };

export const clearFilter: CommandFactory =
  ({ view }) =>
  () => {
    view.filter = "";
  };

export const loadMore: CommandFactory =
  ({ view, findings }) =>
  (id) => {
    if (typeof id !== "string") return;
    for (const { provider } of [view, findings]) {
      const parent = provider.node(id)?.moreOf;
      if (parent !== undefined) provider.showMoreOf(parent);
    }
  };

export const revealActive: CommandFactory =
  ({ view, inspector }) =>
  async (uri) => {
    const document = uri instanceof vscode.Uri ? readSessionUri(uri) : readActive();
    if (!document) return;
    const place = placeOfDocument(inspector, document);
    if (place && (await view.reveal(place, { focus: true, expand: true }))) return;
    const name = document.kind === "explanation" ? document.rotationId : (fileOfDocument(document) ?? document.kind);
    void vscode.window.showInformationMessage(l10n.t("{0} belongs to no conversation that is shown.", name));
  };

/** Writes the setting, so the folder is there next time too. */
export const chooseStateDirectory: CommandFactory = () => async () => {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    title: l10n.t("Choose OpenClaw State Directories"),
    openLabel: l10n.t("Show Conversations"),
  });
  if (!chosen || chosen.length === 0) return;
  const all = new Set([...readSetting("openclawSessions.stateDirectories"), ...chosen.map((uri) => uri.fsPath)]);
  await vscode.workspace
    .getConfiguration()
    .update("openclawSessions.stateDirectories", [...all], vscode.ConfigurationTarget.Global);
};

export const showLog: CommandFactory =
  ({ log }) =>
  () => {
    log.show();
  };

function readActive() {
  const uri = activeUri();
  return uri && readSessionUri(uri);
}
