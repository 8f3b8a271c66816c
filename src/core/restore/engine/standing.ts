import * as l10n from "@vscode/l10n";
import type { FileChange, FileContent } from "../fileChange";
import type { LookedAtFile } from "../restoreFiles";
import { indexSide } from "./indexSide";
import { hashFile, relate } from "./readContent";
import type { Run } from "./run";

export type Side = "before" | "after";

/** On which side of a change the disk is, told by looking at it. */
export type Standing =
  | { readonly kind: "exact"; readonly side: Side }
  /** That side, and somebody else went on from there: a transcript with more lines, an index with other rows changed. */
  | { readonly kind: "moved-on"; readonly side: Side }
  /** The beginning of a copy that we made under its own name. */
  | { readonly kind: "part" }
  /** A whole sentence: what is there, and where both versions are. */
  | { readonly kind: "other"; readonly text: string };

export async function standingOf(run: Run, change: FileChange, n: number): Promise<Standing> {
  const { path } = change;
  const there = await run.files.look(path);
  if (there.kind === "absent") return absentSide(change) ?? { kind: "other", text: gone(run, change) };
  if (there.kind !== "file") return { kind: "other", text: noFile(path, there) };
  const { bytes, sha256 } = await hashFile(run.files, run.host, path);
  for (const side of ["before", "after"] as const) {
    const state = change[side];
    if (state.kind === "file" && state.bytes === bytes && state.sha256 === sha256) return { kind: "exact", side };
  }
  return (await inBetween(run, change, n)) ?? { kind: "other", text: somethingElse(run, change) };
}

async function inBetween(run: Run, change: FileChange, n: number): Promise<Standing | undefined> {
  const { path, before, after, role } = change;
  if (role === "index" && before.kind === "file" && after.kind === "file") {
    const side = await indexSide(run.files, path, run.paths.object(before.sha256), run.paths.object(after.sha256));
    return side && { kind: "moved-on", side };
  }
  for (const side of ["before", "after"] as const) {
    const state = change[side];
    if (state.kind !== "file") continue;
    const relation = await relate(run.files, path, run.paths.object(state.sha256));
    if (relation === "part" && run.known.unlinked.has(n)) return { kind: "part" };
    if (relation === "longer" && role !== "index") return { kind: "moved-on", side };
  }
  return undefined;
}

function absentSide({ before, after }: FileChange): Standing | undefined {
  if (before.kind === "absent") return { kind: "exact", side: "before" };
  return after.kind === "absent" ? { kind: "exact", side: "after" } : undefined;
}

function gone(run: Run, change: FileChange): string {
  return l10n.t("{0} is gone. {1}", change.path, versions(run, change));
}

function somethingElse(run: Run, change: FileChange): string {
  return l10n.t(
    "{0} holds something that is neither what it was before nor what it should become; it was left alone. {1}",
    change.path,
    versions(run, change),
  );
}

export function noFile(path: string, there: LookedAtFile): string {
  return there.kind === "directory"
    ? l10n.t("{0} is a directory, not a file; it was left alone.", path)
    : l10n.t("{0} is a link or a device, not a file; it was left alone.", path);
}

/** Where both versions are. */
function versions({ paths }: Run, { before, after }: FileChange): string {
  const at = (state: FileContent): string => paths.object(state.sha256);
  if (before.kind === "absent") {
    return after.kind === "absent" ? "" : l10n.t("It was to become the file {0} of the backup folder.", at(after));
  }
  return after.kind === "absent"
    ? l10n.t("As it was before, it is the file {0} of the backup folder.", at(before))
    : l10n.t(
        "As it was before, it is the file {0} of the backup folder; as it should become, the file {1}.",
        at(before),
        at(after),
      );
}
