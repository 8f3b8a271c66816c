import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { ReadError } from "../core/inspectorPort";
import { KeepRefused, type KeepRequest } from "../core/keep/keptCopy";
import { mayWrite } from "../editor/mayWrite";
import { isAbort, withRestoreProgress } from "../editor/restoreProgress";
import { chooseRestorable, type Wanted } from "./chooseRestorable";
import type { CommandContext, CommandFactory } from "./commandContext";
import { subjectsOf } from "./commandSubject";
import { showDirectory } from "./directoryCommands";

/** A verified copy out of OpenClaw's reach. From the tree (several at once), a notification (KeepRequest[]), or from a list. */
export const keep: CommandFactory = (context) => async (argument, selected) => {
  if (!(await mayWrite())) return;
  const names = await namesMeant(context, argument, selected);
  if (names.length === 0 || !(await hasFolder(context))) return;
  await keepAll(context, names);
};

async function namesMeant(
  context: CommandContext,
  argument: unknown,
  selected: unknown,
): Promise<readonly KeepRequest[]> {
  if (Array.isArray(argument)) return argument.filter(isKeepRequest);
  if (argument !== undefined) {
    const found = subjectsOf(context, [argument, selected]).flatMap(({ stateDir, agentId, window, file }) => {
      if (stateDir === undefined || !window?.primary) return [];
      return { stateDir, agentId, windowId: window.windowId, file: file === window.primary ? undefined : file?.path };
    });
    if (found.length === 0) void vscode.window.showInformationMessage(nothingToKeep());
    return found;
  }
  const wanted: Wanted | undefined = await chooseRestorable(context, l10n.t("Keep a Copy"));
  return wanted ? [{ ...wanted, windowId: wanted.window.windowId }] : [];
}

async function keepAll(context: CommandContext, names: readonly KeepRequest[]): Promise<void> {
  const { inspector, refresh, log } = context;
  const paths: string[] = [];
  let wereKept = 0;
  try {
    await withRestoreProgress(l10n.t("Keeping a copy"), async (progress, signal) => {
      for (const [done, { stateDir, agentId, windowId, file }] of names.entries()) {
        progress({ step: "", done, total: names.length });
        const { path, wasKept } = await inspector.keeper.keep({ stateDir, agentId, windowId, file }, signal);
        paths.push(path);
        if (wasKept) wereKept++;
      }
    });
  } catch (error) {
    if (isAbort(error)) return;
    if (!(error instanceof ReadError) && !(error instanceof KeepRefused)) throw error;
    log.error(error.message);
    void vscode.window.showErrorMessage(error.message);
    if (paths.length === 0) return;
  }
  await refresh();
  tellKept(paths, wereKept).catch((error: unknown) => {
    log.error(`The folder of kept copies cannot be shown: ${String(error)}`);
  });
}

async function tellKept(paths: readonly string[], wereKept: number): Promise<void> {
  const [first] = paths;
  if (first === undefined) return;
  const show = l10n.t("Show Folder");
  const chosen = await vscode.window.showInformationMessage(keptSentence(paths, first, wereKept), show);
  if (chosen === show) await showDirectory(first.slice(0, Math.max(first.lastIndexOf("/"), first.lastIndexOf("\\"))));
}

function keptSentence(paths: readonly string[], first: string, wereKept: number): string {
  if (paths.length > 1) return l10n.t("{0} copies are kept and verified.", paths.length);
  if (wereKept === 1) return l10n.t("A copy was kept already: {0}", first);
  return l10n.t("A verified copy is kept: {0}", first);
}

/** Without a folder there is nowhere to keep anything: then one is chosen, for good. */
async function hasFolder({ inspector }: CommandContext): Promise<boolean> {
  if (inspector.keeper.folder !== undefined) return true;
  const choose = l10n.t("Choose Folder…");
  const message = l10n.t("There is no folder for kept copies yet. It must be outside every state directory.");
  if ((await vscode.window.showInformationMessage(message, choose)) !== choose) return false;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t("Keep Copies Here"),
    })) ?? [];
  if (!folder) return false;
  const target = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration().update("openclawSessions.keep.directory", folder.fsPath, target);
  // The setting makes another inspector, which knows the folder: `keep` is asked for again, of that one.
  return true;
}

function nothingToKeep(): string {
  return l10n.t("There is nothing to keep here: its transcript is not on disk.");
}

function isKeepRequest(value: unknown): value is KeepRequest {
  if (typeof value !== "object" || value === null) return false;
  const { stateDir, agentId, windowId, file } = value as Partial<Record<string, unknown>>;
  const isText = (it: unknown) => typeof it === "string";
  return isText(stateDir) && isText(agentId) && isText(windowId) && (file === undefined || isText(file));
}
