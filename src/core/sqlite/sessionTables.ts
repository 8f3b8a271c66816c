import type { Problem } from "../problem";
import type { ByteSource } from "./byteSource";
import { readSchemaTables } from "./schemaTables";

/** Tables that hold sessions, with the OpenClaw versions whose agent database has them. */
const tableVersions: Readonly<Record<string, string>> = {
  sessions: "2026.7.2-beta.1",
  session_entries: "2026.7.2-beta.1",
  session_routes: "2026.7.2-beta.1",
  session_nodes: "2026.7.2-beta.4 and later",
  session_windows: "2026.7.2-beta.4 and later",
  transcript_events: "2026.7.2-beta.1 and later",
};

/**
 * The tables among `tables` that hold sessions; empty means that the sessions of this agent are in files. The file alone
 * tells nothing: from about 2026.6 on it exists with caches, sign-ins and memory only. Nor does one name: a table called
 * `sessions` counts only beside its companions.
 */
export function sessionTables(tables: readonly string[]): readonly string[] {
  const isSessionDatabase =
    tables.includes("session_nodes") || (tables.includes("sessions") && tables.includes("session_entries"));
  return isSessionDatabase ? tables.filter((table) => Object.hasOwn(tableVersions, table)).sort() : [];
}

/** What the agent database tells about where sessions are kept. `log` is the `-wal` file beside it, when there is one. */
export async function readSessionTables(
  database: ByteSource,
  log?: ByteSource,
  file?: string,
): Promise<{ readonly tables: readonly string[]; readonly problem: Problem | undefined }> {
  const inFile = await readSchemaTables(database, undefined, file);
  const found = sessionTables(inFile.tables);
  // The log is large at times, and needed only while a young database has not been written back from it.
  if (found.length > 0 || !log || log.size === 0) return { tables: found, problem: inFile.problem };
  const withLog = await readSchemaTables(database, log, file);
  return { tables: sessionTables(withLog.tables), problem: withLog.problem };
}
