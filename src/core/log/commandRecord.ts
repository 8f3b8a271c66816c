import type { Place } from "../evidence/evidence";
import type { CommandRecord } from "../rotation/rotationFacts";

/**
 * A line of `logs/commands.log`, which the `command-logger` hook writes in every version:
 *
 *     {"timestamp":"2026-03-30T09:15:00.000Z","action":"new","sessionKey":"agent:main:main","senderId":"…","source":"webchat"}
 *
 * The sender is left behind. Undefined for a line that is no such record.
 */
export function parseCommandRecord(line: string, place: Place): CommandRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined; // cut short, by a crash or by the bounds of what was read
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { timestamp, action, sessionKey, source } = value as Readonly<Record<string, unknown>>;
  const at = typeof timestamp === "string" ? Date.parse(timestamp) : timestamp;
  if (typeof at !== "number" || !Number.isFinite(at) || typeof action !== "string" || action.length > 100)
    return undefined;
  return {
    at,
    action,
    sessionKey: typeof sessionKey === "string" ? sessionKey : undefined,
    source: typeof source === "string" ? source.slice(0, 100) : undefined,
    place,
  };
}
