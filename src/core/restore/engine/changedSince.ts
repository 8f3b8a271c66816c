import * as l10n from "@vscode/l10n";
import type { FileChange } from "../fileChange";
import type { RestoreFiles } from "../restoreFiles";
import type { RestorePlan } from "../restorePlan";
import type { EngineHost } from "./engineHost";
import { withFaults } from "./fileFault";
import { hashFile } from "./readContent";

/** A file that is no longer as a plan left it. */
export interface ChangedSince {
  readonly change: FileChange;
  readonly now: "gone" | "there" | "other-content" | "no-file";
  /** A whole sentence. */
  readonly text: string;
}

/** What differs from how the plan left it: empty when it can be undone exactly. Throws FileFault when something cannot be read. */
export async function changedSince(
  files: RestoreFiles,
  plan: RestorePlan,
  host: Pick<EngineHost, "hash">,
): Promise<readonly ChangedSince[]> {
  const told = withFaults(files);
  const changed: ChangedSince[] = [];
  for (const change of plan.changes) {
    const now = await differs(told, change, host);
    if (now !== undefined) changed.push({ change, now, text: sentence(change, now) });
  }
  return changed;
}

async function differs(
  files: RestoreFiles,
  { path, after }: FileChange,
  host: Pick<EngineHost, "hash">,
): Promise<ChangedSince["now"] | undefined> {
  const there = await files.look(path);
  if (there.kind === "absent") return after.kind === "absent" ? undefined : "gone";
  if (there.kind !== "file") return "no-file";
  if (after.kind === "absent") return "there";
  if (there.bytes !== after.bytes) return "other-content";
  return (await hashFile(files, host, path)).sha256 === after.sha256 ? undefined : "other-content";
}

function sentence({ path, role }: FileChange, now: ChangedSince["now"]): string {
  switch (now) {
    case "gone":
      return l10n.t("{0} is gone since.", path);
    case "there":
      return l10n.t("{0} was made again since.", path);
    case "other-content":
      return role === "index"
        ? l10n.t("The session index {0} was written since.", path)
        : l10n.t("{0} was written to since.", path);
    case "no-file":
      return l10n.t("{0} is no longer a file.", path);
  }
}
