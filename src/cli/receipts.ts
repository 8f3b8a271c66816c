import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { momentText } from "../core/report/moment";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { visibleLine } from "../core/text/visibleText";
import { Failure } from "./exitCode";
import { nothingFound } from "./locationProblems";
import { planKindName } from "./restoresTable";
import { MIN_PREFIX } from "./windowNames";

export interface PlacedReceipt {
  /** As found. */
  readonly stateDir: string;
  readonly receipt: RestoreReceipt;
}

/** Of all known state directories, newest first. What cannot be read is told, and does not hide the rest. */
export async function allReceipts(
  { snapshot, restorer }: Inspector,
  tellProblem: (message: string) => void,
): Promise<readonly PlacedReceipt[]> {
  const nothing = nothingFound(snapshot);
  if (nothing) throw new Failure(nothing.message);
  const placed: PlacedReceipt[] = [];
  for (const { path } of snapshot.stateDirs) {
    try {
      for (const receipt of await restorer.list(path)) placed.push({ stateDir: path, receipt });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tellProblem(
        l10n.t("The restores of {0} cannot be listed: {1}", visibleLine(path, 500), visibleLine(reason, 500)),
      );
    }
  }
  return placed.sort((one, other) => other.receipt.plan.createdAt - one.receipt.plan.createdAt);
}

/** By the id, its beginning, or the random digits at its end. */
export function receiptNamed(
  all: readonly PlacedReceipt[],
  word: string,
  { timeZone }: { readonly timeZone: string | undefined },
): PlacedReceipt {
  const exact = all.filter(({ receipt }) => receipt.plan.id === word);
  const meant =
    exact.length > 0 || word.length < MIN_PREFIX
      ? exact
      : all.filter(({ receipt: { plan } }) => plan.id.startsWith(word) || plan.id.endsWith(`-${word}`));
  const [only, ...others] = meant;
  const shown = visibleLine(word, 100);
  if (!only) {
    throw new Failure(l10n.t('No restore is known as "{0}". `openclaw-sessions restores` lists them.', shown));
  }
  if (others.length > 0) {
    const ids = meant.slice(0, 20).map((each) => describeReceipt(each, timeZone));
    throw new Failure(`${l10n.t('"{0}" can mean several restores. Name one of them:', shown)}\n${ids.join("\n")}`);
  }
  return only;
}

/** A line of a list to choose from: the id, when, what it was, and of which conversation. */
export function describeReceipt({ receipt: { plan } }: PlacedReceipt, timeZone: string | undefined): string {
  const facts = [momentText(plan.createdAt, timeZone), planKindName(plan.kind), visibleLine(plan.key, 100)];
  return `  ${plan.id}  ${facts.join(" · ")}`;
}
