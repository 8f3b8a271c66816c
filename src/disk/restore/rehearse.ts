import * as l10n from "@vscode/l10n";
import { lstat } from "node:fs/promises";
import * as path from "node:path";
import { evidence } from "../../core/evidence/evidence";
import { isInside } from "../../core/locations/containment";
import type { GatewayFact } from "../../core/restore/gatewayFact";
import type { CheckCode } from "../../core/restore/restoreCheck";
import type { RestoreReceipt } from "../../core/restore/restoreJournal";
import { RestoreRefused, type RestoreProgress, type Restorer } from "../../core/restore/restorer";
import type { LiveInspection } from "../scanLive";
import { refuseStopped } from "./applyDrawn";
import type { Drawn } from "./drawn";
import { filesToCopy, type FileToCopy } from "./filesToCopy";
import { copyForRehearsal, removeRehearsal, type Copied } from "./rehearsalCopy";

/** Looks at one directory and nothing else; dispose of it. */
export type InspectCopy = (stateDir: string) => Pick<LiveInspection, "snapshot" | "refresh" | "index" | "dispose">;

export interface RehearseOptions {
  readonly inspectCopy: InspectCopy;
  /** Restores in the copy, with a vault of its own. */
  readonly restorerOf: (live: ReturnType<InspectCopy>, vaultBase: string, gateway: GatewayFact) => Restorer;
  readonly progress: RestoreProgress | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The same request in a throw-away copy. Nothing in the original changes; whatever stops it there would stop it here. */
export async function rehearse(
  { checked, restore, vault }: Drawn,
  { inspectCopy, restorerOf, progress, signal }: RehearseOptions,
): Promise<{ readonly stateDir: string; readonly receipt: RestoreReceipt }> {
  if (checked.plan?.kind !== "restore" || restore === undefined) {
    throw new RestoreRefused(l10n.t("Only a restore can be rehearsed: there is no plan of one."));
  }
  const { request, facts } = restore;
  if (facts.root.outside) {
    throw new RestoreRefused(
      l10n.t(
        "The sessions of this agent are kept outside the state directory, in {0}; such a one cannot be rehearsed.",
        facts.root.path,
      ),
    );
  }
  refuseStopped(checked.checks.filter(({ level, code }) => level === "blocker" && !isOfTheOriginal.has(code)));
  const { stateDir, source } = facts;
  const file = await placeOfSource(source.file.path, facts.root.path, stateDir.path, source.file.name.base);
  const files = await filesToCopy(stateDir);
  const copied = await copyForRehearsal({
    directory: path.join(vault, "rehearsals"),
    id: checked.plan.id,
    stateDir,
    files: files.some(({ to }) => to === file.to) ? files : [...files, file],
    indexes: stateDir.agents.flatMap(({ roots }) => roots.map(({ storePath }) => storePath)),
    progress,
    signal,
  });
  const live = inspectCopy(copied.stateDir);
  try {
    const restorer = restorerOf(live, path.join(copied.base, "vaults"), noGateway(copied));
    const there = { ...request, stateDir: copied.stateDir, file: path.join(copied.stateDir, file.to) };
    const plan = await restorer.plan(there, progress, signal);
    refuseStopped(plan.checks);
    const outside = plan.plan?.changes.find((change) => !isInside(path, copied.stateDir, change.path));
    if (outside !== undefined) {
      throw new RestoreRefused(
        l10n.t("The config leads out of the copy, to {0}; such a restore cannot be rehearsed.", outside.path),
      );
    }
    return { stateDir: copied.stateDir, receipt: await restorer.apply(plan, progress, signal) };
  } catch (error) {
    await removeRehearsal(copied);
    throw error;
  } finally {
    live.dispose();
  }
}

/** What stands in the way of changing the original, and not of changing a copy. */
const isOfTheOriginal = new Set<CheckCode>(["gateway", "run-in-progress", "unfinished-restore", "writable"]);

/** A copy that was kept elsewhere stands in the sessions directory of a rehearsal, as it did once. */
async function placeOfSource(file: string, root: string, stateDir: string, base: string): Promise<FileToCopy> {
  const below = path.relative(stateDir, path.dirname(file) === root ? file : path.join(root, base));
  const { size: bytes, mode, mtimeMs } = await lstat(file);
  return { from: file, to: below, bytes, mode: mode & 0o7777, mtimeMs };
}

function noGateway({ stateDir }: Copied): GatewayFact {
  const text = l10n.t("{0} is a copy that was made a moment ago; no gateway works on it.", stateDir);
  return { running: "no", evidence: [evidence("machine", () => text)] };
}
