import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { ReadError } from "../core/inspectorPort";
import { RestoreRefused } from "../core/restore/restorer";
import { planUri } from "../editor/planUri";
import type { PlanSubject } from "../editor/planSubject";
import type { Planned } from "../editor/restorePlans";
import { readTimeZone } from "../editor/settings";
import { showDocument } from "../editor/showDocument";
import { reporting } from "../editor/restoreProgress";
import type { CommandContext } from "./commandContext";
import { activeUri } from "./commandSubject";

/** Looks at everything and shows what would happen. What is shown already is looked at again. */
export async function showPlan(context: CommandContext, subject: PlanSubject): Promise<Planned | undefined> {
  const { documents, inspector } = context;
  try {
    const planned = await planAgain(context, subject);
    await showDocument(planUri(inspector.snapshot, subject, readTimeZone()), "start", false);
    return await documents.plans.of(planned.subject);
  } catch (error) {
    if (!(error instanceof ReadError) && !(error instanceof RestoreRefused)) throw error;
    void vscode.window.showWarningMessage(error.message);
    return undefined;
  }
}

/** Says so in the status bar: a look at a large transcript takes its time. */
export async function planAgain(
  { documents }: CommandContext,
  subject: PlanSubject,
  gatewayIsStopped = false,
): Promise<Planned> {
  const options = { location: vscode.ProgressLocation.Window, title: l10n.t("Looking before anything is changed") };
  const planned = await vscode.window.withProgress(options, (progress) =>
    documents.plans.again(subject, gatewayIsStopped, reporting(progress)),
  );
  documents.refreshKinds("plan", "entry");
  return planned;
}

/** What the plan at this address, or the active one, shows. */
export function planOf({ documents }: CommandContext, argument: unknown): Planned | undefined {
  const uri = argument instanceof vscode.Uri ? argument : activeUri();
  return uri && documents.get(uri)?.content.planned;
}
