import { basename, dirname, sep } from "node:path";
import type { ResolvedRow, StoreBackup } from "../core/conversation/agentInput";
import type { SessionFile } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import type { StoreRow } from "../core/store/storeRow";
import { resolveSessionFile, type Listings } from "./containment";
import { readStore, type StoreReading } from "./readStore";
import { listName, sameFacts, type ListedName } from "./scanListing";
import type { LocatedRoot } from "./sessionRoots";

/** OpenClaw keeps the newest three (2026.2.9–2026.4.26); by hand there may be more. */
const MAX_BACKUPS = 5;

/** The store of one sessions directory and its rotated copies, read again only where the file changed. */
export class ScannedStore {
  private listed: ListedName | undefined;
  private reading: StoreReading = { outcome: "absent", rows: [], problems: [] };
  private readonly backups = new Map<string, { readonly file: SessionFile; readonly value: StoreBackup }>();

  get outcome(): StoreReading["outcome"] {
    return this.reading.outcome;
  }

  get rows(): readonly StoreRow[] {
    return this.reading.rows;
  }

  get problems(): readonly Problem[] {
    return this.reading.problems;
  }

  /** Whether the store was read anew. */
  async look(root: LocatedRoot, signal: AbortSignal): Promise<boolean> {
    const listed = await listName(dirname(root.storePath), basename(root.storePath));
    if (this.listed === undefined ? listed === undefined : listed !== undefined && sameFacts(this.listed, listed))
      return false;
    this.listed = listed;
    this.reading = await readStore(root.storePath, { within: root.within, signal });
    return true;
  }

  async lookAtBackups(
    files: readonly SessionFile[],
    root: LocatedRoot,
    signal: AbortSignal,
  ): Promise<readonly StoreBackup[]> {
    const newest = files
      .filter(({ name, problem }) => name.kind === "side" && name.role === "store-backup" && problem === undefined)
      .sort((one, other) => other.mtimeMs - one.mtimeMs)
      .slice(0, MAX_BACKUPS);
    const found: StoreBackup[] = [];
    for (const file of newest) {
      const before = this.backups.get(file.path);
      if (before?.file === file) {
        found.push(before.value);
        continue;
      }
      // A damaged backup still gives the rows that can be read; its problems are those of a file nobody uses.
      const { rows } = await readStore(file.path, { within: root.within, signal });
      const at = file.name.kind === "side" ? file.name.at : undefined;
      const value: StoreBackup = { base: file.name.base, at, rows };
      this.backups.set(file.path, { file, value });
      found.push(value);
    }
    return found;
  }
}

/** Which transcript each row means. `listings`: of the session directories of this state directory. */
export function resolveRows(
  rows: readonly StoreRow[],
  root: LocatedRoot,
  others: readonly LocatedRoot[],
  listings: Listings,
): Promise<ResolvedRow[]> {
  const prefix = root.path + sep;
  return Promise.all(
    rows.map(async (row): Promise<ResolvedRow> => {
      const stored = row.sessionFile;
      // Nearly every row names a file that was just listed in its own directory: nothing is left to find out.
      if (stored?.startsWith(prefix) === true && !/[\\/]/.test(stored.slice(prefix.length)) && listings.show(stored)) {
        return { row, filePath: stored, problem: undefined };
      }
      const { path, problem } = await resolveSessionFile(row, root, others, listings);
      return { row, filePath: path, problem };
    }),
  );
}
