import * as l10n from "@vscode/l10n";
import type { RestoreFiles } from "../restoreFiles";
import type { JournalLine, RestoreOutcome, RestoreReceipt } from "../restoreJournal";
import type { RestorePlan } from "../restorePlan";
import { inWords, withFaults } from "./fileFault";
import { parseJournal, type Journal } from "./journal";
import { readText } from "./readContent";
import { isPlanId } from "./soundPlan";
import { vaultPaths, type VaultPaths } from "./vaultPaths";

/** Every restore, undo and switch of a vault, newest first. What cannot be read is there too, and says so. */
export async function readReceipts(files: RestoreFiles, vault: string): Promise<readonly RestoreReceipt[]> {
  const told = withFaults(files);
  const paths = vaultPaths(vault);
  const receipts: RestoreReceipt[] = [];
  for (const name of await told.list(paths.restores)) {
    if (!isPlanId(name) || (await told.look(paths.restore(name))).kind !== "directory") continue;
    const receipt = await readReceipt(told, paths, name);
    if (receipt) receipts.push(receipt);
  }
  return markUndone(receipts).sort((a, b) => b.plan.createdAt - a.plan.createdAt || (a.plan.id < b.plan.id ? 1 : -1));
}

/** Restores that were begun and not ended. */
export async function readUnfinished(files: RestoreFiles, vault: string): Promise<readonly RestoreReceipt[]> {
  return (await readReceipts(files, vault)).filter(({ outcome }) => outcome === "unfinished");
}

/** Undefined when nothing was planned under this id: the journal was not even begun. */
export async function readReceipt(
  files: RestoreFiles,
  paths: VaultPaths,
  id: string,
): Promise<RestoreReceipt | undefined> {
  const directory = paths.restore(id);
  const file = paths.journal(id);
  try {
    if ((await files.look(file)).kind === "absent") return undefined;
    const text = await readText(files, file);
    return isCutOff(text) ? undefined : receiptOf(parseJournal(text), id, directory, file);
  } catch (error) {
    return unreadable(id, directory, [
      l10n.t(
        "The journal {0} cannot be read, so it is not known what became of this restore: {1}",
        file,
        inWords(error),
      ),
    ]);
  }
}

/**
 * Stopped while the plan was written: nothing was done yet. A power cut may leave zeros in place of what was not on the disk;
 * whatever else stands where a plan should is damage.
 */
function isCutOff(text: string): boolean {
  const written = text.replace(/\0+$/, "");
  const begin = written.slice(0, PLANNED.length);
  return !written.includes("\n") && PLANNED.startsWith(begin);
}

const PLANNED = '{"event":"planned",';

function receiptOf(journal: Journal, id: string, directory: string, file: string): RestoreReceipt {
  const { lines, damaged } = journal;
  const plan = plannedIn(lines);
  const damage = damaged.map((line) =>
    l10n.t("Line {0} of the journal {1} is damaged; what it said is not known.", line, file),
  );
  if (plan?.id !== id) {
    return unreadable(id, directory, [
      ...damage,
      l10n.t(
        "The journal {0} does not hold its plan, so this restore can neither be finished nor taken back by itself. Every content that it displaced is in the folder “objects” of the backup folder. When all is well, move the folder {1} elsewhere.",
        file,
        directory,
      ),
    ]);
  }
  return receiptOfPlan(plan, journal, directory, damage);
}

export function receiptOfPlan(
  plan: RestorePlan,
  { lines, damaged }: Journal,
  directory: string,
  damage: readonly string[] = [],
): RestoreReceipt {
  const verified = lines.findLast((line) => line.event === "verified");
  const end = lines.findLast((line) => line.event === "finished" || line.event === "taken-back");
  const undone = lines.findLast((line) => line.event === "undone");
  const why = lines.findLast((line) => line.event === "turned-back")?.why;
  return {
    plan,
    outcome: outcomeOf(lines, damaged.length > 0),
    endedAt: end?.at,
    verified: verified?.verified ?? [],
    notes: [...damage, ...(why === undefined ? [] : [why]), ...(end?.notes ?? [])],
    undoneBy: undone?.by,
    directory,
  };
}

/** What nobody planned and nobody can read, as a receipt: an unfinished one, so that it is looked at. */
function unreadable(id: string, directory: string, notes: readonly string[]): RestoreReceipt {
  const plan: RestorePlan = {
    schema: 1,
    id,
    kind: "restore",
    createdAt: 0,
    of: undefined,
    stateDir: { path: "", realPath: "" },
    agentId: "",
    key: "",
    from: undefined,
    to: undefined,
    source: undefined,
    changes: [],
    backups: [],
    entries: [],
    sentences: [l10n.t("The plan of the restore {0} cannot be read.", id)],
    advice: [],
  };
  return { plan, outcome: "unfinished", endedAt: undefined, verified: [], notes, undoneBy: undefined, directory };
}

export function plannedIn(lines: readonly JournalLine[]): RestorePlan | undefined {
  return lines.find((line) => line.event === "planned")?.plan;
}

function outcomeOf(lines: readonly JournalLine[], damaged: boolean): RestoreOutcome {
  let outcome: RestoreOutcome = damaged ? "unfinished" : "not-begun";
  for (const { event } of lines) {
    if (event === "begun" || event === "changing" || event === "turned-back") outcome = "unfinished";
    if (event === "finished" || event === "taken-back" || event === "undone") outcome = event;
  }
  return outcome;
}

/** An undo that finished, and was stopped before it wrote so into the journal of what it undid. */
function markUndone(receipts: readonly RestoreReceipt[]): RestoreReceipt[] {
  const undoneBy = new Map<string, string>();
  for (const { plan, outcome } of receipts) {
    if (plan.of !== undefined && (outcome === "finished" || outcome === "undone")) undoneBy.set(plan.of, plan.id);
  }
  return receipts.map((receipt) => {
    const by = undoneBy.get(receipt.plan.id);
    return receipt.outcome === "finished" && by !== undefined
      ? { ...receipt, outcome: "undone", undoneBy: by }
      : receipt;
  });
}
