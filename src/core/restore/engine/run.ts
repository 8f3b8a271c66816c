import * as l10n from "@vscode/l10n";
import type { FileState } from "../fileChange";
import type { RestoreFiles } from "../restoreFiles";
import type { RestorePlan } from "../restorePlan";
import type { RestoreProgress } from "../restorer";
import type { EngineHost } from "./engineHost";
import { codeOf } from "./fileFault";
import type { JournalWriter } from "./journal";
import { temporaryPath, type VaultPaths } from "./vaultPaths";

/** One plan on its way: what its steps share. */
export interface Run {
  readonly files: RestoreFiles;
  readonly host: EngineHost;
  readonly paths: VaultPaths;
  readonly plan: RestorePlan;
  readonly journal: JournalWriter;
  readonly known: WhatIsKnown;
  /** Whole sentences, each once. */
  readonly notes: Set<string>;
  readonly progress: RestoreProgress | undefined;
}

/** Which changes were begun, by number: from the journal, and from what this process did itself. */
export interface WhatIsKnown {
  /** Written down: its temporary file is ours. */
  readonly begun: Set<number>;
  /** Made by copying under its own name, as links are refused: part of it may be there. */
  readonly unlinked: Set<number>;
  /** Begun, but its own name was not touched: what is there is somebody else's. */
  readonly untouched: Set<number>;
}

export function temporaryOf(run: Run, path: string, n: number): string {
  return temporaryPath(run.paths, path, run.plan.id, n);
}

/** Codes of file systems where a directory cannot be synced (Windows, some network and FUSE file systems). */
const unsyncable = new Set(["EINVAL", "EPERM", "EISDIR", "ENOTSUP", "EACCES"]);

/** Makes the names in the directory of a file durable, where the file system knows how to. */
export async function syncNames(run: Pick<Run, "files" | "paths" | "notes">, file: string): Promise<void> {
  const directory = run.paths.path.dirname(file);
  try {
    await run.files.syncDirectory(directory);
  } catch (error) {
    if (!unsyncable.has(codeOf(error) ?? "")) throw error;
    run.notes.add(
      l10n.t(
        "The file system does not let the directory {0} be synced, so a power cut in the next seconds could still undo names in it.",
        directory,
      ),
    );
  }
}

/** Codes of file systems that keep no permissions or times of their own. */
const unsupported = new Set(["EPERM", "ENOTSUP", "ENOSYS", "EINVAL"]);

/** Permissions and time of a file, where they can be set, and everything of it on the disk. */
export async function settleAttributes(
  run: Pick<Run, "files" | "notes">,
  path: string,
  state: Extract<FileState, { kind: "file" }>,
): Promise<void> {
  const noting = async (what: Promise<void>, note: string): Promise<void> => {
    try {
      await what;
    } catch (error) {
      if (!unsupported.has(codeOf(error) ?? "")) throw error;
      run.notes.add(note);
    }
  };
  await noting(
    run.files.setTimes(path, state.mtimeMs),
    l10n.t("The file system does not let the time of {0} be set.", path),
  );
  await noting(
    run.files.setMode(path, state.mode),
    l10n.t("The file system does not let the permissions of {0} be set.", path),
  );
  await run.files.syncFile(path);
}
