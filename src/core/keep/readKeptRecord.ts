import { codeOf } from "../restore/engine/fileFault";
import { readText } from "../restore/engine/readContent";
import type { RestoreFiles } from "../restore/restoreFiles";
import type { KeptRecord } from "./keptCopy";
import { LARGEST_RECORD, parseRecord } from "./keptRecord";

/** What stands beside a copy. A record that cannot be read is as good as damaged. */
export async function readRecord(files: RestoreFiles, path: string): Promise<KeptRecord | "absent" | "damaged"> {
  const looked = await files.look(path);
  if (looked.kind === "absent") return "absent";
  if (looked.kind !== "file" || looked.bytes > LARGEST_RECORD) return "damaged";
  try {
    return parseRecord(await readText(files, path)) ?? "damaged";
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return "damaged";
  }
}
