import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export interface NamesByKind {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/** The names in a directory, links counted as what they lead to. Rejects when it cannot be listed. */
export async function listKinds(...path: readonly string[]): Promise<NamesByKind> {
  const directory = join(...path);
  const entries = await readdir(directory, { withFileTypes: true });
  const files: string[] = [];
  const directories: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) directories.push(entry.name);
    else if (entry.isFile()) files.push(entry.name);
    else if (entry.isSymbolicLink()) {
      const target = await stat(join(directory, entry.name)).catch(() => undefined); // a link to nothing is of no kind
      if (target?.isDirectory() === true) directories.push(entry.name);
      else if (target?.isFile() === true) files.push(entry.name);
    }
  }
  return { files, directories };
}
