import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import type { LogEvent, LogRecord } from "../log/logRecord";
import { isoTime } from "../text/formatTime";

/** Log records that say of one conversation that its context is too long, by session key, oldest first. */
export function contextTroubles(logs: readonly LogRecord[]): ReadonlyMap<string, readonly LogRecord[]> {
  const byKey = new Map<string, LogRecord[]>();
  for (const record of logs) {
    const key = keyOfTrouble(record.event);
    if (key === undefined) continue;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [record]);
    else known.push(record);
  }
  return byKey;
}

/** Records that say so without naming the conversation. */
export function isUnnamedTrouble({ event }: LogRecord): boolean {
  return event.kind === "overflow" || (event.kind === "precheck" && event.key === undefined);
}

function keyOfTrouble(event: LogEvent): string | undefined {
  switch (event.kind) {
    case "precheck":
    case "compaction-failed":
    case "mapping-preserved":
      return event.key;
    case "overflow":
    case "compaction-start":
    case "rpc":
    case "role-conflict":
    case "history-corrupted":
    case "memory-flush-exhausted":
    case "cli-session-reset":
    case "restart-recovery":
    case "pruned":
    case "capped":
    case "gateway-start":
    case "gateway-stop":
    case "heartbeat":
    case "lock-released":
    case "connection-closed":
    case "config-reload":
      return undefined;
  }
}

/** How many records of a long list become evidence. */
const SHOWN = 3;

/** The newest of some records, each as a line of evidence. */
export function ofLog(records: readonly LogRecord[]): readonly Evidence[] {
  return records
    .slice(-SHOWN)
    .map(({ at, text, place, recordedAt }) =>
      evidence("log", () => l10n.t("The log says at {0}: {1}", isoTime(at) ?? "?", text), place, recordedAt),
    );
}
