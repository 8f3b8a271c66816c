import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { SessionFile } from "../core/conversation/model";
import { ReadError } from "../core/inspectorPort";
import { parseFileName } from "../core/names/parseFileName";
import { tailStart } from "../core/transcript/page";
import { markedOf } from "../editor/conversationMarks";
import { findPlace } from "../editor/findPlace";
import { makeSessionUri, type SessionDocument } from "../editor/sessionUri";
import { sizeOf } from "../editor/readContent";
import type { WindowArgument } from "../editor/windowsOfRotation";
import { isOpenInTab, keepActiveTab, showDocument } from "../editor/showDocument";
import type { NodeSubject } from "../views/treeNode";
import { chooseWindow } from "./chooseWindow";
import type { CommandContext, CommandFactory } from "./commandContext";
import { subjectOfPlace, subjectsOf } from "./commandSubject";
import { tabTitle } from "./tabTitle";
import { showRawFile } from "./transcriptCommands";

/** From the tree (node ids), from a link ({file, windowId}), or by choosing from a list. */
export const openTranscript: CommandFactory = (context) => async (argument, selected) => {
  if (typeof argument === "string") {
    const subjects = subjectsOf(context, [argument, selected]);
    const preview = subjects.length === 1 && !isSecondClick(argument);
    for (const subject of subjects) await openSubject(context, subject, preview);
    return;
  }
  if (isWindowArgument(argument)) await keepActiveTab();
  const subject = isWindowArgument(argument) ? await subjectOfWindow(context, argument) : await chooseWindow(context);
  if (subject) await openSubject(context, subject);
};

async function subjectOfWindow(context: CommandContext, argument: WindowArgument): Promise<NodeSubject | undefined> {
  const place = findPlace(context.inspector.snapshot, argument);
  return place ? subjectOfPlace(place, argument.file) : chooseWindow(context);
}

/** From the Explorer or the editor title (addresses), or the active editor. */
export const openAsTranscript: CommandFactory = (context) => async (argument, selected) => {
  const active = vscode.window.activeTextEditor?.document.uri;
  const first = argument instanceof vscode.Uri ? argument : active;
  const uris = Array.isArray(selected) ? selected.filter((it) => it instanceof vscode.Uri) : [];
  const preview = uris.length <= 1;
  for (const uri of uris.length > 0 ? uris : first ? [first] : []) await openFile(context, uri.fsPath, preview);
};

export const openRaw: CommandFactory =
  (context) =>
  async (...args) => {
    const subjects = subjectsOf(context, args).filter(({ file }) => file !== undefined);
    if (subjects.length === 0) {
      void vscode.window.showInformationMessage(
        l10n.t("There is no file to open: select a conversation, or open a transcript."),
      );
    }
    const [clicked] = args;
    const preview = subjects.length <= 1 && !(typeof clicked === "string" && isSecondClick(clicked));
    for (const { file, line } of subjects) if (file) await showRawFile(file.path, line, preview);
  };

/** Between the clicks of a double click, ms: VS Code runs an item's command for each of them. */
const doubleClickWithin = 500;
let lastClick = { nodeId: "", at: 0 };

/** Like in the Explorer, a double click in the tree keeps the tab. */
function isSecondClick(nodeId: string): boolean {
  const before = lastClick;
  lastClick = { nodeId, at: Date.now() };
  return before.nodeId === nodeId && lastClick.at - before.at <= doubleClickWithin;
}

async function openSubject(context: CommandContext, subject: NodeSubject, preview = true): Promise<void> {
  const { file, window, title, agentId } = subject;
  if (!file) {
    const session = window?.sessionId ?? title;
    void vscode.window.showInformationMessage(
      l10n.t("Session {0} is known from other files only; its transcript is not on disk.", session),
    );
    return;
  }
  const open = openEnd(context, file.path);
  try {
    // A compressed file says nothing of the size of what is in it.
    const bytes = file.path.endsWith(".zst") ? await sizeOf(context.inspector, file.path) : file.bytes;
    const range = { kind: "tail", from: tailStart(bytes) } as const;
    // A run trace is no copy of its window: when the window's file is renamed, the trace stays where it is.
    const windowId = file.name.kind === "trajectory" ? undefined : window?.windowId;
    const document: SessionDocument = { kind: "transcript", file: file.path, windowId, range };
    const shown = { title: tabTitle(context.inspector.snapshot, subject), folder: agentId };
    const uri = open ?? makeSessionUri(document, shown);
    // What nobody looked at yet is told at the top.
    const at = hasNews(context, subject) ? "start" : isOpenInTab(uri) ? undefined : "end";
    await showDocument(uri, at, preview);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    void vscode.window.showWarningMessage(error.message);
  }
}

/** The current window of a conversation that was reset, and nobody knows of it yet. */
function hasNews({ inspector, seen }: CommandContext, { stateDir, agentId, key, window, file }: NodeSubject): boolean {
  if (stateDir === undefined || key === undefined || window?.kind !== "live") return false;
  if (file?.path !== window.primary?.path) return false;
  return markedOf(inspector.explanations, { stateDir, agentId, key }).unexpected.some((each) => seen.isUnseen(each));
}

/** A file that the user points at: known to the inspector or not. */
async function openFile(context: CommandContext, path: string, preview: boolean): Promise<void> {
  const place = findPlace(context.inspector.snapshot, { file: path });
  if (place) {
    await openSubject(context, subjectOfPlace(place, path), preview);
    return;
  }
  context.pointedAt(path);
  const { size, mtime } = await vscode.workspace.fs.stat(vscode.Uri.file(path));
  const [folder = "", base = ""] = path.split(/[/\\]/).slice(-2);
  const file: SessionFile = {
    path,
    name: parseFileName(base),
    bytes: size,
    mtimeMs: mtime,
    mode: 0,
    problem: undefined,
    head: undefined,
    index: undefined,
  };
  await openSubject(context, { agentId: folder, title: base, file }, preview);
}

/** The document at the end of this file that is open already: its address says where it began when it was opened. */
function openEnd({ documents }: CommandContext, file: string): vscode.Uri | undefined {
  const found = documents.all.find(({ document, content }) => {
    const growing = document.kind === "transcript" && document.range.kind === "tail";
    return growing && content.file === file && content.nextPage === undefined;
  });
  return found?.uri;
}

function isWindowArgument(value: unknown): value is WindowArgument {
  if (typeof value !== "object" || value === null || value instanceof vscode.Uri) return false;
  const { file, windowId } = value as Partial<Record<string, unknown>>;
  return typeof file === "string" && typeof windowId === "string";
}
