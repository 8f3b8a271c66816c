import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Rotation } from "../core/rotation/rotation";
import { subjectLabel } from "../core/report/rotationSentence";
import { formatAge } from "../core/text/formatTime";
import { endedInShort } from "../editor/endedInShort";
import { explanationUri } from "../editor/explanationUri";
import { stateDirAmong } from "../editor/stateDirLabel";
import { rotationGroups } from "../editor/rotationGroups";
import { findRotation, isRotationName } from "../editor/findRotation";
import { rotationOfTranscript } from "../editor/rotationOfDocument";
import { readTimeZone } from "../editor/settings";
import { keepActiveTab } from "../editor/showDocument";
import type { NodeSubject } from "../views/treeNode";
import { endOf } from "../editor/lastRotation";
import type { CommandContext, CommandFactory } from "./commandContext";
import { activeUri, subjectsOf } from "./commandSubject";

/** From a tree (node ids), a link or a notification (RotationName), the editor's title, or by choosing from a list. */
export const explain: CommandFactory = (context) => async (argument, selected) => {
  const rotations = await rotationsMeant(context, argument, selected);
  // What a link leads to does not take the place of the document it is in.
  if (isRotationName(argument)) await keepActiveTab();
  for (const rotation of rotations) await showExplanation(rotation, rotations.length === 1);
};

async function rotationsMeant(
  context: CommandContext,
  argument: unknown,
  selected: unknown,
): Promise<readonly Rotation[]> {
  const { inspector } = context;
  if (isRotationName(argument)) {
    const rotation = findRotation(inspector.explanations, argument);
    if (!rotation) sayUnknown();
    return rotation ? [rotation] : [];
  }
  if (typeof argument === "string") {
    const subjects = subjectsOf(context, [argument, selected]);
    const rotations = subjects.flatMap((subject) => rotationOfSubject(context, subject) ?? []);
    if (rotations.length === 0) sayUnknown();
    return rotations;
  }
  const uri = argument instanceof vscode.Uri ? argument : activeUri();
  const rotation = (uri && rotationOfTranscript(inspector, uri)) ?? (await chooseRotation(context));
  return rotation ? [rotation] : [];
}

function sayUnknown(): void {
  void vscode.window.showInformationMessage(l10n.t("This reset is not known any more."));
}

function rotationOfSubject({ inspector }: CommandContext, subject: NodeSubject): Rotation | undefined {
  const { stateDir, rotationId, window } = subject;
  if (stateDir !== undefined && rotationId !== undefined) {
    return findRotation(inspector.explanations, { stateDir, rotationId });
  }
  return window && endOf(inspector.explanations, stateDir, window);
}

async function showExplanation(rotation: Rotation, preview: boolean): Promise<void> {
  const document = await vscode.workspace.openTextDocument(explanationUri(rotation, readTimeZone()));
  await vscode.window.showTextDocument(document, { preview });
}

/** What nobody asked for, then what somebody wanted; what machines do among themselves comes last. */
async function chooseRotation({ inspector }: CommandContext): Promise<Rotation | undefined> {
  const { explanations, snapshot } = inspector;
  const timeZone = readTimeZone();
  const now = Date.now();
  const items = rotationGroups(explanations.rotations).flatMap(({ name, rotations }) => [
    { label: name, kind: vscode.QuickPickItemKind.Separator },
    ...rotations.map((rotation) => ({
      label: subjectLabel(rotation),
      description: [
        ...stateDirAmong(rotation.stateDir, snapshot.stateDirs),
        ...(rotation.at === undefined ? [] : [formatAge(now - rotation.at)]),
      ].join(" · "),
      detail: endedInShort(rotation, timeZone),
      rotation,
    })),
  ]);
  const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly rotation?: Rotation }>(items, {
    title: l10n.t("Explain a Reset"),
    placeHolder: l10n.t("A conversation, a date or a cause"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.rotation;
}
