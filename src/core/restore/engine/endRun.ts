import * as l10n from "@vscode/l10n";
import type { RestoreReceipt } from "../restoreJournal";
import { inWords } from "./fileFault";
import { openJournal, parseJournal } from "./journal";
import { readText } from "./readContent";
import { readReceipt, receiptOfPlan } from "./receipts";
import type { Run } from "./run";

/** After the end of a plan: the receipt for people, and a line in the journal of what was undone. */
export async function receiptAfter(run: Run): Promise<RestoreReceipt> {
  const { paths, plan } = run;
  await run.journal.close();
  const { lines } = run.journal;
  const receipt = receiptOfPlan(plan, { lines, damaged: [], torn: false }, paths.restore(plan.id));
  const notes: string[] = [];
  if (receipt.outcome === "finished" && plan.of !== undefined) {
    notes.push(...(await noting(() => writeUndone(run, plan.of ?? ""), paths.journal(plan.of))));
  }
  notes.push(...(await noting(() => writeReceipt(run, receipt), paths.receipt(plan.id))));
  return { ...receipt, notes: [...receipt.notes, ...notes] };
}

/** `receipt.json`: for people. Nobody reads it back; the journal is what counts. */
async function writeReceipt({ files, paths }: Pick<Run, "files" | "paths">, receipt: RestoreReceipt): Promise<void> {
  const path = paths.receipt(receipt.plan.id);
  const temporary = `${path}.tmp`;
  if ((await files.look(temporary)).kind !== "absent") await files.unlink(temporary);
  const file = await files.create(temporary, 0o600);
  try {
    await file.write(new TextEncoder().encode(`${JSON.stringify(receipt, undefined, 2)}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporary, path);
}

async function writeUndone({ files, paths, host, plan }: Run, of: string): Promise<void> {
  const path = paths.journal(of);
  if ((await files.look(path)).kind !== "file") return;
  const journal = openJournal(files, path, parseJournal(await readText(files, path)));
  try {
    await journal.write({ event: "undone", at: host.now(), by: plan.id });
  } finally {
    await journal.close();
  }
  const receipt = await readReceipt(files, paths, of);
  if (receipt) await writeReceipt({ files, paths }, receipt);
}

/** What is done is done: a failure here is told, and changes nothing about it. */
async function noting(act: () => Promise<void>, path: string): Promise<readonly string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    return [l10n.t("All is done, but {0} could not be written: {1}", path, inWords(error))];
  }
}
