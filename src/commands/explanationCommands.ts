import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { Command } from "../editor/contributions";
import { currentOf, earlierOf, type WindowArgument } from "../editor/windowsOfRotation";
import { findRotation } from "../editor/findRotation";
import { readSessionUri } from "../editor/sessionUri";
import type { Rotation } from "../core/rotation/rotation";
import type { CommandContext, CommandFactory } from "./commandContext";
import { activeUri } from "./commandSubject";

/** From the title of an explanation, or its address: the transcript that was set aside. */
export const openEarlierWindow: CommandFactory = (context) => (argument) =>
  openWindow(context, argument, earlierOf, l10n.t("The transcript of the earlier window is not on disk any more."));

/** Where the conversation goes on. */
export const openCurrentWindow: CommandFactory = (context) => (argument) =>
  openWindow(context, argument, currentOf, l10n.t("The conversation has no current window on disk."));

async function openWindow(
  { inspector }: CommandContext,
  argument: unknown,
  windowOf: (snapshot: CommandContext["inspector"]["snapshot"], rotation: Rotation) => WindowArgument | undefined,
  nothing: string,
): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : activeUri();
  const document = uri && readSessionUri(uri);
  const rotation = document?.kind === "explanation" ? findRotation(inspector.explanations, document) : undefined;
  const window = rotation && windowOf(inspector.snapshot, rotation);
  if (!window) {
    void vscode.window.showInformationMessage(nothing);
    return;
  }
  await vscode.commands.executeCommand(Command.openTranscript, window);
}
