import type { VersionRange } from "../locations/versionRange";
import type { LogLine } from "./logLine";
import type { LogEvent } from "./logRecord";

/** Words of OpenClaw's log that mean something to us. */
export interface LogWording {
  /** Matches the message from its beginning, subsystem removed. A user or a model may quote any of these elsewhere. */
  readonly pattern: RegExp;
  /**
   * Last part of the subsystem (`ws` of `gateway/ws`), where the words alone could be anybody's. `"none"`: printed without a
   * subsystem, like the replies of a model, so the pattern is whole, to the end of the line.
   */
  readonly subsystem: RegExp | "none" | "any";
  readonly versions: VersionRange;
  /** Where it was seen. */
  readonly source: string;
  readonly event: (match: RegExpExecArray, line: LogLine) => LogEvent | undefined;
  /** Written straight to standard error, without a time: the time of the line before it is taken. */
  readonly undated?: boolean;
}

const always: VersionRange = { from: "2026.1.29", until: undefined };

const id = "[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}";
const key = "\\S{1,400}?";

/** In the order in which they are tried. */
export const logWordings: readonly LogWording[] = [
  {
    pattern: /^⇄ res (✓|✗) ([\w.]{1,60})(?:\s|$)/,
    subsystem: /^ws$/,
    versions: always,
    source: "recorded with 2026.3.13 to 2026.9.6",
    event: ([, mark, method = ""]) => (changing.test(method) ? { kind: "rpc", method, ok: mark === "✓" } : undefined),
  },
  {
    pattern: new RegExp(
      `^Auto-compaction failed \\(.{0,2000}\\)\\. Restarting session (${key}) -> (${id}) and retrying\\.?$`,
      "s",
    ),
    subsystem: "none",
    versions: { from: "2026.1.29", until: "2026.5.20" },
    source: "OpenClaw's program text",
    event: ([, of, newId]) => ({ kind: "compaction-failed", key: of, newId }),
  },
  {
    pattern: new RegExp(
      `^Auto-compaction failed \\(.{0,2000}\\)\\. Preserving existing session mapping for (${key})\\.?$`,
      "s",
    ),
    subsystem: "none",
    versions: { from: "2026.5.22", until: undefined },
    source: "recorded with 2026.7.35",
    event: ([, of]) => ({ kind: "mapping-preserved", key: of }),
  },
  {
    pattern: new RegExp(`^Role ordering conflict \\(.{0,2000}\\)\\. Restarting session (${key}) -> (${id})\\.?$`, "s"),
    subsystem: "none",
    versions: { from: "2026.1.29", until: "2026.7.35" },
    source: "OpenClaw's program text",
    event: ([, of, newId]) => ({ kind: "role-conflict", key: of, newId }),
  },
  {
    pattern: new RegExp(
      `^Session history corrupted \\(Gemini function call ordering\\)\\. Resetting session: (${key})\\.?$`,
    ),
    subsystem: "none",
    versions: { from: "2026.1.29", until: "2026.5.7" },
    source: "OpenClaw's program text",
    event: ([, of]) => ({ kind: "history-corrupted", key: of }),
  },
  {
    pattern: new RegExp(`^Memory flush exhausted\\. Rotating bloated session (${key}) -> (${id})\\.?$`),
    subsystem: "none",
    versions: { from: "2026.7.1", until: "2026.7.35" },
    source: "OpenClaw's program text",
    event: ([, of, newId]) => ({ kind: "memory-flush-exhausted", key: of, newId }),
  },
  {
    pattern: /^cli session reset: provider=\S{1,100} reason=([\w-]{1,60})(?:\s|$)/,
    subsystem: "any",
    versions: { from: "2026.3.31", until: undefined },
    source: "openclaw/openclaw#68471",
    event: ([, reason]) => ({ kind: "cli-session-reset", reason }),
  },
  {
    pattern: /^marked interrupted main session failed(?::\s(\S{1,400}))?/,
    subsystem: "any",
    versions: { from: "2026.5.2", until: undefined },
    source: "OpenClaw's program text",
    event: ([, of]) => ({ kind: "restart-recovery", key: of }),
  },
  {
    pattern: /^pruned stale session entries/,
    subsystem: "any",
    versions: always,
    source: "openclaw/openclaw#81749",
    event: (match, { data }) => ({ kind: "pruned", count: countIn(data, ["pruned", "removed"]) }),
  },
  {
    pattern: /^capped session entry count/,
    subsystem: "any",
    versions: always,
    source: "openclaw/openclaw#109191",
    event: (match, { data }) => ({ kind: "capped", count: countIn(data, ["removed", "capped"]) }),
  },
  // One line per start: which of these it is differs by version.
  {
    pattern: /^listening on wss?:\/\//,
    subsystem: /^gateway$/,
    versions: { from: "2026.1.29", until: "2026.4.1" },
    source: "recorded with 2026.3.13",
    event: () => ({ kind: "gateway-start", version: undefined }),
  },
  {
    pattern: /^ready \(\d+ plugins?,/,
    subsystem: /^gateway$/,
    versions: { from: "2026.4.2", until: "2026.5.17" },
    source: "recorded with 2026.4.21",
    event: () => ({ kind: "gateway-start", version: undefined }),
  },
  {
    pattern: /^http server listening \(/,
    subsystem: /^gateway$/,
    versions: { from: "2026.5.18", until: undefined },
    source: "recorded with 2026.5.18, 2026.7.35, 2026.9.6",
    event: () => ({ kind: "gateway-start", version: undefined }),
  },
  {
    pattern: /^received SIG[A-Z\d]{2,5}; (?:shutting down|restarting)/,
    subsystem: /^gateway$/,
    versions: always,
    source: "recorded with 2026.3.13 to 2026.9.6",
    event: () => ({ kind: "gateway-stop" }),
  },
  {
    // `started` and `disabled` come with every start of the gateway and are no tick.
    pattern: /^(?!started\b|disabled\b|stopped\b)\S/,
    subsystem: /^heartbeat$/,
    versions: always,
    source: "recorded with 2026.3.13 to 2026.9.6",
    event: () => ({ kind: "heartbeat" }),
  },
  {
    pattern: /^releasing lock held for >?(\d{1,15})ms/,
    subsystem: /^session-write-lock$/,
    versions: { from: "2026.2.1", until: "2026.7.35" },
    source: "openclaw/openclaw#46250",
    event: ([, held]) => ({ kind: "lock-released", heldMs: Number(held) }),
    undated: true,
  },
  {
    pattern: /^.{0,300}?\b(?:disconnected|closed)\b.{0,300}?\b(?:code=|closed: |code )(\d{4})\b/s,
    subsystem: "any",
    versions: always,
    source: "openclaw/openclaw#46250",
    event: ([, code]) => ({ kind: "connection-closed", code: Number(code) }),
  },
  {
    pattern: /^(?:\[compaction-diag\] start\b|embedded run (?:auto-)?compaction start\b)/,
    subsystem: /^embedded$/,
    versions: always,
    source: "recorded with 2026.5.18 and 2026.7.35",
    event: () => ({ kind: "compaction-start" }),
  },
  {
    pattern: /^context overflow detected \(/,
    subsystem: /^embedded$/,
    versions: always,
    source: "recorded with 2026.7.35",
    event: () => ({ kind: "overflow" }),
  },
  {
    pattern: /^\[context-overflow-precheck\]/,
    subsystem: /^embedded$/,
    versions: always,
    source: "recorded with 2026.7.35",
    event: (match, { message }) => precheckIn(message),
  },
  {
    pattern: /^config (?:change detected|hot reload applied|change applied|change requires gateway restart)\b/,
    subsystem: /^reload$/,
    versions: always,
    source: "OpenClaw's program text",
    event: () => ({ kind: "config-reload" }),
  },
];

/** Which OpenClaw was started: its banner, the service's own name, and the notice of an update. */
export const versionWordings: readonly { readonly pattern: RegExp; readonly source: string }[] = [
  {
    pattern: /(?:^|\s)OpenClaw (\d{4}\.\d{1,2}\.\d{1,3}(?:-[\w.]{1,20})?)(?: \([\da-f]{6,12}\))?(?:\s|$)/,
    source: "the banner of every command",
  },
  {
    pattern: /Started .{0,60}OpenClaw Gateway \(v(\d{4}\.\d{1,2}\.\d{1,3}(?:-[\w.]{1,20})?)\)/,
    source: "the service's description",
  },
  {
    pattern: /update available \([\w-]{1,20}\): v\S{1,30} \(current v(\d{4}\.\d{1,2}\.\d{1,3}(?:-[\w.]{1,20})?)\)/,
    source: "the check for updates at every start",
  },
];

/** A line without any of these is nothing to us; tried before anything dear. */
export const anyWording =
  /⇄ res|Auto-compaction failed|Role ordering|history corrupted|Memory flush|cli session reset|marked interrupted|pruned stale|capped session|listening|ready \(|received SIG|heartbeat|releasing lock|disconnected|closed|compaction|context overflow|context-overflow|config |OpenClaw|update available/;

/** Calls that change something, or begin a turn. */
const changing =
  /^(?:sessions\.(?:reset|delete|compact|compaction\.\w+|patch|create|send|steer|abort|fork|rewind|recover|cleanup)|chat\.(?:send|abort|inject)|agent|send|wake|system-event|set-heartbeats|last-heartbeat|cron\.(?:run|add|update|remove)|config\.(?:set|apply|patch)|update\.run)$/;

/** Undefined for a check that fits, and for what is said afterwards (`early recovery route=… completed`). */
function precheckIn(message: string): LogEvent | undefined {
  const beginning = message.slice(0, 2000);
  const estimated = / estimatedPromptTokens=(\d{1,12})(?:\s|$)/.exec(beginning)?.[1];
  if (estimated === undefined || / route=fits(?:\s|$)/.test(beginning)) return undefined;
  const budget = / promptBudgetBeforeReserve=(\d{1,12})(?:\s|$)/.exec(beginning)?.[1];
  return {
    kind: "precheck",
    key: / sessionKey=(\S{1,400})/.exec(beginning)?.[1],
    estimatedTokens: Number(estimated),
    budgetTokens: budget === undefined ? undefined : Number(budget),
  };
}

function countIn(data: Readonly<Record<string, unknown>>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = data[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}
