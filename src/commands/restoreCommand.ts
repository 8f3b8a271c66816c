import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { findRotation, isRotationName, type RotationName } from "../editor/findRotation";
import { findWindow } from "../editor/findWindow";
import { mayWrite } from "../editor/mayWrite";
import { isRestorable, isRestorableFile } from "../editor/restorable";
import { placeOfDocument } from "../editor/rotationOfDocument";
import { readSessionUri } from "../editor/sessionUri";
import type { NodeSubject } from "../views/treeNode";
import { chooseRestorable, type Wanted } from "./chooseRestorable";
import { chooseTarget } from "./chooseTarget";
import type { CommandContext, CommandFactory } from "./commandContext";
import { activeUri, subjectsOf } from "./commandSubject";
import { planOf, showPlan } from "./showPlan";

/** From a tree (node ids), a lens or a notification (RotationName), a transcript's title (address), or from a list. */
export const restore: CommandFactory = (context) => async (argument) => {
  if (!(await mayWrite())) return;
  const wanted = await windowMeant(context, argument);
  const where = wanted && (await chooseTarget(context, wanted));
  if (!wanted || !where) return;
  const { stateDir, agentId, file } = wanted;
  await showPlan(context, {
    ...{ kind: "restore", stateDir, agentId, windowId: wanted.window.windowId, file },
    ...where,
  });
};

/** The same window, another place. */
export const changeTarget: CommandFactory = (context) => async (argument) => {
  const subject = planOf(context, argument)?.subject;
  if (subject?.kind !== "restore") return;
  const place = findWindow(context.inspector.snapshot, subject);
  if (!place) return;
  const { window, conversation } = place;
  const where = await chooseTarget(context, { ...subject, window, key: conversation?.key });
  if (where) await showPlan(context, { ...subject, ...where });
};

async function windowMeant(context: CommandContext, argument: unknown): Promise<Wanted | undefined> {
  const isNode = argument instanceof vscode.Uri || typeof argument === "string";
  if (!isNode && !isRotationName(argument)) {
    return chooseRestorable(context, l10n.t("Restore"), activeWindow(context));
  }
  const wanted = isNode ? wantedOf(subjectsOf(context, [argument])[0]) : windowOfRotation(context, argument);
  if (!wanted) {
    void vscode.window.showInformationMessage(
      l10n.t("There is nothing to give back here: the window is current, or its transcript is not on disk."),
    );
  }
  return wanted;
}

function windowOfRotation({ inspector }: CommandContext, name: RotationName): Wanted | undefined {
  const rotation = findRotation(inspector.explanations, name);
  if (!rotation) return undefined;
  const { stateDir, agentId, conversation, from, archive } = rotation;
  const key = conversation?.key;
  const place = findWindow(inspector.snapshot, { stateDir, agentId, windowId: from.windowId, key });
  if (!place) return undefined;
  // A window that came back meanwhile is current; the archive of this rotation is still there.
  const file = archive?.path === place.window.primary?.path ? undefined : archive?.path;
  if (file === undefined && !isRestorable(place.window)) return undefined;
  return { stateDir, agentId, window: place.window, file, key: place.conversation?.key ?? key };
}

function wantedOf(subject: NodeSubject | undefined): Wanted | undefined {
  const { stateDir, agentId, window, file, key } = subject ?? {};
  if (stateDir === undefined || agentId === undefined || !window) return undefined;
  if (file && file !== window.primary && isRestorableFile(file)) {
    return { stateDir, agentId, window, file: file.path, key };
  }
  return isRestorable(window) ? { stateDir, agentId, window, key } : undefined;
}

/** The one whose transcript is in front of the user. */
function activeWindow({ inspector }: CommandContext): string | undefined {
  const uri = activeUri();
  const document = uri && readSessionUri(uri);
  return document && placeOfDocument(inspector, document)?.window.windowId;
}
