import type { RestoreOutcome } from "../core/restore/restoreJournal";
import type { Restorer } from "../core/restore/restorer";
import type { Rotation } from "../core/rotation/rotation";

/**
 * Whether a restore set the transcript aside: to those who only see files it looks like a reset that nobody asked for. A receipt
 * tells, whoever made it, this editor or the command line.
 */
export async function isOwnRestore(
  restorer: Pick<Restorer, "list">,
  { stateDir, archive }: Pick<Rotation, "stateDir" | "archive">,
): Promise<boolean> {
  if (archive === undefined) return false;
  const receipts = await restorer.list(stateDir);
  return receipts.some(
    ({ plan, outcome }) =>
      done.has(outcome) &&
      plan.changes.some(({ role, path }) => role === "set-aside" && baseName(path) === archive.name.base),
  );
}

/** Names of archives hold an id and a time to the millisecond: none is in two directories. */
function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

const done: ReadonlySet<RestoreOutcome> = new Set(["unfinished", "finished", "undone"]);
