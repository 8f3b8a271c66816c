import type { LogRecord } from "../log/logRecord";
import { parseSessionKey } from "../names/sessionKey";
import { named } from "./logLines";
import type { LookAlike } from "./rotation";

/** Lines of a log that look as if a conversation had been reset, and none was; oldest first. */
export function lookAlikesOf(stateDir: string, logs: readonly LogRecord[]): readonly LookAlike[] {
  return logs
    .filter(({ event: { kind }, at }) => looksLikeRotation(kind) && Number.isFinite(at))
    .map((line): LookAlike => {
      const key = "key" in line.event ? line.event.key : undefined;
      const agentId = key === undefined ? undefined : parseSessionKey(key).agentId;
      return { stateDir, agentId, key, at: line.at, evidence: named(line) };
    })
    .sort((a, b) => a.at - b.at);
}

function looksLikeRotation(kind: LogRecord["event"]["kind"]): boolean {
  switch (kind) {
    case "cli-session-reset": // the id of a provider's command line was dropped
    case "mapping-preserved": // a compaction failed, and the session stayed
    case "restart-recovery": // a run that a restart interrupted was marked as failed
    case "gateway-start": // a restart by itself resets nothing
    case "config-reload":
      return true;
    case "rpc":
    case "compaction-failed":
    case "role-conflict":
    case "history-corrupted":
    case "memory-flush-exhausted":
    case "pruned":
    case "capped":
    case "gateway-stop":
    case "heartbeat":
    case "lock-released":
    case "connection-closed":
    case "compaction-start":
    case "overflow":
    case "precheck":
      return false;
  }
}
