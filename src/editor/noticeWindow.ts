import * as vscode from "vscode";

/** A message in the corner of the editor, as the notifier sees it; tests put another in its place. */
export interface NoticeWindow {
  /** The button that was chosen; undefined when it was closed. */
  show(message: string, buttons: readonly string[]): Promise<string | undefined>;
  /** Something was done as asked, and can be taken back. */
  confirm(message: string, buttons: readonly string[]): Promise<string | undefined>;
}

export const noticeWindow: NoticeWindow = {
  show: async (message, buttons) => vscode.window.showWarningMessage(message, ...buttons),
  confirm: async (message, buttons) => vscode.window.showInformationMessage(message, ...buttons),
};
