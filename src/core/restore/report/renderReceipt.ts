import * as l10n from "@vscode/l10n";
import { momentIn, momentText } from "../../report/moment";
import type { RenderedReport } from "../../report/renderedReport";
import { ReportWriter } from "../../report/reportWriter";
import type { RestoreReceipt } from "../restoreJournal";
import { planDiscretion } from "./planDiscretion";
import type { PlanReportOptions } from "./planReportOptions";
import { writeAdded, writeAdvice, writeDisplaced, writeEntries, writeNumbered } from "./planSections";

/** What was done, as a document: for reading later, when somebody wants to know what happened to a file. */
export function renderReceipt(receipt: RestoreReceipt, options: PlanReportOptions): RenderedReport {
  const { plan, outcome, endedAt, verified, notes, directory } = receipt;
  const discretion = planDiscretion(plan, options.conversation, options.withText ?? false);
  const writer = new ReportWriter(options.width ?? 100);
  const moment = momentIn(endedAt ?? plan.createdAt, options.timeZone);
  writer.title(receiptTitle(receipt, discretion.label), moment ? `${moment.day} ${moment.time}` : "");
  writer.text("", outcomeSentence(receipt, options.timeZone));

  const report = { plan, discretion, options };
  writer.heading(outcome === "finished" || outcome === "undone" ? l10n.t("What was done") : l10n.t("What was planned"));
  writeNumbered(writer, plan.sentences, discretion);
  if (verified.length > 0) {
    writer.heading(l10n.t("What was verified"));
    for (const sentence of verified) writer.text("  ✓ ", discretion.text(sentence));
  }
  if (notes.length > 0) {
    writer.heading(l10n.t("Good to know"));
    for (const sentence of notes) writer.text("  ○ ", discretion.text(sentence));
  }
  writer.heading(l10n.t("What it displaced"));
  writeDisplaced(writer, report);
  if (plan.changes.some(({ before, after }) => before.kind === "absent" && after.kind === "file")) {
    writer.heading(l10n.t("What it added"));
    writeAdded(writer, report);
  }
  writer.heading(l10n.t("The change in sessions.json"));
  writeEntries(writer, report);
  if (plan.advice.length > 0 && outcome === "finished") {
    writer.heading(l10n.t("So that it does not happen again"));
    writeAdvice(writer, report);
  }
  writeNext(writer, receipt);
  writer.heading(l10n.t("Details"));
  writer.pieces("  ", [{ text: l10n.t("Receipt:") }, { text: plan.id, whole: true }]);
  writer.pieces("  ", [{ text: l10n.t("Journal:") }, { text: directory, whole: true }]);
  writer.text("  ", l10n.t("Planned at {0}.", momentText(plan.createdAt, options.timeZone)));
  return writer.finished();
}

export function receiptTitle({ plan, outcome }: RestoreReceipt, label: string | undefined): string {
  const name = label ?? l10n.t("a conversation");
  const isDone = outcome === "finished" || outcome === "undone";
  switch (plan.kind) {
    case "restore":
      return isDone ? l10n.t("Restored {0}", name) : l10n.t("Restore of {0}", name);
    case "undo":
      return isDone ? l10n.t("Undid the restore of {0}", name) : l10n.t("Undoing the restore of {0}", name);
    case "switch-back":
      return isDone ? l10n.t("Switched {0} back", name) : l10n.t("Switching {0} back", name);
  }
}

export function outcomeSentence({ outcome, endedAt, undoneBy }: RestoreReceipt, timeZone: string | undefined): string {
  const when = endedAt === undefined ? l10n.t("an unknown time") : momentText(endedAt, timeZone);
  switch (outcome) {
    case "not-begun":
      return l10n.t("It was planned and never begun: nothing was changed.");
    case "unfinished":
      return l10n.t("It was begun and not ended: finish it or take it back.");
    case "finished":
      return l10n.t("It was finished at {0}.", when);
    case "taken-back":
      return l10n.t("It was taken back at {0}: everything is as it was before.", when);
    case "undone":
      return undoneBy === undefined ? l10n.t("It was undone since.") : l10n.t("It was undone since, by {0}.", undoneBy);
  }
}

function writeNext(writer: ReportWriter, { plan, outcome }: RestoreReceipt): void {
  if (outcome === "unfinished") {
    writer.heading(l10n.t("What to do now"));
    const recover = `openclaw-sessions recover ${plan.id}`;
    writer.pieces("  ", [{ text: l10n.t("Finish it:") }, { text: `${recover} --finish`, whole: true }]);
    writer.pieces("  ", [{ text: l10n.t("Or take it back:") }, { text: `${recover} --take-back`, whole: true }]);
    writer.text("  ", l10n.t("The editor offers both."));
  }
  if (outcome !== "finished") return;
  writer.heading(l10n.t("What to do now"));
  writer.pieces("  ", [{ text: l10n.t("Start the gateway again:") }, { text: "openclaw gateway start", whole: true }]);
  writer.text("  ", l10n.t("Then send a message: the transcript grows, and no new archive appears."));
  writer.heading(l10n.t("How to undo"));
  writer.pieces("  ", [
    { text: l10n.t("As long as nothing was changed since:") },
    { text: `openclaw-sessions undo ${plan.id}`, whole: true },
  ]);
  writer.text("  ", l10n.t("In the editor: OpenClaw Sessions: Undo Restore."));
}
