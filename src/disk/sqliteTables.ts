import * as path from "node:path";
import { defaultStorePath } from "../core/config/storePath";
import type { SqliteSessions } from "../core/conversation/model";
import { ReadError } from "../core/inspectorPort";
import { databasePaths } from "../core/locations/databasePaths";
import type { Problem } from "../core/problem";
import { readSessionTables } from "../core/sqlite/sessionTables";
import { openBytes, type ByteSource } from "./byteSource";
import { problemOf } from "./readErrors";
import type { Within } from "./regularFile";
import type { AgentRoots } from "./sessionRoots";

export interface SqliteFinding {
  readonly sqlite: SqliteSessions | undefined;
  readonly problems: readonly Problem[];
}

/** A log as large holds its schema many times over; what is left of it says nothing new. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/**
 * Whether an agent's sessions are in SQLite (2026.7.2-beta and later), told by the tables: the file alone exists from about
 * 2026.6 on, with caches and sign-ins only.
 *
 * Plain reads of the file and its log, not SQLite: opening a database can create `-shm` and `-wal` files beside it, and we leave the
 * directory as it is. While a gateway runs, a young database may have all its tables in the `-wal` still, so the log is looked
 * at where the file itself has none.
 */
export async function findSqliteSessions(
  { agentId, roots }: AgentRoots,
  stateDir: { readonly path: string; readonly realPath: string },
): Promise<SqliteFinding> {
  const readable = roots.filter(({ read }) => read);
  const storePaths = [...readable.map(({ storePath }) => storePath), defaultStorePath(path, stateDir.path, agentId)];
  const places = new Set(storePaths.flatMap((storePath) => databasePaths(path, storePath, agentId)));
  const within = [stateDir.realPath, ...readable.flatMap((root) => root.within)];
  const problems: Problem[] = [];
  for (const databasePath of places) {
    const { tables, problem } = await tablesOf(databasePath, within);
    if (problem !== undefined) problems.push(problem);
    if (tables.length > 0) return { sqlite: { databasePath, tables }, problems };
  }
  return { sqlite: undefined, problems };
}

async function tablesOf(
  databasePath: string,
  within: Within,
): Promise<{ readonly tables: readonly string[]; readonly problem: Problem | undefined }> {
  const database = await open(databasePath, within);
  if ("code" in database) return { tables: [], problem: database.code === "file.vanished" ? undefined : database };
  const log = await open(`${databasePath}-wal`, within);
  try {
    return await readSessionTables(database, "code" in log ? undefined : bounded(log), databasePath);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { tables: [], problem: problemOf(error) };
  } finally {
    await database.close();
    if (!("code" in log)) await log.close();
  }
}

async function open(file: string, within: Within): Promise<ByteSource | Problem> {
  try {
    return await openBytes(file, { within });
  } catch (error) {
    if (error instanceof ReadError) return problemOf(error);
    throw error;
  }
}

function bounded(log: ByteSource): Pick<ByteSource, "size" | "read"> {
  return { size: Math.min(log.size, MAX_LOG_BYTES), read: (offset, length) => log.read(offset, length) };
}
