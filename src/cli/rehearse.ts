import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import type { CheckedPlan } from "../core/restore/restorePlan";
import { RestoreRefused } from "../core/restore/restorer";
import { visibleLine } from "../core/text/visibleText";
import { attemptJson } from "./attemptJson";
import { type CarryOutOptions, withStepProgress } from "./carryOut";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes } from "./exitCode";
import { foldLines } from "./foldText";
import { type PlanSubject, planText } from "./restoreText";
import { shellWord } from "./shellWord";
import type { Terminal } from "./terminal";

/** The plan, carried out on a copy: nothing in the state directory changes, so nobody is asked. */
export async function rehearse(
  inspector: Inspector,
  planned: CheckedPlan,
  subject: PlanSubject,
  options: CarryOutOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!options.json) await terminal.write(planText(planned, subject, options, terminal));
  const rehearsed = await rehearsal(inspector, planned, options, terminal);
  if (options.json) {
    const attempt =
      rehearsed instanceof RestoreRefused
        ? ({ outcome: "refused", message: rehearsed.message } as const)
        : ({ outcome: "could-be-done", message: rehearsedSentence() } as const);
    const stateDir = rehearsed instanceof RestoreRefused ? null : rehearsed.stateDir;
    await terminal.write(
      `${escapedJson({ ...attemptJson(planned, attempt), ...options.more, rehearsedIn: stateDir })}\n`,
    );
  } else if (rehearsed instanceof RestoreRefused) terminal.hint(rehearsed.message);
  else {
    const lines = [
      rehearsedSentence(),
      ...rehearsed.receipt.verified.map((sentence) => `  ✓ ${visibleLine(sentence, 500)}`),
      l10n.t("Look at the copy; it may be deleted at any time:"),
      `  openclaw-sessions list --state-dir ${shellWord(rehearsed.stateDir)}`,
    ];
    await terminal.write(`\n${foldLines(lines.join("\n"), terminal.width)}\n`);
  }
  return rehearsed instanceof RestoreRefused ? exitCodes.notDone : exitCodes.fine;
}

function rehearsal(
  inspector: Inspector,
  planned: CheckedPlan,
  { onStop }: CarryOutOptions,
  terminal: Terminal,
): Promise<Awaited<ReturnType<Inspector["restorer"]["rehearse"]>> | RestoreRefused> {
  return withStepProgress(terminal, onStop, (progress, signal) =>
    inspector.restorer.rehearse(planned, progress, signal),
  ).catch((error: unknown) => {
    if (error instanceof RestoreRefused) return error;
    throw error;
  });
}

function rehearsedSentence(): string {
  return l10n.t("The plan was carried out on a copy, and the copy was verified. Nothing else was changed.");
}
