import * as l10n from "@vscode/l10n";
import type { RestoreFiles } from "../restoreFiles";
import type { JournalLine, RestoreReceipt } from "../restoreJournal";
import { RestoreFailed, RestoreRefused } from "../restorer";
import { receiptAfter } from "./endRun";
import type { RecoverOptions } from "./engineHost";
import { inWords, withFaults } from "./fileFault";
import { expectOwnPlaces } from "./ownPlaces";
import { openJournal, parseJournal, type Journal } from "./journal";
import { indexIsLocked, takeLock, vaultIsBusy, type HeldLock } from "./lockFile";
import { readText } from "./readContent";
import { plannedIn, readReceipt, receiptOfPlan } from "./receipts";
import type { Run, WhatIsKnown } from "./run";
import { settle } from "./settle";
import { isPlanId } from "./soundPlan";
import { vaultPaths } from "./vaultPaths";
import { verifyChanges } from "./verifyChanges";

/**
 * Ends a restore that was begun and not ended, one way or the other: by what is on the disk, not by what the journal says was
 * last. May be stopped anywhere and called again. One that has ended is given back as it is.
 *
 * Throws RestoreRefused while another process is at work, RestoreFailed when something lies in the way; then nothing was touched.
 */
export async function recoverPlan(
  files: RestoreFiles,
  vault: string,
  id: string,
  how: "finish" | "take-back",
  options: RecoverOptions,
): Promise<RestoreReceipt> {
  const told = withFaults(files);
  const paths = vaultPaths(vault);
  if (!isPlanId(id)) throw new RestoreRefused(l10n.t("There is no restore {0} in {1}.", id, paths.restores));
  const before = await readReceipt(told, paths, id);
  if (!before) throw new RestoreRefused(l10n.t("There is no restore {0} in {1}.", id, paths.restores));
  if (before.outcome !== "unfinished") return before;
  let lock: HeldLock | undefined;
  try {
    lock = await takeLock(told, options, paths.lock, vaultIsBusy);
    const journal = parseJournal(await readText(told, paths.journal(id)));
    const plan = plannedIn(journal.lines);
    if (plan?.id !== id) throw new RestoreFailed(before.notes.join(" "), id);
    // Read again now that nobody else is at work: it may have been ended meanwhile.
    const receipt = receiptOfPlan(plan, journal, paths.restore(id));
    if (receipt.outcome !== "unfinished") return receipt;
    await expectOwnPlaces({ files: told, paths }, plan, options.directories);
    const run: Run = {
      files: told,
      host: options,
      paths,
      plan,
      journal: openJournal(told, paths.journal(id), journal),
      known: knownFrom(journal, plan.changes.length),
      notes: new Set(),
      progress: options.progress,
    };
    try {
      const indexLock = await lockIndexAgain(run);
      try {
        await end(run, how, options);
      } finally {
        await indexLock?.release().catch(() => undefined); // taken over by the next, once we are gone
      }
      return await receiptAfter(run);
    } finally {
      await run.journal.close();
    }
  } catch (error) {
    if (error instanceof RestoreFailed || error instanceof RestoreRefused) throw error;
    throw new RestoreFailed(
      l10n.t(
        "The restore {0} could not be ended: {1} Nothing is lost: everything that was displaced is in {2}, and {3} says how far it came. Do what helps, and try again.",
        id,
        inWords(error),
        paths.objects,
        paths.journal(id),
      ),
      id,
    );
  } finally {
    await lock?.release().catch(() => undefined); // the next one takes it over, once we are gone
  }
}

/** A lock beside the index is what the stopped process left, or that of a gateway at work; where there is none, none is used. */
async function lockIndexAgain(run: Run): Promise<HeldLock | undefined> {
  const index = run.plan.changes.find(({ role }) => role === "index");
  if (!index) return undefined;
  const lock = `${index.path}.lock`;
  if ((await run.files.look(lock)).kind !== "file") return undefined;
  return takeLock(run.files, run.host, lock, indexIsLocked, true);
}

async function end(run: Run, how: "finish" | "take-back", { now, verify }: RecoverOptions): Promise<void> {
  if (how === "take-back") {
    await run.journal.write({
      event: "turned-back",
      at: now(),
      why: l10n.t("It was taken back after an interruption."),
    });
    await settle(run, "before");
    await run.journal.write({ event: "taken-back", at: now(), notes: [...run.notes] });
    return;
  }
  await settle(run, "after");
  const verified = [...(await verifyChanges(run, "after")), ...((await verify?.()) ?? [])];
  await run.journal.write({ event: "verified", at: now(), verified });
  await run.journal.write({ event: "finished", at: now(), notes: [...run.notes] });
}

/** Where the journal is damaged, anything may have been begun. */
function knownFrom({ lines, damaged }: Journal, changes: number): WhatIsKnown {
  const changing = lines.filter(
    (line): line is Extract<JournalLine, { event: "changing" }> => line.event === "changing",
  );
  const begun = damaged.length > 0 ? [...Array(changes).keys()] : changing.map(({ n }) => n);
  const unlinked = changing.filter((line) => line.unlinked === true).map(({ n }) => n);
  return { begun: new Set(begun), unlinked: new Set(unlinked), untouched: new Set() };
}
