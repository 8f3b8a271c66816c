import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { NodeSubject } from "../views/treeNode";
import type { CommandFactory } from "./commandContext";
import { subjectsOf } from "./commandSubject";

export const copyId = copy(
  ({ window }) => window?.sessionId,
  () => l10n.t("There is no session id to copy: select a conversation, or open a transcript."),
);

export const copyKey = copy(
  ({ key }) => key,
  () => l10n.t("There is no session key to copy: select a conversation, or open the transcript of one."),
);

export const copyPath = copy(
  ({ file, directory }) => file?.path ?? directory,
  () => l10n.t("There is no file to copy the path of: select a conversation, or open a transcript."),
);

/** Evidence, and what to do next, as the view shows it. */
export const copyText = copy(
  ({ text }) => text,
  () => l10n.t("There is nothing to copy: select a row beneath a finding."),
);

/** One line per thing, each thing once. */
function copy(get: (subject: NodeSubject) => string | undefined, nothing: () => string): CommandFactory {
  return (context) =>
    async (...args) => {
      const values = new Set(subjectsOf(context, args).flatMap((subject) => get(subject) ?? []));
      if (values.size === 0) {
        void vscode.window.showInformationMessage(nothing());
        return;
      }
      await vscode.env.clipboard.writeText([...values].join("\n"));
      vscode.window.setStatusBarMessage(
        l10n.t("Copied {0}", values.size === 1 ? [...values].join("") : values.size),
        3000,
      );
    };
}
