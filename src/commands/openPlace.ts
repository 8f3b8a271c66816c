import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Place } from "../core/evidence/evidence";
import { pageOf, tailStart } from "../core/transcript/page";
import { findPlace, type Place as ModelPlace } from "../editor/findPlace";
import { makeSessionUri } from "../editor/sessionUri";
import { sizeOf } from "../editor/readContent";
import { isTranscript } from "../views/fileNodes";
import type { CommandContext } from "./commandContext";
import { subjectOfPlace } from "./commandSubject";
import { showDirectory } from "./directoryCommands";
import { tabTitle } from "./tabTitle";
import { showRawFile } from "./transcriptCommands";

/**
 * Shows where evidence stands: an entry of a transcript in our document of it, a line of any other file as text. A session's
 * own files are opened for reading; the config can be edited, as that is often what comes next.
 */
export async function openPlace(context: CommandContext, place: Place, preview = true): Promise<void> {
  const { file, line, offset } = place;
  const found = findPlace(context.inspector.snapshot, { file });
  // A line without an offset is looked up by the editor itself.
  if (found && isShownAsTranscript(found, file) && (offset !== undefined || line === undefined)) {
    await openEntry(context, found, file, offset ?? 0, preview);
    return;
  }
  const uri = vscode.Uri.file(file);
  const stat = await statOf(uri);
  if (!stat) {
    void vscode.window.showWarningMessage(l10n.t("The file has gone: {0}", file));
  } else if (stat.type & vscode.FileType.Directory) {
    await showDirectory(file);
  } else if (/\.json5?$/.test(file) && !found) {
    const at = Math.max(0, (line ?? 1) - 1);
    await vscode.window.showTextDocument(uri, { preview, selection: new vscode.Range(at, 0, at, 0) });
  } else {
    await showRawFile(file, line, preview);
  }
}

/** The page that holds the entry, scrolled to it. */
async function openEntry(
  context: CommandContext,
  found: ModelPlace,
  file: string,
  offset: number,
  preview: boolean,
): Promise<void> {
  const subject = subjectOfPlace(found, file);
  const end = tailStart(await sizeOf(context.inspector, file));
  const page = pageOf(offset);
  const range = page >= end ? ({ kind: "tail", from: end } as const) : ({ kind: "page", page } as const);
  const windowId = subject.file?.name.kind === "trajectory" ? undefined : found.window.windowId;
  const shown = { title: tabTitle(context.inspector.snapshot, subject), folder: subject.agentId };
  const uri = makeSessionUri({ kind: "transcript", file, windowId, range }, shown);
  const { content } = await context.documents.open(uri);
  const entry = content.entries.findLast((each) => each.offset <= offset);
  const line = entry?.firstLine ?? 0;
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview, selection: new vscode.Range(line, 0, line, 0) });
}

function isShownAsTranscript({ window }: ModelPlace, file: string): boolean {
  const files = [window.primary, ...window.copies, ...window.trajectories];
  const shown = files.find((each) => each?.path === file);
  return shown !== undefined && isTranscript(shown.name) && shown.problem === undefined;
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined; // absent, or not to be read: either way there is nothing to show
  }
}
