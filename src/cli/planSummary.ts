import * as l10n from "@vscode/l10n";
import { messageCount } from "../core/index/transcriptIndex";
import { spanText } from "../core/report/moment";
import type { CheckedPlan, RestorePlan } from "../core/restore/restorePlan";
import { formatCount } from "../core/text/formatCount";
import { fitWidth } from "../core/text/displayWidth";
import { visibleLine } from "../core/text/visibleText";
import type { PlanSubject, RestoreTextOptions } from "./restoreText";
import { commandLine } from "./suggestedCommand";

/**
 * What stands directly above the question: at most six lines, so that all of it is on the screen with it. What is to be copied stays
 * whole, the rest is cut where the terminal ends.
 */
export function planSummary(
  { plan, checks }: CheckedPlan,
  subject: PlanSubject,
  options: RestoreTextOptions,
  width: number | undefined,
): readonly string[] {
  if (!plan) return [];
  const cut = (line: string): string => fitWidth(visibleLine(line, 1000), width ?? 100);
  const warnings = checks.filter(({ level }) => level === "warning");
  const [first] = warnings;
  return [
    ...(subject.choice === undefined ? [] : [cut(subject.choice.short)]),
    plan.kind === "restore" ? comesBack(subject, options) : cut(afterwards(plan)),
    ...(plan.kind === "undo" ? [] : [cut(fateOfCurrent(plan))]),
    ...(first ? [cut(warned(warnings.length, first.text))] : []),
    ...(subject.vault === undefined
      ? []
      : [l10n.t("Backup folder (the “vault”): {0}", visibleLine(subject.vault, 1000))]),
    l10n.t("To undo it: {0}", commandLine(["undo", plan.id], options)),
  ];
}

function comesBack({ window, name }: PlanSubject, options: RestoreTextOptions): string {
  const index = window?.primary?.index;
  const what = [
    ...(index ? [formatCount("message", messageCount(index.roles))] : []),
    spanText(window?.firstAt, window?.lastAt, options.timeZone),
  ].join(", ");
  if (name === undefined) return l10n.t("Comes back: {0}", what);
  const { stateDir } = options;
  const command = commandLine(["show", name], stateDir === undefined ? {} : { stateDir });
  return l10n.t("Comes back: {0}. To read it: {1}", what, command);
}

function afterwards({ key, to }: RestorePlan): string {
  return to === undefined
    ? l10n.t("Afterwards {0} has no session, as before.", key)
    : l10n.t("Afterwards session {0} is current under {1}.", to, key);
}

function fateOfCurrent({ kind, key, from, changes, entries }: RestorePlan): string {
  if (kind === "switch-back") return l10n.t("What was said since: kept as an earlier window");
  if (from === undefined) return l10n.t("What is current now: nothing is displaced");
  if (changes.some(({ role, after }) => role === "set-aside" && after.kind === "file")) {
    return l10n.t("What is current now: kept as an archive, under another name");
  }
  const other = entries.find((entry) => entry.key !== key && entry.before === undefined);
  return other
    ? l10n.t("What is current now: kept under the key {0}", other.key)
    : l10n.t("What is current now: stays on disk as it is");
}

function warned(count: number, first: string): string {
  return count === 1 ? l10n.t("1 warning: {0}", first) : l10n.t("{0} warnings, the first: {1}", count, first);
}
