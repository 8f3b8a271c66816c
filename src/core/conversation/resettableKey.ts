import { type KeyAbout, parseSessionKey } from "../names/sessionKey";

/**
 * Keys whose sessions are set aside as `.reset.` archives. Isolated heartbeats and cron jobs take a new session for every
 * run and leave the old file under its name (2026.3.22–7.35); sub-agents, web hooks and one-off runs get a key of their own.
 * None of them can be what followed an archive.
 */
export function canBeReset(key: string): boolean {
  return !neverArchived.has(parseSessionKey(key).about.kind);
}

const neverArchived: ReadonlySet<KeyAbout["kind"]> = new Set<KeyAbout["kind"]>([
  "heartbeat",
  "cron",
  "cron-run",
  "subagent",
  "hook",
  "explicit",
]);

/** Rooms, where each message may come from somebody else. */
export function hasManySenders(key: string): boolean {
  const { kind } = parseSessionKey(key).about;
  return kind === "group" || kind === "channel" || kind === "room" || kind === "global";
}
