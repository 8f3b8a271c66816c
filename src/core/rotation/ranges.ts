import type { VersionRange } from "../locations/versionRange";
import { within } from "../surroundings/versionFact";
import type { RotationFacts } from "./rotationFacts";

/**
 * In which OpenClaw releases something happens that tells causes apart. Seen in the shipped code or by running the release;
 * where a change lies between two releases that were looked at, the range ends at the last one that has it for sure.
 */
export const ranges = {
  /** Daily and idle resets rename the old transcript to `.jsonl.reset.<stamp>` (changelog of 2026.3.7). */
  automaticArchive: { from: "2026.3.7", until: "2026.7.35" },
  /** Before that they leave it under its name. */
  automaticOrphan: { from: "2026.1.0", until: "2026.3.6" },
  /** `openclaw agent` rotates no stale session (run: 2026.3.13, 2026.4.21). */
  agentCallKeeps: { from: "2026.3.7", until: "2026.4.29" },
  /** `openclaw agent` rotates a stale session and leaves the old transcript under its name (run: 2026.5.18, 2026.7.35). */
  agentCallOrphan: { from: "2026.5.18", until: "2026.7.35" },
  /** `/new` and `/reset` rename the old transcript (changelog of 2026.2.13). */
  commandArchive: { from: "2026.2.13", until: "2026.7.35" },
  commandLeaves: { from: "2026.1.0", until: "2026.2.12" },
  /** Turns of heartbeats, cron jobs and notices cannot reset a conversation (initSessionState; run: 2026.4.21, 2026.7.35). */
  machineTurnsKeep: { from: "2026.4.1", until: undefined },
  /** Every message that a person typed is stored with a stamp, and `/new <text>` as `<text>` without one. */
  stampedMessages: { from: "2026.1.0", until: "2026.5.18" },
  /** `/new <text>` is stored as it was typed, without stamps (run: 2026.7.35). */
  literalCommands: { from: "2026.7.1", until: "2026.7.35" },
  /** The prompt in place of a bare command: in words, then as a marker (wordings.ts). */
  startupWords: { from: "2026.1.0", until: "2026.4.26" },
  startupMarker: { from: "2026.4.27", until: "2026.7.35" },
  /** A bare command is answered by OpenClaw itself (run: 2026.5.18, 2026.7.35). */
  resetReply: { from: "2026.5.18", until: undefined },
  /** `sessions.reset` writes the header of the next transcript at once (run: 2026.4.21, 2026.5.18, 2026.7.35). */
  rpcHeaderAtOnce: { from: "2026.3.28", until: "2026.7.35" },
  /** … into a file with the name of the old one (run: 2026.4.21). */
  rpcReusesName: { from: "2026.3.28", until: "2026.5.7" },
  /** … into a file with the new name (run: 2026.5.18, 2026.7.35). */
  rpcOwnName: { from: "2026.5.18", until: "2026.7.35" },
  /** `sessions.reset` writes no file until the next answered turn (run: 2026.3.13). */
  rpcNoFile: { from: "2026.1.0", until: "2026.3.24" },
  /** `usageFamilySessionIds`: kept by chat, daily and idle resets, dropped by `sessions.reset` (run: 2026.5.18, 2026.7.35). */
  usageFamily: { from: "2026.5.18", until: "2026.7.35" },
  /** A main session that looks ended is not used again (run: 2026.7.35; absent in 2026.5.18). */
  endedRow: { from: "2026.7.1", until: "2026.7.35" },
  /** As far as is reported: the rule came in June 2026 (openclaw/openclaw#90576). */
  endedRowPerhaps: { from: "2026.6.5", until: "2026.7.35" },
  /** A compaction that fails restarts the session under a new id and leaves the old transcript (code). */
  compactionRestart: { from: "2026.1.0", until: "2026.5.20" },
  compactionKeeps: { from: "2026.5.22", until: undefined },
  /** A restart puts the last messages into the new transcript again (replayRecentUserAssistantMessages). */
  replay: { from: "2026.4.29", until: "2026.7.35" },
  /** A conflict of roles restarts the session. */
  roleConflict: { from: "2026.1.0", until: "2026.7.35" },
  /** It unlinks the old transcript … */
  roleConflictUnlinks: { from: "2026.1.0", until: "2026.6.11" },
  /** … and later archives it. */
  roleConflictArchives: { from: "2026.7.1", until: "2026.7.35" },
  /** A corrupted history is unlinked, the row with it (Gemini; code). */
  corruptionUnlinks: { from: "2026.1.0", until: "2026.5.7" },
  memoryFlush: { from: "2026.7.1", until: "2026.7.35" },
  /** A heartbeat that said nothing is cut off again, which moves the file's time (pruneHeartbeatTranscript). */
  heartbeatCut: { from: "2026.2.23", until: "2026.4.5" },
  /** Maintenance removes what is old unless told otherwise (run: 2026.4.21, 2026.7.35; only reported before). */
  maintenanceEnforces: { from: "2026.4.20", until: "2026.7.35" },
  /** `heartbeat.isolatedSession`. */
  isolatedHeartbeats: { from: "2026.3.22", until: "2026.7.35" },
} as const satisfies Readonly<Record<string, VersionRange>>;

export function versionIn({ surroundings }: RotationFacts, range: VersionRange): "yes" | "no" | "maybe" {
  return within(surroundings.version, range);
}
