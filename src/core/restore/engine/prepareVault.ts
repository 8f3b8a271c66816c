import type { RestorePlan } from "../restorePlan";
import { emptyJournal, openJournal, type JournalWriter } from "./journal";
import { syncNames, type Run } from "./run";

type Preparing = Pick<Run, "files" | "paths" | "notes">;

/** Makes the directories of a vault, with those above it, and makes their names durable. */
export async function prepareVault({ files, paths, notes }: Preparing): Promise<void> {
  const { path, vault, objects, restores } = paths;
  // Those just made, and two more: an earlier process may have made them and been stopped before they were on the disk.
  const upper: string[] = [vault];
  for (let at = path.dirname(vault); path.dirname(at) !== at; at = path.dirname(at)) {
    const below = upper.length <= 2 || (await files.look(upper[upper.length - 1] ?? at)).kind === "absent";
    if (!below) break;
    upper.push(at);
  }
  await files.makeDirectory(objects);
  await files.makeDirectory(restores);
  await syncNames({ files, paths, notes }, path.join(vault, "x"));
  // A directory that others own may refuse; that is no news for the user.
  for (const directory of upper) await syncNames({ files, paths, notes: new Set() }, directory);
}

/** The plan, in a journal of its own, before anything is done. `EEXIST` when this plan was applied before. */
export async function writePlanned(
  { files, paths, notes }: Preparing,
  plan: RestorePlan,
  tool: string,
): Promise<JournalWriter> {
  const path = paths.journal(plan.id);
  await files.makeDirectory(paths.restore(plan.id));
  const file = await files.create(path, 0o600);
  await file.close();
  const journal = openJournal(files, path, emptyJournal);
  await journal.write({ event: "planned", plan, tool });
  await syncNames({ files, paths, notes }, path);
  await syncNames({ files, paths, notes }, paths.restore(plan.id));
  return journal;
}
