import type { CronRun, MemoryNote, ResolvedRow, RootInput, StoreBackup } from "./agentInput";
import { compareText } from "./fileFacts";
import type { SessionFile } from "./model";

/** Everything about an agent that is no transcript and may name a session id, of all its roots together. */
export interface KnownFacts {
  readonly agentId: string;
  /** Sorted by key. */
  readonly rows: readonly ResolvedRow[];
  readonly rowKeys: ReadonlySet<string>;
  /** By session id; sorted by path. */
  readonly trajectories: ReadonlyMap<string, readonly SessionFile[]>;
  /** Newest first. */
  readonly storeBackups: readonly StoreBackup[];
  readonly cronRuns: readonly CronRun[];
  readonly memoryNotes: readonly MemoryNote[];
}

export function collectFacts(agentId: string, roots: readonly RootInput[]): KnownFacts {
  const rows = roots.flatMap((root) => root.rows).sort((a, b) => compareText(a.row.key, b.row.key));
  return {
    agentId,
    rows,
    rowKeys: new Set(rows.map(({ row }) => row.key)),
    trajectories: trajectoriesOf(roots),
    storeBackups: roots
      .flatMap(({ side }) => side.storeBackups)
      .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || compareText(a.base, b.base)),
    cronRuns: roots
      .flatMap(({ side }) => side.cronRuns)
      .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || compareText(a.sessionId, b.sessionId)),
    memoryNotes: roots
      .flatMap(({ side }) => side.memoryNotes)
      .sort((a, b) => compareText(a.base, b.base) || compareText(a.sessionKey, b.sessionKey)),
  };
}

function trajectoriesOf(roots: readonly RootInput[]): Map<string, readonly SessionFile[]> {
  const bySession = new Map<string, SessionFile[]>();
  for (const { files } of roots) {
    for (const file of files) {
      if (file.name.kind !== "trajectory") continue;
      const sessionId = file.head?.headerId ?? file.name.sessionId;
      const group = bySession.get(sessionId);
      if (group) group.push(file);
      else bySession.set(sessionId, [file]);
    }
  }
  for (const group of bySession.values()) {
    if (group.length > 1) group.sort((a, b) => compareText(a.path, b.path));
  }
  return bySession;
}
