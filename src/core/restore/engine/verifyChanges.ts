import * as l10n from "@vscode/l10n";
import { formatNumber } from "../../text/formatSize";
import type { FileChange } from "../fileChange";
import { NotAsPlanned } from "./changeFile";
import type { Run } from "./run";
import { standingOf, type Side } from "./standing";

/** Windows, FAT and some network file systems keep times in steps of up to two seconds. */
const coarsestTimeMs = 2000;

/** Reads every changed file again: what was compared, in sentences. Throws NotAsPlanned where one is not as it should be. */
export async function verifyChanges(run: Run, side: Side): Promise<readonly string[]> {
  const sentences: string[] = [];
  const total = run.plan.changes.length;
  for (const [n, change] of run.plan.changes.entries()) {
    run.progress?.({ step: l10n.t("Reading back {0}", run.paths.path.basename(change.path)), done: n, total });
    sentences.push(await verifyChange(run, change, n, side));
  }
  return sentences;
}

async function verifyChange(run: Run, change: FileChange, n: number, side: Side): Promise<string> {
  const { path } = change;
  const standing = await standingOf(run, change, n);
  if (standing.kind === "other") throw new NotAsPlanned(standing.text);
  if (standing.kind === "part" || standing.side !== side) {
    throw new NotAsPlanned(l10n.t("{0} was changed by something else meanwhile.", path));
  }
  if (standing.kind === "moved-on") {
    return change.role === "index"
      ? l10n.t("{0} was written by something else meanwhile; read back, it has our change and theirs.", path)
      : l10n.t("{0} was added to by something else meanwhile; read back, it begins with what was put there.", path);
  }
  const state = change[side];
  const name = run.paths.path.basename(path);
  if (state.kind === "absent") return l10n.t("{0} is no longer there.", name);
  const there = await run.files.look(path);
  if (there.kind !== "file") throw new NotAsPlanned(l10n.t("{0} is no longer there.", path));
  if (there.mode !== state.mode) {
    run.notes.add(
      l10n.t(
        "{0} has the permissions {1}, not {2}: the file system keeps no others.",
        path,
        octal(there.mode),
        octal(state.mode),
      ),
    );
  }
  if (Math.abs(there.mtimeMs - state.mtimeMs) > coarsestTimeMs) {
    run.notes.add(l10n.t("{0} has another time than planned: the file system does not keep it.", path));
  }
  return l10n.t(
    "{0} was read back: {1} bytes, SHA-256 {2}…, permissions {3}.",
    name,
    formatNumber(state.bytes),
    // Enough to find it in the plan, where the hash stands in full.
    state.sha256.slice(0, 12),
    octal(there.mode),
  );
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
