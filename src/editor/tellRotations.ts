import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { type CauseKind, firstCause } from "../core/rotation/rotation";
import { causeName } from "../core/report/causeName";
import { Command } from "./contributions";
import { noticeText } from "./noticeText";
import type { NoticeWindow } from "./noticeWindow";
import type { Told } from "./rotationNotifier";
import { readSetting, readTimeZone } from "./settings";

/** Shows one notification, with buttons for what exists, and does what is chosen. */
export async function tellRotations(told: Told, window: NoticeWindow): Promise<void> {
  const actions = actionsOf(told, window);
  const message = noticeText(told, readTimeZone(), Date.now());
  const chosen = await window.show(message, [...actions.keys()]);
  if (chosen !== undefined) await actions.get(chosen)?.();
}

type Action = () => PromiseLike<unknown>;

function actionsOf({ rotations }: Told, window: NoticeWindow): ReadonlyMap<string, Action> {
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
  // More than three buttons are cut. What was set aside is one click away from its explanation, too.
  if (from.primary && vscode.workspace.isTrusted) {
    actions.set(l10n.t("Restore…"), () => vscode.commands.executeCommand(Command.restore, { stateDir, rotationId }));
  } else if (from.primary) {
    const argument = { file: from.primary.path, windowId: from.windowId };
    actions.set(l10n.t("Show Transcript"), () => vscode.commands.executeCommand(Command.openTranscript, argument));
  }
  actions.set(l10n.t("Don't Show for This Cause"), () => silence(firstCause(first), window));
  return actions;
}

/** For every window on this machine, as long as the setting has it. */
async function silence(cause: CauseKind | "unknown", window: NoticeWindow): Promise<void> {
  const before = readSetting(silenced);
  await writeSilenced([...new Set([...before, cause])]);
  const [undo, settings] = [l10n.t("Undo"), l10n.t("Settings")];
  const message = l10n.t("Resets with this cause are not announced any more: {0}.", causeName(cause));
  const chosen = await window.confirm(message, [undo, settings]);
  if (chosen === undo) await writeSilenced(readSetting(silenced).filter((each) => each !== cause));
  if (chosen === settings) await vscode.commands.executeCommand("workbench.action.openSettings", silenced);
}

const silenced = "openclawSessions.notifications.silencedCauses";

async function writeSilenced(causes: readonly string[]): Promise<void> {
  await vscode.workspace.getConfiguration().update(silenced, causes, vscode.ConfigurationTarget.Global);
}
