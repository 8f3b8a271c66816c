import type { VersionRange } from "../locations/versionRange";

/** Turns that a user did not type although they are stored as user messages. */
export type MachineTurn =
  | "heartbeat"
  | "cron"
  | "exec-notice"
  | "startup"
  | "inter-session"
  | "runtime-context"
  | "subagent-task"
  | "system-event";

export interface Wording {
  readonly turn: MachineTurn;
  /** Matches the beginning of the words, envelope removed. Always anchored: a user may quote any of these. */
  readonly pattern: RegExp;
  /** OpenClaw releases in which the gateway stores this wording. A transcript may hold rows of many releases. */
  readonly versions: VersionRange;
  /** Where it was seen. */
  readonly source: string;
}

const always: VersionRange = { from: "2026.1.29", until: undefined };

/** In the order in which they are tried. */
export const wordings: readonly Wording[] = [
  {
    turn: "heartbeat",
    pattern: /^\[OpenClaw heartbeat poll\]/,
    versions: { from: "2026.4.26", until: undefined },
    source: "recorded with 2026.5.18, 2026.7.35, 2026.9.6; the prompt itself became runtime context",
  },
  {
    turn: "heartbeat",
    pattern: /^Read HEARTBEAT\.md if it exists\b/,
    versions: { from: "2026.1.29", until: "2026.4.25" },
    source: "recorded with 2026.3.13, 2026.4.21; `heartbeat.prompt` may replace it",
  },
  {
    turn: "exec-notice",
    pattern: /^\[OpenClaw exec completion\]/,
    versions: { from: "2026.9.4", until: undefined },
    source: "read in 2026.9.4",
  },
  {
    turn: "cron",
    pattern: /^\[OpenClaw cron wake\]/,
    versions: { from: "2026.9.4", until: undefined },
    source: "read in 2026.9.4",
  },
  {
    turn: "system-event",
    pattern: /^\[OpenClaw session event\]/,
    versions: { from: "2026.9.4", until: undefined },
    source: "read in 2026.9.4",
  },
  {
    turn: "startup",
    pattern: /^\[OpenClaw session (?<command>new|reset)\]/,
    versions: { from: "2026.4.27", until: undefined },
    source: "read in 2026.4.29",
  },
  {
    turn: "startup",
    pattern: /^A new session was started via \/new or \/reset\./,
    versions: { from: "2026.1.29", until: "2026.4.26" },
    source: "recorded with 2026.3.13, 2026.4.21; what follows this sentence differs by release",
  },
  {
    turn: "exec-notice",
    pattern: /^An async command you ran earlier has completed\b/,
    versions: always,
    source: "recorded with 2026.4.21",
  },
  {
    turn: "exec-notice",
    pattern: /^Exec (?:completed|failed) \(/,
    versions: always,
    source: "recorded with 2026.3.13, 2026.4.21 behind a `System:` stamp",
  },
  {
    turn: "cron",
    pattern: /^\[cron:(?<job>[^\s\]]{1,80})(?: (?<name>[^\]\n]{0,200}))?\]/,
    versions: always,
    source: "recorded with 2026.3.13 to 2026.7.35",
  },
  {
    turn: "cron",
    pattern: /^A scheduled (?:reminder has been|cron event was) triggered\b/,
    versions: always,
    source: "a cron job's `systemEvent` in the main session; seen in public memory notes of 2026.3 to 2026.5",
  },
  {
    turn: "inter-session",
    pattern: /^\[Inter-session message\](?: sourceSession=(?<from>\S+))?(?:[^\n]*? sourceTool=(?<tool>\S+))?/,
    versions: { from: "2026.3.0", until: undefined },
    source: "read in 2026.3 and later",
  },
  {
    turn: "subagent-task",
    pattern: /^\[Subagent (?:Context|Task)\]/,
    versions: { from: "2026.3.13", until: undefined },
    source: "recorded with 2026.3.13 to 2026.7.35",
  },
];

/** What OpenClaw itself answers to a bare `/new` or `/reset`, as the whole text of a mirror row. */
export const resetReplies: readonly {
  readonly command: "new" | "reset";
  readonly pattern: RegExp;
  readonly versions: VersionRange;
  readonly source: string;
}[] = [
  {
    command: "new",
    pattern: /^✅ New session started\.$/,
    versions: { from: "2026.5.18", until: undefined },
    source: "recorded with 2026.5.18, where it is the first row, and 2026.7.35, where `/new` stands before it",
  },
  {
    command: "reset",
    pattern: /^✅ Session reset\.$/,
    versions: { from: "2026.5.18", until: undefined },
    source: "not recorded; the twin of the other",
  },
];

/** Replies that nobody gets to see. */
export const silentReplies = {
  /** Exactly this text: nothing is delivered. All releases. */
  noReply: "NO_REPLY",
  /** Alone or with at most `maxRest` more characters (`heartbeat.ackMaxChars`): not delivered. Up to 2026.7.35. */
  heartbeat: { token: "HEARTBEAT_OK", maxRest: 300 },
} as const;
