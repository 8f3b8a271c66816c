import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { View } from "../editor/contributions";
import { mayWrite } from "../editor/mayWrite";
import { entryUri, planUri } from "../editor/planUri";
import type { Planned } from "../editor/restorePlans";
import { isAbort, withRestoreProgress } from "../editor/restoreProgress";
import { readTimeZone } from "../editor/settings";
import { stateDirLabel } from "../editor/stateDirLabel";
import { RestoreRefused } from "../core/restore/restorer";
import type { CommandContext, CommandFactory } from "./commandContext";
import { activeUri } from "./commandSubject";
import { copyAdvice } from "./copyAdvice";
import { planAgain, planOf } from "./showPlan";

/** The entries of the index as they are and as they will be, side by side. */
export const showChange: CommandFactory = (context) => async (argument) => {
  const planned = planOf(context, argument);
  const plan = planned?.checked.plan;
  if (!planned || !plan) return;
  const index = plan.changes.find(({ role }) => role === "index")?.path ?? "sessions.json";
  const name = index.slice(Math.max(index.lastIndexOf("/"), index.lastIndexOf("\\")) + 1);
  const title = l10n.t("{0}: what changes", name);
  const bare = name.replace(/\.json$/, "");
  const [before, after] = [entryUri(planned.subject, "before", bare), entryUri(planned.subject, "after", bare)];
  await vscode.commands.executeCommand("vscode.diff", before, after, title, { preview: false });
};

/** Looks at everything once more, and makes the plan anew. */
export const checkAgain: CommandFactory = (context) => async (argument) => {
  const planned = planOf(context, argument);
  if (planned) await planAgain(context, planned.subject);
};

/** To the first thing that stands in the way. */
export const showBlockers: CommandFactory = (context) => async (argument) => {
  const planned = planOf(context, argument);
  if (planned) await showBlockersOf(context, planned);
};

export async function showBlockersOf({ inspector }: CommandContext, { subject }: Planned): Promise<void> {
  const uri = planUri(inspector.snapshot, subject, readTimeZone());
  const document = await vscode.workspace.openTextDocument(uri);
  // The marks of what stops it; words are translated.
  const { line } = document.positionAt(Math.max(0, document.getText().search(/^ {2}[✗?] /m)));
  await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(line, 0, line, 0) });
}

/** The plan on a copy, which is shown beside the real one. */
export const rehearse: CommandFactory = (context) => async (argument) => {
  if (!(await mayWrite())) return;
  const planned = planOf(context, argument);
  if (!planned) return;
  const { inspector, rehearsals, refresh } = context;
  try {
    const { stateDir } = await withRestoreProgress(l10n.t("Rehearsing on a copy"), (progress, signal) =>
      inspector.restorer.rehearse(planned.checked, progress, signal),
    );
    rehearsals.add(stateDir);
    await refresh();
    await vscode.commands.executeCommand(`${View.conversations}.focus`);
    void vscode.window.showInformationMessage(
      l10n.t(
        "The rehearsal went well. Its result is in the tree as {0}; the original was only read.",
        stateDirLabel(stateDir, inspector.snapshot.stateDirs),
      ),
    );
  } catch (error) {
    if (error instanceof RestoreRefused) void vscode.window.showErrorMessage(error.message);
    else if (!isAbort(error)) throw error;
  }
};

/** What to write into the config, as text: it is changed by its owner, in the editor. */
export const copySetting: CommandFactory =
  ({ documents }) =>
  async (argument) => {
    const uri = argument instanceof vscode.Uri ? argument : activeUri();
    const content = uri && documents.get(uri)?.content;
    const plan = content?.receipt?.plan ?? content?.planned?.checked.plan;
    if (plan && (await copyAdvice(plan))) return;
    void vscode.window.showInformationMessage(l10n.t("There is no setting to copy: open the receipt of a restore."));
  };
