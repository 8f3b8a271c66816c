import * as l10n from "@vscode/l10n";
import { messageCount } from "../../index/transcriptIndex";
import { momentIn, spanText } from "../../report/moment";
import type { RenderedReport } from "../../report/renderedReport";
import { ReportWriter } from "../../report/reportWriter";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import type { RestoreCheck } from "../restoreCheck";
import type { CheckedPlan, RestorePlan } from "../restorePlan";
import { type PlanDiscretion, planDiscretion } from "./planDiscretion";
import type { PlanReportOptions, PlanSection } from "./planReportOptions";
import { writeAdded, writeAdvice, writeChecks, writeDisplaced, writeEntries, writeNumbered } from "./planSections";

/** What would happen, as a document that somebody reads before he says yes. Nothing of what was said stands in it. */
export function renderPlan({ plan, checks }: CheckedPlan, options: PlanReportOptions): RenderedReport {
  const discretion = planDiscretion(plan, options.conversation, options.withText ?? false);
  const writer = new ReportWriter(options.width ?? 100);
  const moment = plan && momentIn(plan.createdAt, options.timeZone);
  writer.title(planTitle(plan, discretion.label, options), moment ? `${moment.day} ${moment.time}` : "");
  writer.text("", verdict(checks, plan !== undefined));

  // What stops it is read first.
  const isStopped = plan === undefined || checks.some(({ level }) => level === "blocker" || level === "confirm");
  if (isStopped) writeCheckSection(writer, checks, discretion);
  if (plan === undefined) {
    writeFineSection(writer, checks);
    return writer.finished();
  }

  const report = { plan, discretion, options };
  const isWanted = (section: PlanSection): boolean => options.sections?.includes(section) ?? true;
  if (isWanted("sentences")) {
    writer.heading(l10n.t("What will happen"));
    writeNumbered(writer, plan.sentences, discretion);
  }
  if (!isStopped) writeCheckSection(writer, checks, discretion);
  if (isWanted("files")) {
    writer.heading(l10n.t("What it displaces"));
    writeDisplaced(writer, report);
  }
  if (
    isWanted("files") &&
    plan.changes.some(({ before, after }) => before.kind === "absent" && after.kind === "file")
  ) {
    writer.heading(l10n.t("What it adds"));
    writeAdded(writer, report);
  }
  if (isWanted("entries")) {
    writer.heading(l10n.t("The change in sessions.json"));
    writeEntries(writer, report);
  }
  if (isWanted("advice") && plan.advice.length > 0) {
    writer.heading(l10n.t("So that it does not happen again"));
    writeAdvice(writer, report);
  }
  if (isWanted("undo")) writeUndo(writer, plan);
  writeFineSection(writer, checks);
  return writer.finished();
}

function writeUndo(writer: ReportWriter, plan: RestorePlan): void {
  writer.heading(l10n.t("How to undo"));
  writer.pieces("  ", [
    { text: l10n.t("As long as nothing was changed since:") },
    { text: `openclaw-sessions undo ${plan.id}`, whole: true },
  ]);
  writer.text(
    "  ",
    l10n.t(
      "In the editor: OpenClaw Sessions: Undo Restore. Names, bytes and modes return exactly. Once the conversation went on, switching back keeps what was said since and points to what is current now.",
    ),
  );
}

function writeCheckSection(writer: ReportWriter, checks: readonly RestoreCheck[], discretion: PlanDiscretion): void {
  writer.heading(l10n.t("Checks"));
  writeChecks(writer, checks, discretion);
}

/** What is fine is told in a line, last. */
function writeFineSection(writer: ReportWriter, checks: readonly RestoreCheck[]): void {
  const fine = checks.filter(({ level }) => level === "ok").length;
  if (fine === 0) return;
  writer.blank();
  writer.text("", l10n.t("Checks that are fine: {0}", formatNumber(fine)));
}

/** `Restore main: 8,323 messages from 2026-03-01 04:00 – 2026-03-31 03:58`. */
function planTitle(plan: RestorePlan | undefined, label: string | undefined, options: PlanReportOptions): string {
  const name = label ?? l10n.t("a conversation");
  switch (plan?.kind ?? "restore") {
    case "undo":
      return l10n.t("Undo the restore of {0}", name);
    case "switch-back":
      return l10n.t("Switch {0} back to what was current before the restore", name);
    case "restore": {
      const index = options.window?.primary?.index;
      if (index === undefined) return l10n.t("Restore {0}", name);
      const from = options.window?.firstAt ?? index.firstAt;
      const until = options.window?.lastAt ?? index.lastAt;
      const count = formatCount("message", messageCount(index.roles));
      return from === undefined && until === undefined
        ? l10n.t("Restore {0}: {1}", name, count)
        : l10n.t("Restore {0}: {1} from {2}", name, count, spanText(from, until, options.timeZone));
    }
  }
}

function verdict(checks: readonly RestoreCheck[], isPlanned: boolean): string {
  const count = (level: RestoreCheck["level"]): number => checks.filter((check) => check.level === level).length;
  const [blockers, questions, warnings] = [count("blocker"), count("confirm"), count("warning")];
  if (blockers > 0 || !isPlanned) {
    return blockers === 1
      ? l10n.t("It cannot be done yet: one thing stops it. Nothing has been changed.")
      : l10n.t("It cannot be done yet: {0} things stop it. Nothing has been changed.", formatNumber(blockers));
  }
  if (questions > 0) return l10n.t("Nothing has been changed yet. Something has to be confirmed first.");
  return warnings === 0
    ? l10n.t("Nothing has been changed yet. All checks are fine.")
    : l10n.t("Nothing has been changed yet. Nothing stops it; please read the warnings.");
}
