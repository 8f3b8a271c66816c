import type { SessionFile, StateDir } from "../../core/conversation/model";
import type { RowBefore } from "../../core/rotation/rotationFacts";
import { readStore } from "../readStore";
import { readableDirectories, sideFiles } from "./filesOf";

/** Of all agents together; OpenClaw keeps three of each index (2026.2.9–2026.4.26). */
const MAX_BACKUPS = 12;
const PER_DIRECTORY = 3;

/** Rows as they were before, from the copies of the index that OpenClaw keeps: `sessions.json.bak.<epochMillis>`. */
export class StoreBackupReader {
  private known = new Map<string, { readonly file: SessionFile; readonly rows: readonly RowBefore[] }>();

  /** Newest first. */
  async read(stateDir: StateDir, signal: AbortSignal): Promise<readonly RowBefore[]> {
    const known = new Map<string, { readonly file: SessionFile; readonly rows: readonly RowBefore[] }>();
    for (const file of newestBackups(stateDir)) {
      const before = this.known.get(file.path);
      known.set(file.path, before?.file === file ? before : { file, rows: await rowsOf(file, stateDir, signal) });
    }
    this.known = known;
    return [...known.values()].flatMap(({ rows }) => rows);
  }
}

function newestBackups(stateDir: StateDir): readonly SessionFile[] {
  const perDirectory = new Map<string, number>();
  return sideFiles(stateDir)
    .filter(({ name, problem }) => name.kind === "side" && name.role === "store-backup" && problem === undefined)
    .sort((one, other) => keptAt(other) - keptAt(one))
    .filter(({ path, name }) => {
      const directory = path.slice(0, -name.base.length);
      const count = (perDirectory.get(directory) ?? 0) + 1;
      perDirectory.set(directory, count);
      return count <= PER_DIRECTORY;
    })
    .slice(0, MAX_BACKUPS);
}

async function rowsOf(file: SessionFile, stateDir: StateDir, signal: AbortSignal): Promise<readonly RowBefore[]> {
  const { rows } = await readStore(file.path, { within: readableDirectories(stateDir), signal });
  const place = { file: file.path };
  return rows.map((row) => ({ row, from: "store-backup", place, keptAt: keptAt(file) }));
}

/** The name says when; a copy made by hand has only its file's time. */
function keptAt({ name, mtimeMs }: SessionFile): number {
  return (name.kind === "side" ? name.at : undefined) ?? mtimeMs;
}
