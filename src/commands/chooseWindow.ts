import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { formatAge } from "../core/text/formatTime";
import { readTimeZone } from "../editor/settings";
import type { NodeSubject } from "../views/treeNode";
import { windowLabel, windowSubject } from "../views/windowNodes";
import type { CommandContext } from "./commandContext";

/** Asks for a window of any conversation, the most recent conversation first: the tree's way in without the tree. */
export async function chooseWindow({ inspector }: CommandContext): Promise<NodeSubject | undefined> {
  const when = { timeZone: readTimeZone(), now: Date.now() };
  const items = inspector.snapshot.stateDirs
    .flatMap((stateDir) => stateDir.agents)
    .flatMap((agent) => agent.conversations.map((conversation) => ({ agent, conversation })))
    .toSorted((a, b) => (b.conversation.lastActivityAt ?? 0) - (a.conversation.lastActivityAt ?? 0))
    .flatMap(({ agent, conversation: { label, key, windows } }) =>
      windows.map((window) => ({
        label,
        description: windowLabel(when, window),
        detail: [agent.id, ...(window.lastAt === undefined ? [] : [formatAge(when.now - window.lastAt)]), key].join(
          " · ",
        ),
        subject: windowSubject(when, { label, key }, window),
      })),
    );
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t("Open Transcript"),
    placeHolder: l10n.t("A conversation, a session key or a date"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.subject;
}
