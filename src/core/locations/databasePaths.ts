import type { PlatformPath } from "node:path";
import { normalizeAgentId } from "../config/agentId";

const agentDatabase = "openclaw-agent.sqlite";

/**
 * Where an agent's sessions are once they are in SQLite, told from where its store was (2026.9.6:
 * resolveUnsuffixedSqliteTargetFromSessionStorePath), the likeliest first:
 *
 *     …/agents/main/sessions/sessions.json   …/agents/main/agent/openclaw-agent.sqlite
 *     /data/sessions.json                    /data/openclaw-agent.sqlite
 *     /data/x.json                           /data/x.main.sqlite, /data/x.sqlite
 */
export function databasePaths(path: PlatformPath, storePath: string, agentId: string): readonly string[] {
  const directory = path.dirname(storePath);
  const base = path.basename(storePath);
  const agents = path.dirname(path.dirname(directory));
  if (base === "sessions.json") {
    return path.basename(directory) === "sessions" && path.basename(agents) === "agents"
      ? [path.join(path.dirname(directory), "agent", agentDatabase)]
      : [path.join(directory, agentDatabase)];
  }
  const stem = base.replace(/\.json$/, "");
  return [path.join(directory, `${stem}.${normalizeAgentId(agentId)}.sqlite`), path.join(directory, `${stem}.sqlite`)];
}
