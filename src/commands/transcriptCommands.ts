import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { ReadError } from "../core/inspectorPort";
import { partKey } from "../core/render/partId";
import { makeSessionUri } from "../editor/sessionUri";
import { keepActiveTab } from "../editor/showDocument";
import type { CommandContext, CommandFactory } from "./commandContext";

/** Larger files are not opened as they are: VS Code would warn, and shows no more than a part of them well. Bytes. */
const largestRawFile = 50 * 1024 * 1024;

/** From a link (RawLineArgument), or the entry under the cursor. */
export const goToRawLine: CommandFactory = (context) => async (argument) => {
  const place = isRawLine(argument) ? argument : placeUnderCursor(context);
  if (!place) {
    void vscode.window.showInformationMessage(
      l10n.t("There is no entry at the cursor. Put it on one, then try again."),
    );
    return;
  }
  try {
    await keepActiveTab();
    await showRawLine(context, place);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    void vscode.window.showWarningMessage(error.message);
  }
};

/** Shows the parts that are elided in the lines of the selection; when there are none, those of the entry around it. */
export const showElidedHere: CommandFactory = (context) => () => changeExpanded(context, "show");

export const hideElidedHere: CommandFactory = (context) => () => changeExpanded(context, "hide");

/** Opens the raw file at a line; a file that cannot be shown as it is gives the one line as a document of its own. */
export async function showRawLine(
  { inspector }: CommandContext,
  { file, offset }: { readonly file: string; readonly offset: number },
): Promise<void> {
  const uri = vscode.Uri.file(file);
  const compressed = file.endsWith(".zst");
  const { size } = compressed ? { size: 0 } : await vscode.workspace.fs.stat(uri);
  const line = await inspector.lineNumberAt(file, offset);
  if (compressed || size > largestRawFile) {
    const title = l10n.t("line {0}", line);
    const folder = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    await vscode.commands.executeCommand(
      "vscode.open",
      makeSessionUri({ kind: "line", file, offset }, { title, folder }),
    );
    return;
  }
  await showRawFile(file, line);
}

/** Opens a file of OpenClaw's for reading. `line` counts from 1; without `preview` the file keeps its tab. */
export async function showRawFile(file: string, line?: number, preview = true): Promise<void> {
  const uri = vscode.Uri.file(file);
  if (line === undefined) {
    await vscode.commands.executeCommand("vscode.open", uri, { preview });
  } else {
    const selection = new vscode.Range(line - 1, 0, line - 1, 0);
    await vscode.window.showTextDocument(uri, { selection, preview });
  }
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.fsPath !== uri.fsPath || document.isDirty) return;
  await colourLines(document);
  // A key pressed by mistake would change what the gateway works with. VS Code has a command that undoes this.
  await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
}

/** An archive's extension is a time: `x.jsonl.reset.2026-07-21T09-15-11.944Z`. */
async function colourLines(document: vscode.TextDocument): Promise<void> {
  if (document.languageId !== "plaintext" || !document.uri.path.includes(".jsonl")) return;
  const known = await vscode.languages.getLanguages();
  const language = ["jsonl", "json"].find((it) => known.includes(it));
  if (language) await vscode.languages.setTextDocumentLanguage(document, language);
}

function placeUnderCursor({ documents }: CommandContext): { file: string; offset: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  const shown = editor && documents.get(editor.document.uri);
  if (!shown) return undefined;
  const { document, content } = shown;
  if (document.kind === "part" || document.kind === "line") return { file: content.file, offset: document.offset };
  const line = editor.selection.active.line;
  const entry = content.entries.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return entry && { file: content.file, offset: entry.offset };
}

async function changeExpanded({ documents }: CommandContext, what: "show" | "hide"): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const shown = editor && documents.get(editor.document.uri);
  if (!shown) return;
  const { start, end } = editor.selection;
  const { entries, links } = shown.content;
  const around = entries.filter(({ firstLine, lastLine }) => firstLine <= end.line && start.line <= lastLine);
  const expanded = new Set(shown.expanded);
  if (what === "hide") {
    const ofEntries = (key: string) => around.some(({ offset }) => key.startsWith(partKey(offset, "")));
    for (const key of [...expanded].filter(ofEntries)) expanded.delete(key);
  } else {
    const selected = partsBetween(links, start.line, end.line);
    const parts =
      selected.length > 0 ? selected : around.flatMap((it) => partsBetween(links, it.firstLine, it.lastLine));
    for (const key of parts) expanded.add(key);
  }
  if (expanded.size === shown.expanded.size) {
    const nothing = what === "show" ? l10n.t("Nothing is elided here.") : l10n.t("Nothing is shown in place here.");
    vscode.window.setStatusBarMessage(nothing, 3000);
    return;
  }
  const redrawn = whenTextChanges(editor.document);
  await documents.expand(editor.document.uri, expanded);
  await redrawn;
  // VS Code moves a cursor behind text that is replaced around it.
  const place = editor.document.lineAt(Math.min(start.line, editor.document.lineCount - 1)).range.start;
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.Default);
}

/** VS Code reads a changed document again when it gets to it. When it was closed meanwhile, nothing changes any more. */
function whenTextChanges(document: vscode.TextDocument): Promise<void> {
  return new Promise((resolve) => {
    const done = (changed: vscode.TextDocument): void => {
      if (changed !== document) return;
      subscription.dispose();
      resolve();
    };
    const subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => {
        done(event.document);
      }),
      vscode.workspace.onDidCloseTextDocument(done),
    );
  });
}

function partsBetween(
  links: readonly { readonly line: number; readonly target: { readonly kind: string } }[],
  first: number,
  last: number,
): readonly string[] {
  return links.flatMap(({ line, target }) =>
    first <= line && line <= last && isPart(target) ? partKey(target.offset, target.part) : [],
  );
}

function isPart(target: { readonly kind: string }): target is { kind: "part"; offset: number; part: string } {
  return target.kind === "part";
}

function isRawLine(value: unknown): value is { file: string; offset: number } {
  if (typeof value !== "object" || value === null) return false;
  const { file, offset } = value as Partial<Record<string, unknown>>;
  return typeof file === "string" && typeof offset === "number";
}
