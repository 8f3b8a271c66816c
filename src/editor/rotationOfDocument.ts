import type * as vscode from "vscode";
import { windowKey } from "../core/explanations";
import type { Inspector } from "../core/inspectorPort";
import { rotationSentence, subjectLabel } from "../core/report/rotationSentence";
import type { Rotation } from "../core/rotation/rotation";
import { findPlace, type Place } from "./findPlace";
import { findWindow } from "./findWindow";
import { findRotation } from "./findRotation";
import { fileOfDocument, readSessionUri, type SessionDocument, type TranscriptDocument } from "./sessionUri";
import { tellsSomething } from "./tellsSomething";
import { windowBefore } from "./windowBefore";

type Known = Pick<Inspector, "snapshot" | "explanations">;

/** The window that a document is about; of an explanation, the one that ended. */
export function placeOfDocument({ snapshot, explanations }: Known, document: SessionDocument): Place | undefined {
  if (document.kind === "explanation") {
    const from = findRotation(explanations, document)?.from;
    return from && findPlace(snapshot, { file: from.primary?.path ?? "", windowId: from.windowId });
  }
  if (document.kind === "plan" && document.plan.kind === "restore") return findWindow(snapshot, document.plan);
  const file = fileOfDocument(document);
  if (file === undefined) return undefined;
  return findPlace(snapshot, { file, windowId: document.kind === "transcript" ? document.windowId : undefined });
}

/**
 * How the window ended whose file this is: the rotation that made this archive, else the last one. The live file of a window
 * that was put back has not ended, whatever its archives say.
 */
export function rotationOf({ explanations }: Known, { stateDir, window }: Place, file: string): Rotation | undefined {
  const rotations = explanations.byWindow.get(windowKey(stateDir.path, window.windowId)) ?? [];
  const made = rotations.find(({ archive }) => archive?.path === file);
  if (made || (window.kind === "live" && window.primary?.path === file)) return made;
  return rotations.at(-1);
}

/** Undefined where there is nothing to say. */
export function causeSentence(
  { conversation }: Place,
  rotation: Rotation,
  timeZone: string | undefined,
): string | undefined {
  if (!tellsSomething(rotation)) return undefined;
  return rotationSentence(rotation, conversation?.label ?? subjectLabel(rotation), timeZone);
}

/** The sentences that a transcript shows now; they change when something was found out. */
export function whyOfDocument(
  known: Known,
  document: TranscriptDocument,
  file: string,
  timeZone: string | undefined,
): { readonly cause: string | undefined; readonly before: string | undefined } {
  const place = placeOfDocument(known, document);
  const rotation = place && rotationOf(known, place, file);
  return {
    cause: place && rotation && causeSentence(place, rotation, timeZone),
    before: place && windowBefore(known, place, file, timeZone)?.shown.sentence,
  };
}

/** How the window of a transcript document ended; `file` is the one it shows, when that is known. */
export function rotationOfTranscript(known: Known, uri: vscode.Uri, file?: string): Rotation | undefined {
  const document = readSessionUri(uri);
  if (document?.kind !== "transcript") return undefined;
  const place = placeOfDocument(known, document);
  return place && rotationOf(known, place, file ?? document.file);
}
