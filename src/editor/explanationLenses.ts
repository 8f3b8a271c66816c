import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { Command, Language, scheme } from "./contributions";
import { findRotation, type RotationName } from "./findRotation";
import type { OpenDocuments } from "./openDocuments";
import { readSessionUri } from "./sessionUri";
import { currentOf, earlierOf } from "./windowsOfRotation";

/** Above an explanation: the ways to what somebody wants who has just lost a conversation. */
export function registerExplanationLenses(inspector: Inspector, documents: OpenDocuments): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    documents.onDidChange(() => {
      changed.fire();
    }),
    inspector.onDidChange(({ explained, structure }) => {
      if (explained || structure) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme, language: Language.explanation },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses: ({ uri }) => lensesOf(inspector, uri),
      },
    ),
  );
}

function lensesOf({ explanations, snapshot }: Inspector, uri: vscode.Uri): vscode.CodeLens[] {
  const document = readSessionUri(uri);
  const rotation = document?.kind === "explanation" ? findRotation(explanations, document) : undefined;
  if (!rotation) return [];
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (title: string, command: string, argument: unknown) =>
    new vscode.CodeLens(top, { title, command, arguments: [argument] });
  const earlier = earlierOf(snapshot, rotation);
  const current = currentOf(snapshot, rotation);
  const config = snapshot.stateDirs.find(({ path }) => path === rotation.stateDir)?.configPath;
  const name: RotationName = { stateDir: rotation.stateDir, rotationId: rotation.id };
  return [
    ...(earlier ? [lens(l10n.t("Restore…"), Command.restore, name)] : []),
    ...(earlier ? [lens(l10n.t("Open the earlier window"), Command.openTranscript, earlier)] : []),
    ...(current ? [lens(l10n.t("Open the current window"), Command.openTranscript, current)] : []),
    ...(config === undefined
      ? []
      : [lens(l10n.t("Open {0}", config.split(/[/\\]/).at(-1) ?? config), Command.openEvidence, { file: config })]),
  ];
}
