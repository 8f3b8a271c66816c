import { ReadError } from "../../core/inspectorPort";
import { applyPlan } from "../../core/restore/engine/applyPlan";
import { vaultPaths } from "../../core/restore/engine/vaultPaths";
import type { RestoreFiles } from "../../core/restore/restoreFiles";
import type { RestoreReceipt } from "../../core/restore/restoreJournal";
import type { RestorePlan } from "../../core/restore/restorePlan";
import { RestoreRefused, type RestoreProgress } from "../../core/restore/restorer";
import type { VersionRange } from "../../core/locations/versionRange";
import type { Surroundings } from "../../core/surroundings/surroundings";
import { within as versionWithin } from "../../core/surroundings/versionFact";
import type { RestoreContext } from "./restoreContext";
import { contentOf, type SealedContents } from "./sealContents";
import { verifyResult, type VerifyOptions } from "./verifyResult";

/** OpenClaw locks its index while it writes it (2026.1–2026.4.29); later versions ignore the lock. */
const locksIndex: VersionRange = { from: "2026.1.0", until: "2026.4.29" };

export interface CarryOut extends VerifyOptions {
  readonly plan: RestorePlan;
  readonly vault: string;
  readonly directories: readonly string[];
  readonly contents: SealedContents;
  readonly surroundings: Surroundings;
}

/** Carries a plan out that was checked a moment ago. */
export async function carryOut(
  { plan, vault, directories, contents, surroundings, within, source }: CarryOut,
  { files, host, tool }: RestoreContext,
  progress: RestoreProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<RestoreReceipt> {
  const applied = applyPlan(files, vault, plan, {
    ...host,
    tool,
    directories,
    provide: (sha256) => openContent(sha256, { plan, vault, contents, within }, files, signal),
    verify: () => verifyResult(plan, { within, source }),
    lockIndex: versionWithin(surroundings.version, locksIndex) !== "no",
    progress,
    signal,
  });
  return applied.catch((error: unknown) => {
    // What is to be backed up cannot be read: that comes before the first change.
    throw error instanceof ReadError ? new RestoreRefused(error.message) : error;
  });
}

/** What a recipe makes; else a file as it is before its change; else what the vault holds already: undoing takes it from there. */
function openContent(
  sha256: string,
  { plan, vault, contents, within }: Pick<CarryOut, "plan" | "vault" | "contents" | "within">,
  files: RestoreFiles,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  const recipe = contents.recipes.get(sha256);
  if (recipe !== undefined) return contentOf(recipe, within, signal);
  const inPlace = plan.changes.find(({ before }) => before.kind === "file" && before.sha256 === sha256);
  return files.read(inPlace?.path ?? vaultPaths(vault).object(sha256));
}
