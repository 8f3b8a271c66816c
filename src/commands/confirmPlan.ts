import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { RestoreCheck } from "../core/restore/restoreCheck";
import type { Planned } from "../editor/restorePlans";

/** A modal question, as commands see it; tests answer it themselves, since nobody can click in them. */
export type Ask = (question: string, detail: string, button: string) => PromiseLike<boolean>;

export const askModally: Ask = async (question, detail, button) =>
  (await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) === button;

/** One question, with what will change in it. */
export async function askToApply(ask: Ask, { subject, checked: { plan, checks } }: Planned): Promise<boolean> {
  if (!plan) return false;
  const [question, button] = words(subject.kind);
  const warnings = checks.filter(({ level }) => level === "warning").length;
  const lines = [
    // What comes back, from where, and what becomes of the current one; the document behind the question says the rest.
    ...plan.sentences.slice(0, MOST_SENTENCES),
    ...(warnings > 0 ? [l10n.t("Warnings in the plan: {0}", warnings)] : []),
    l10n.t("Backups are made first; Undo Restore takes it back."),
  ];
  const detail = lines.map((line) => `• ${line}`).join("\n");
  return ask(question, detail, button);
}

const MOST_SENTENCES = 3;

/** A question of its own for what cannot be told from here; the answer holds for this plan alone. */
export async function askWord(ask: Ask, checks: readonly RestoreCheck[]): Promise<boolean> {
  const button = l10n.t("No Gateway Runs");
  const question = l10n.t("It cannot be told whether a gateway works on this state directory. Is it stopped?");
  const detail = [
    ...checks.map(({ text, remedy }) => (remedy === undefined ? `• ${text}` : `• ${text} ${remedy}`)),
    l10n.t("A gateway that runs would go on writing into the conversation that is set aside."),
  ].join("\n");
  return ask(question, detail, button);
}

function words(kind: Planned["subject"]["kind"]): readonly [question: string, button: string] {
  switch (kind) {
    case "restore":
      return [l10n.t("Restore this conversation?"), l10n.t("Restore")];
    case "undo":
      return [l10n.t("Undo this restore?"), l10n.t("Undo")];
    case "switch-back":
      return [l10n.t("Switch back to what was current before?"), l10n.t("Switch Back")];
  }
}
