import * as l10n from "@vscode/l10n";
import type { Conversation, Window } from "../core/conversation/model";
import { conversationLabel } from "../core/names/conversationLabel";
import { ReportWriter } from "../core/report/reportWriter";
import { outcomeSentence, receiptTitle } from "../core/restore/report/renderReceipt";
import { renderPlan } from "../core/restore/report/renderPlan";
import type { RestoreCheck } from "../core/restore/restoreCheck";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { CheckedPlan } from "../core/restore/restorePlan";
import { formatNumber } from "../core/text/formatSize";
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
  /** Absolute path. */
  readonly vault?: string | undefined;
}

/** A plan with its checks, as people read it before they say yes. */
export function planText(
  planned: CheckedPlan,
  subject: PlanSubject,
  { timeZone, all }: RestoreTextOptions & { readonly all: boolean },
  { width }: Terminal,
): string {
  const shown = all ? planned : { ...planned, checks: withoutFineOnes(planned.checks) };
  // In full: who is asked has to see what changes, to the letter.
  return renderPlan(shown, { ...subject, timeZone, withText: true, width, now: Date.now() }).text;
}

/** Two dozen lines of what is fine would push what is not off the screen. */
function withoutFineOnes(checks: readonly RestoreCheck[]): readonly RestoreCheck[] {
  const fine = checks.filter(({ level }) => level === "ok");
  const [first] = fine;
  if (!first || fine.length < 3) return checks;
  const text = l10n.t("{0} more checks found nothing wrong; --all lists them.", formatNumber(fine.length));
  return [...checks.filter(({ level }) => level !== "ok"), { ...first, text }];
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
