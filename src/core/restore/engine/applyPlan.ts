import * as l10n from "@vscode/l10n";
import type { FileChange } from "../fileChange";
import type { RestoreFiles } from "../restoreFiles";
import type { RestoreReceipt } from "../restoreJournal";
import type { RestorePlan } from "../restorePlan";
import { RestoreFailed, RestoreRefused } from "../restorer";
import { changeFile, expectState, NotAsPlanned } from "./changeFile";
import { receiptAfter } from "./endRun";
import type { ApplyOptions } from "./engineHost";
import { inWords, withFaults } from "./fileFault";
import { indexIsLocked, takeLock, vaultIsBusy, type HeldLock } from "./lockFile";
import { expectOwnPlaces } from "./ownPlaces";
import { prepareVault, writePlanned } from "./prepareVault";
import { readUnfinished } from "./receipts";
import type { Run } from "./run";
import { settle } from "./settle";
import { isSoundPlan } from "./soundPlan";
import { standingOf } from "./standing";
import { isStored, neededContents, storeContents } from "./storeContents";
import { vaultPaths } from "./vaultPaths";
import { verifyChanges } from "./verifyChanges";

/**
 * Carries out a plan, or none of it.
 *
 * Before anything changes: the plan is in the journal, and every content of both sides of every change is in the vault, verified
 * and synced. Each change is looked at again right before it is made; afterwards everything is read back. Any error on the way
 * turns round and takes back what was done.
 *
 * Throws RestoreRefused when nothing was changed or all was taken back, RestoreFailed when it could be neither.
 */
export async function applyPlan(
  files: RestoreFiles,
  vault: string,
  plan: RestorePlan,
  options: ApplyOptions,
): Promise<RestoreReceipt> {
  if (!isSoundPlan(plan))
    throw new RestoreRefused(l10n.t("The plan is not sound, so nothing was changed. Make a new plan."));
  const told = withFaults(files);
  const paths = vaultPaths(vault);
  const notes = new Set<string>();
  return refusing(async () => {
    await prepareVault({ files: told, paths, notes });
    const lock = await takeLock(told, options, paths.lock, vaultIsBusy);
    try {
      await refuseWhileUnfinished(told, vault);
      const run: Run = {
        files: told,
        host: options,
        paths,
        plan,
        journal: await writePlanned({ files: told, paths, notes }, plan, options.tool),
        known: { begun: new Set(), unlinked: new Set(), untouched: new Set() },
        notes,
        progress: options.progress,
      };
      try {
        return await carryOut(run, options);
      } finally {
        await run.journal.close();
      }
    } finally {
      await releaseQuietly(lock);
    }
  });
}

/** Whether the files are as the plan has them before it. Throws NotAsPlanned. */
async function expectBefore(run: Run, { directories }: ApplyOptions): Promise<void> {
  await expectOwnPlaces(run, run.plan, directories);
  for (const { path, before } of run.plan.changes) await expectState(run, path, before);
}

async function carryOut(run: Run, options: ApplyOptions): Promise<RestoreReceipt> {
  const { signal } = options;
  await expectBefore(run, options);
  await storeContents(run, options.provide, signal);
  signal?.throwIfAborted();
  // From here on a process that goes leaves something behind, if only its lock: so the journal says it first.
  await run.journal.write({ event: "begun", at: options.now() });
  let indexLock: HeldLock | undefined;
  try {
    try {
      indexLock = await lockIndex(run, options);
      await expectBefore(run, options);
      for (const content of neededContents(run.plan)) {
        if (!(await isStored(run, content))) throw new NotAsPlanned(notStored(run, content.sha256));
      }
      await changeAll(run);
      const verified = [...(await verifyChanges(run, "after")), ...((await options.verify?.()) ?? [])];
      await run.journal.write({ event: "verified", at: options.now(), verified });
      await run.journal.write({ event: "finished", at: options.now(), notes: [...run.notes] });
    } catch (error) {
      await takeBack(run, error);
    }
  } finally {
    if (indexLock) await releaseQuietly(indexLock);
  }
  return receiptAfter(run);
}

async function changeAll(run: Run): Promise<void> {
  const { changes } = run.plan;
  for (const [n, { path, before, after, role }] of changes.entries()) {
    run.progress?.({ step: l10n.t("Changing {0}", run.paths.path.basename(path)), done: n, total: changes.length });
    if (role === "given-up") await expectIndexKept(run, n);
    await changeFile(run, n, path, before, after);
  }
}

/** A name is given up only while no index points to it: somebody may have put the old one back meanwhile. */
async function expectIndexKept(run: Run, until: number): Promise<void> {
  for (const [n, change] of run.plan.changes.slice(0, until).entries()) {
    if (change.role === "index") await expectAfter(run, change, n);
  }
}

async function expectAfter(run: Run, change: FileChange, n: number): Promise<void> {
  const standing = await standingOf(run, change, n);
  if ((standing.kind === "exact" || standing.kind === "moved-on") && standing.side === "after") return;
  throw new NotAsPlanned(l10n.t("{0} was changed by something else meanwhile.", change.path));
}

/** Always throws: what is said about a restore that was taken back, or could not be. */
async function takeBack(run: Run, error: unknown): Promise<never> {
  const { journal, host, plan, paths } = run;
  const why = inWords(error);
  try {
    await ignoring(journal.write({ event: "turned-back", at: host.now(), why }));
    await settle(run, "before");
    await journal.write({ event: "taken-back", at: host.now(), notes: [...run.notes] });
  } catch (second) {
    throw new RestoreFailed(
      l10n.t(
        "The restore {0} stopped half-way, and could not be taken back by itself. Why it stopped: {1} Why it could not be taken back: {2} Nothing is lost: everything that was displaced is in {3}, and {4} says how far it came. When the reason is gone, finish or take back this restore (`openclaw-sessions recover {0}`).",
        plan.id,
        why,
        inWords(second),
        paths.objects,
        paths.journal(plan.id),
      ),
      plan.id,
    );
  }
  await receiptAfter(run);
  throw new RestoreRefused(l10n.t("Nothing was restored: everything is as it was before. {0}", why));
}

async function lockIndex(run: Run, options: ApplyOptions): Promise<HeldLock | undefined> {
  const index = run.plan.changes.find(({ role }) => role === "index");
  if (options.lockIndex !== true || !index) return undefined;
  return takeLock(run.files, options, `${index.path}.lock`, indexIsLocked, true);
}

async function refuseWhileUnfinished(files: RestoreFiles, vault: string): Promise<void> {
  const [unfinished] = await readUnfinished(files, vault);
  if (!unfinished) return;
  throw new RestoreRefused(
    l10n
      .t(
        "The restore {0} was begun and not ended. Finish it or take it back first (`openclaw-sessions recover {0}`). {1}",
        unfinished.plan.id,
        unfinished.notes.join(" "),
      )
      .trim(),
  );
}

function notStored({ paths }: Run, sha256: string): string {
  return l10n.t("The backup {0} was changed by something else meanwhile.", paths.object(sha256));
}

/** Whatever stops us before the first change has changed nothing: said so. */
async function refusing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof NotAsPlanned || (error instanceof Error && error.name === "FileFault")) {
      throw new RestoreRefused(l10n.t("Nothing was changed. {0}", inWords(error)));
    }
    throw error;
  }
}

/** A lock that could not be removed is taken over by the next, once we are gone. */
async function releaseQuietly(lock: HeldLock): Promise<void> {
  await ignoring(lock.release());
}

async function ignoring(act: Promise<void>): Promise<void> {
  await act.catch(() => undefined);
}
