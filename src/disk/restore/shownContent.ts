import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import { vaultPaths } from "../../core/restore/engine/vaultPaths";
import type { RestoreFiles } from "../../core/restore/restoreFiles";
import type { RestorePlan } from "../../core/restore/restorePlan";
import { RestoreRefused } from "../../core/restore/restorer";
import type { Drawn } from "./drawn";
import { contentOf } from "./sealContents";

export interface ShownContent {
  readonly plan: RestorePlan;
  readonly vault: string;
  /** What a plan that was not applied yet was made from. */
  readonly made: Drawn | undefined;
  readonly files: RestoreFiles;
}

/**
 * A file with this content, to be looked at: the vault's own; before a plan was applied a copy beside the vault's contents, which
 * nobody relies on.
 */
export async function shownContent(sha256: string, { plan, vault, made, files }: ShownContent): Promise<string> {
  if (!/^[\da-f]{64}$/.test(sha256)) throw notThere(sha256, plan);
  const stored = vaultPaths(vault).object(sha256);
  if ((await files.look(stored)).kind === "file") return stored;
  const recipe = made?.contents.recipes.get(sha256);
  if (made === undefined || recipe === undefined) throw notThere(sha256, plan);
  const directory = path.join(vault, "shown");
  const shown = path.join(directory, sha256);
  if ((await files.look(shown)).kind === "file") return shown;
  await files.makeDirectory(directory);
  await removeOld(directory, files);
  const temporary = path.join(directory, `${sha256}.${plan.id}.tmp`);
  if ((await files.look(temporary)).kind === "file") await files.unlink(temporary);
  const file = await files.create(temporary, 0o600);
  try {
    for await (const piece of contentOf(recipe, made.within, undefined)) await file.write(piece);
  } finally {
    await file.close();
  }
  await files.rename(temporary, shown);
  return shown;
}

/** Nobody looks at a plan for a day. */
const DAY_MS = 24 * 60 * 60 * 1000;

async function removeOld(directory: string, files: RestoreFiles): Promise<void> {
  for (const name of await files.list(directory)) {
    const file = path.join(directory, name);
    const there = await files.look(file);
    if (there.kind === "file" && Date.now() - there.mtimeMs > DAY_MS) await files.unlink(file);
  }
}

function notThere(sha256: string, { id }: RestorePlan): RestoreRefused {
  return new RestoreRefused(
    l10n.t("The backup folder does not hold the content {0} of the restore {1} (any more).", sha256.slice(0, 12), id),
  );
}
