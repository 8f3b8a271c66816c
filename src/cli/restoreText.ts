import * as l10n from "@vscode/l10n";
import type { Conversation, Window } from "../core/conversation/model";
import { conversationLabel } from "../core/names/conversationLabel";
import { ReportWriter } from "../core/report/reportWriter";
import { outcomeSentence, receiptTitle } from "../core/restore/report/renderReceipt";
import { renderPlan } from "../core/restore/report/renderPlan";
import { type RestoreCheck, stoppers } from "../core/restore/restoreCheck";
import type { PlanSection } from "../core/restore/report/planReportOptions";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { CheckedPlan } from "../core/restore/restorePlan";
import { visibleText } from "../core/text/visibleText";
import type { EarlierChoice } from "./earlierChoice";
import { foldLines } from "./foldText";
import { writeNextSteps } from "./nextSteps";
import type { SuggestingOptions } from "./suggestedCommand";
import type { Terminal } from "./terminal";

export interface RestoreTextOptions extends SuggestingOptions {
  readonly timeZone: string | undefined;
}

/** What is restored, where that is known: gives names, counts and times. */
export interface PlanSubject {
  readonly conversation?: Conversation | undefined;
  readonly window?: Window | undefined;
  /** What `show` takes for it. */
  readonly name?: string | undefined;
  /** Where a word could mean several windows. */
  readonly choice?: EarlierChoice | undefined;
  /** Absolute path. */
  readonly vault?: string | undefined;
}

/**
 * A plan with its checks, as people read it before they say yes. Hashes, the places of backups and the diff of the index are
 * details, and warnings are none of a plan that is stopped anyway: both with `all` only.
 */
export function planText(
  planned: CheckedPlan,
  subject: PlanSubject,
  { timeZone, all }: RestoreTextOptions & { readonly all: boolean },
  { width }: Terminal,
): string {
  const { choice, conversation, window, vault } = subject;
  const stop = stoppers(planned.checks);
  const checks = all || stop.length === 0 ? planned.checks : stop;
  const plan = renderPlan(
    { ...planned, checks },
    {
      ...{ conversation, window, vault, timeZone, width, now: Date.now() },
      // In full: who is asked has to see what changes, to the letter.
      withText: true,
      ...(all ? {} : { sections: shortSections(planned) }),
    },
  );
  const chosen = choice ? `${foldLines(visibleText(choice.lines.join("\n")), width)}\n\n` : "";
  return chosen + plan.text + (all ? fineChecks(planned.checks, width) : "");
}

/** A plan that only waits for the gateway is worth reading; where anything else stops it, it will not happen so. */
function shortSections({ plan, checks }: CheckedPlan): readonly PlanSection[] {
  return plan && stoppers(checks).every(({ code }) => code === "gateway") ? ["sentences"] : [];
}

/** Whether something stands below the checks in `planText`, so that what stops the plan may have left the screen. */
export function isLongPlan(planned: CheckedPlan, all: boolean): boolean {
  return all || shortSections(planned).length > 0;
}

function fineChecks(checks: readonly RestoreCheck[], width: number | undefined): string {
  const writer = new ReportWriter(width ?? 100);
  for (const { level, text } of checks) if (level === "ok") writer.text("  ✓ ", text);
  const { text } = writer.finished();
  return text.trim() === "" ? "" : text;
}

/**
 * What was done, how it was verified, and what to do now. The plan stands above it already, so this is shorter than the document
 * about a receipt.
 */
export function receiptText(receipt: RestoreReceipt, options: RestoreTextOptions, { width }: Terminal): string {
  const { plan, verified, notes, directory } = receipt;
  const writer = new ReportWriter(width ?? 100);
  writer.title(receiptTitle(receipt, conversationLabel(plan.key)), "");
  writer.text("", outcomeSentence(receipt, options.timeZone));
  for (const sentence of verified) writer.text("  ✓ ", inShort(sentence, plan));
  for (const sentence of notes) writer.text("  ○ ", inShort(sentence, plan));
  writer.pieces("  ", [{ text: l10n.t("Receipt:") }, { text: directory, whole: true }]);
  writeNextSteps(writer, receipt, options);
  return `\n${writer.finished().text}`;
}

/** Paths from the state directory on, and beginnings of hashes: the receipt has them whole. */
function inShort(sentence: string, { stateDir }: RestoreReceipt["plan"]): string {
  return sentence
    .replaceAll(`${stateDir.realPath}/`, "")
    .replaceAll(`${stateDir.realPath}\\`, "")
    .replace(/\b([0-9a-f]{16})[0-9a-f]{48}\b/g, "$1…");
}
