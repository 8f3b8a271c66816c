import * as l10n from "@vscode/l10n";
import { mergedAdvice } from "../core/restore/configAdvice";
import type { ReportWriter } from "../core/report/reportWriter";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { commandLine, type SuggestingOptions } from "./suggestedCommand";

/** What is left to do once something was restored, undone or switched; commands stand on lines of their own, to be copied. */
export function writeNextSteps(
  writer: ReportWriter,
  { plan, outcome }: RestoreReceipt,
  options: SuggestingOptions,
): void {
  if (outcome !== "finished") return;
  writer.heading(l10n.t("What to do now"));
  let number = 0;
  const step = (sentence: string, command?: string): void => {
    number++;
    writer.text(`  ${String(number)}. `, sentence);
    if (command !== undefined) writer.pieces("       ", [{ text: command, whole: true }]);
  };
  const merged = mergedAdvice(plan.advice);
  if (merged !== undefined) {
    const file = plan.advice.find((advice) => advice.file !== undefined)?.file ?? "openclaw.json";
    const names = [...new Set(plan.advice.map(({ path }) => path[0] ?? ""))].join("`, `");
    // Pasted beside one that is there, the later one would win and the other be lost.
    step(l10n.t("Write into {0}; where `{1}` is there already, into that:", file, names), merged);
    for (const { why } of plan.advice) writer.text("     ", why);
  }
  step(l10n.t("Start the gateway:"), "openclaw gateway start");
  if (plan.to !== undefined) writeCheck(plan, step);
  writer.blank();
  writer.text("", plan.kind === "undo" ? l10n.t("To bring it back again:") : l10n.t("To take it back:"));
  writer.pieces("  ", [{ text: commandLine(["undo", plan.id], options), whole: true }]);
}

function writeCheck({ kind, changes }: RestoreReceipt["plan"], step: (sentence: string, file?: string) => void): void {
  // The transcript that messages go to from now on.
  const file = changes.find(({ role, after }) => role === "restored" && after.kind === "file")?.path;
  if (kind !== "restore") step(l10n.t("Send the agent a message and check where it goes."));
  else {
    const sentence = l10n.t(
      "Send the agent a message and check that it remembers. The transcript grows, and no new archive appears beside it:",
    );
    step(sentence, file);
  }
}
