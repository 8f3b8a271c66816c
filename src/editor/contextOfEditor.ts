import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { scheme } from "./contributions";
import { isRemoval } from "./explainName";
import { filesOf, findPlace } from "./findPlace";
import type { OpenDocuments } from "./openDocuments";
import { isRestorable, isRestorableFile } from "./restorable";
import { rotationOfTranscript } from "./rotationOfDocument";
import { readSessionUri } from "./sessionUri";
import { setContext } from "./settings";

/** Keeps the context keys that say what the active editor shows, so that buttons appear only where they do something. */
export function registerContextOfEditor(inspector: Inspector, documents: OpenDocuments): vscode.Disposable {
  const update = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    setContext("openclawSessions.rawTranscript", document !== undefined && isRawTranscript(document));
    if (document?.uri.scheme !== scheme) {
      setContext("openclawSessions.hasPrevious", false);
      setContext("openclawSessions.hasNext", false);
      setContext("openclawSessions.activeEnded", "no");
      setContext("openclawSessions.activeRestorable", false);
      setContext("openclawSessions.activePlan", "none");
      return;
    }
    const { content } = await documents.open(document.uri);
    if (vscode.window.activeTextEditor?.document !== document) return;
    setContext("openclawSessions.hasPrevious", content.previousPage !== undefined);
    setContext("openclawSessions.hasNext", content.nextPage !== undefined);
    const rotation = rotationOfTranscript(inspector, document.uri, content.file);
    setContext("openclawSessions.activeEnded", rotation ? (isRemoval(rotation) ? "removed" : "ended") : "no");
    setContext("openclawSessions.activeRestorable", isRestorableDocument(inspector, document.uri, content.file));
    setContext("openclawSessions.activePlan", content.planned?.subject.kind ?? "none");
  };
  // A document that is closed while it is read has no context any more.
  const updateQuietly = () => void update().catch(() => undefined);
  updateQuietly();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(updateQuietly),
    documents.onDidChange(updateQuietly),
    inspector.onDidChange(({ explained }) => {
      if (explained) updateQuietly();
    }),
  );
}

/** The transcript of a window that is not current, or one of its archives and checkpoints by itself. */
function isRestorableDocument({ snapshot }: Inspector, uri: vscode.Uri, file: string): boolean {
  const document = readSessionUri(uri);
  if (document?.kind !== "transcript") return false;
  const place = findPlace(snapshot, { file, windowId: document.windowId });
  const shown = place && filesOf(place.window).find(({ path }) => path === file);
  if (!place || !shown) return false;
  return shown === place.window.primary ? isRestorable(place.window) : isRestorableFile(shown);
}

/** Told by the first line: `.jsonl` files of others get no button. Trajectories name their schema in every line. */
function isRawTranscript(document: vscode.TextDocument): boolean {
  if (document.uri.scheme === scheme || !/\.jsonl($|\.)/.test(document.fileName)) return false;
  const beginning = document.lineAt(0).text.slice(0, 2_000);
  return /"type"\s*:\s*"session"/.test(beginning) || beginning.includes('"openclaw-trajectory"');
}
