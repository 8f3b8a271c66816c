import type { SessionFile, Window } from "../conversation/model";

export interface SuccessorFile {
  readonly file: SessionFile;
  /** Epoch ms, of the stamp before its id. */
  readonly at: number;
  /** Base name of what its header names as its parent; undefined until the file is indexed, or where it names none. */
  readonly parent: string | undefined;
}

/** `<stamp>_<id>.jsonl`: written by a compaction that truncates, or from a checkpoint. */
export function successorFileOf(window: Window | undefined): SuccessorFile | undefined {
  const file = window?.primary;
  if (file === undefined || !("prefixAt" in file.name) || file.name.prefixAt === undefined) return undefined;
  const parent = file.index?.header?.parentSession;
  return { file, at: file.name.prefixAt, parent: parent?.split(/[\\/]/).at(-1) };
}
