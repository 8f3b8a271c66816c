import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { firstCause } from "../core/rotation/rotation";
import { Command } from "./contributions";
import { noticeText } from "./noticeText";
import type { NoticeWindow } from "./noticeWindow";
import type { Told } from "./rotationNotifier";
import { readSetting, readTimeZone } from "./settings";

/** Shows one notification, with buttons for what exists, and does what is chosen. */
export async function tellRotations(told: Told, window: NoticeWindow): Promise<void> {
  const actions = actionsOf(told);
  const message = noticeText(told, readTimeZone(), Date.now());
  const chosen = await window.show(message, [...actions.keys()]);
  if (chosen !== undefined) await actions.get(chosen)?.();
}

type Action = () => PromiseLike<unknown>;

function actionsOf({ rotations }: Told): ReadonlyMap<string, Action> {
  const [first, ...others] = rotations;
  const actions = new Map<string, Action>();
  if (!first) return actions;
  if (others.length > 0) {
    actions.set(l10n.t("Show Findings"), () => vscode.commands.executeCommand(Command.showFindings));
    actions.set(l10n.t("Explain…"), () => vscode.commands.executeCommand(Command.explain));
    return actions;
  }
  const { stateDir, id: rotationId, from } = first;
  actions.set(l10n.t("Explain"), () => vscode.commands.executeCommand(Command.explain, { stateDir, rotationId }));
  if (from.primary) {
    const argument = { file: from.primary.path, windowId: from.windowId };
    actions.set(l10n.t("Show Transcript"), () => vscode.commands.executeCommand(Command.openTranscript, argument));
  }
  actions.set(l10n.t("Don't Show for This Cause"), () => silence(firstCause(first)));
  return actions;
}

/** For every window on this machine, as long as the setting has it. */
async function silence(cause: string): Promise<void> {
  const id = "openclawSessions.notifications.silencedCauses";
  const causes = new Set([...readSetting(id), cause]);
  await vscode.workspace.getConfiguration().update(id, [...causes], vscode.ConfigurationTarget.Global);
}
