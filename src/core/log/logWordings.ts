import type { VersionRange } from "../locations/versionRange";
import type { LogLine } from "./logLine";
import type { LogEvent } from "./logRecord";

/** Words of OpenClaw's log that mean something to us. */
export interface LogWording {
  /** Matches the message from its beginning, subsystem removed. A user or a model may quote any of these elsewhere. */
  readonly pattern: RegExp;
  /**
   * The subsystems that print it: as the log file names them (`gateway/ws`), and as the console does (`ws`). `"none"`: printed
   * without one, like the replies of a model, so the pattern is whole, to the end of the line.
   */
  readonly printedBy: readonly string[] | "none";
  /**
   * The level of a line without a subsystem, where the form of the log tells it: errors and warnings are OpenClaw's, what a
   * model said is printed as `INFO`.
   */
  readonly level?: "ERROR" | "WARN";
  readonly versions: VersionRange;
  /** Where it was seen. */
  readonly source: string;
  readonly event: (match: RegExpExecArray, line: LogLine) => LogEvent | undefined;
  /**
   * OpenClaw's own words of it, which is all that is ever shown: what a provider, a plugin or a client added is left out. What
   * was matched, when left out.
   */
  readonly shown?: (match: RegExpExecArray) => string;
  /** Written straight to standard error, without a time: the time of the line before it is taken. */
  readonly undated?: boolean;
}

const always: VersionRange = { from: "2026.1.29", until: undefined };

const id = "[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}";
const key = "(?:agent:[\\w-]{1,64}:\\S{1,400}?|global|unknown)";

/** The names of a subsystem of the gateway in the log file and in the console, which leaves its first part out. */
function ofGateway(name: string): readonly string[] {
  return [`gateway/${name}`, name];
}

const ws = ofGateway("ws");
const connections = [
  ...ws,
  "gateway",
  "gateway/channels",
  ...["discord", "feishu", "googlechat", "imessage", "irc", "line", "matrix", "mattermost", "msteams", "nostr"].flatMap(
    ofChannel,
  ),
  ...["signal", "slack", "telegram", "webchat", "whatsapp", "zalo"].flatMap(ofChannel),
];

function ofChannel(name: string): readonly string[] {
  return [`gateway/channels/${name}`, name];
}

/** `conn=304bf958…139f id=8`: ends every answer; clients choose their ids. */
const ofConnection = "conn=[\\da-f]{8}…[\\da-f]{4} id=\\S{1,30}";
const released = "releasing lock held for >?(\\d{1,15})ms \\(max=\\d{1,15}ms\\)(: .{1,1000}\\.lock)?$";
const releasedLock: Pick<LogWording, "versions" | "source" | "event" | "undated"> = {
  versions: { from: "2026.2.1", until: "2026.7.35" },
  source: "openclaw/openclaw#46250",
  // Without a time it may be a line of anybody's: then it must be complete.
  event: ([, held, file], { at }) =>
    at === undefined && file === undefined ? undefined : { kind: "lock-released", heldMs: Number(held) },
  undated: true,
};
const calls: Pick<LogWording, "printedBy" | "versions" | "source"> = {
  printedBy: ws,
  versions: always,
  source: "recorded with 2026.3.13 to 2026.9.6",
};

/** In the order in which they are tried. */
export const logWordings: readonly LogWording[] = [
  {
    ...calls,
    pattern: new RegExp(
      `^(⇄ res ✓ ([\\w.]{1,60}) \\d{1,12}ms)((?: [\\w.]{1,40}=\\S{1,300}){0,12}?)( ${ofConnection})?$`,
    ),
    event: ([, , method = "", , connection], { level }) => {
      // In the console these may be the words of a model, unless they are complete.
      if (connection === undefined && level === undefined) return undefined;
      return changing.test(method) ? { kind: "rpc", method, ok: true } : undefined;
    },
    shown: ([, answer = "", , more = "", connection = ""]) => `${answer}${runIn(more)}${connection}`,
  },
  {
    ...calls,
    // The client is told why in words of any kind.
    pattern: new RegExp(`^(⇄ res ✗ ([\\w.]{1,60})(?: \\d{1,12}ms)?)( .{1,2000})? (${ofConnection})$`),
    event: ([, , method = ""]) => (changing.test(method) ? { kind: "rpc", method, ok: false } : undefined),
    shown: ([, answer = "", , more = "", connection = ""]) =>
      `${answer}${/ errorCode=[A-Z_]{1,40}(?= |$)/.exec(more)?.[0] ?? ""} ${connection}`,
  },
  {
    pattern: new RegExp(
      `^Auto-compaction failed \\(.{0,2000}\\)\\. Restarting session (${key}) -> (${id}) and retrying\\.$`,
    ),
    printedBy: "none",
    level: "ERROR",
    shown: withoutReason,
    versions: { from: "2026.1.29", until: "2026.5.20" },
    source: "OpenClaw's program text",
    event: ([, of, newId]) => ({ kind: "compaction-failed", key: of, newId }),
  },
  {
    pattern: new RegExp(
      `^Auto-compaction failed \\(.{0,2000}\\)\\. Preserving existing session mapping for (${key})\\.$`,
    ),
    printedBy: "none",
    level: "ERROR",
    shown: withoutReason,
    versions: { from: "2026.5.22", until: undefined },
    source: "recorded with 2026.7.35",
    event: ([, of]) => ({ kind: "mapping-preserved", key: of }),
  },
  {
    pattern: new RegExp(`^Role ordering conflict \\(.{0,2000}\\)\\. Restarting session (${key}) -> (${id})\\.$`),
    printedBy: "none",
    level: "ERROR",
    shown: withoutReason,
    versions: { from: "2026.1.29", until: "2026.7.35" },
    source: "OpenClaw's program text",
    event: ([, of, newId]) => ({ kind: "role-conflict", key: of, newId }),
  },
  {
    pattern: new RegExp(
      `^Session history corrupted \\(Gemini function call ordering\\)\\. Resetting session: (${key})$`,
    ),
    printedBy: "none",
    level: "ERROR",
    versions: { from: "2026.1.29", until: "2026.5.7" },
    source: "OpenClaw's program text",
    event: ([, of]) => ({ kind: "history-corrupted", key: of }),
  },
  {
    pattern: new RegExp(`^Memory flush exhausted\\. Rotating bloated session (${key}) -> (${id})\\.$`),
    printedBy: "none",
    level: "ERROR",
    versions: { from: "2026.7.1", until: "2026.7.35" },
    source: "OpenClaw's program text",
    event: ([, of, newId]) => ({ kind: "memory-flush-exhausted", key: of, newId }),
  },
  {
    pattern: /^cli session reset: provider=\S{1,100} reason=([\w-]{1,60})(?:\s|$)/,
    printedBy: ["agent/cli-backend", "agents/agent-command"],
    versions: { from: "2026.3.31", until: undefined },
    source: "openclaw/openclaw#68471",
    event: ([, reason]) => ({ kind: "cli-session-reset", reason }),
  },
  {
    pattern: /^marked interrupted main session failed(?::\s(\S{1,400}))?/,
    printedBy: ["main-session-restart-recovery"],
    versions: { from: "2026.5.2", until: undefined },
    source: "OpenClaw's program text",
    event: ([, of]) => ({ kind: "restart-recovery", key: of }),
  },
  {
    pattern: /^pruned stale session entries$/,
    printedBy: ["sessions/store"],
    versions: always,
    source: "openclaw/openclaw#81749",
    event: (match, { data }) => ({ kind: "pruned", count: countIn(data, ["pruned", "removed"]) }),
  },
  {
    pattern: /^capped session entry count$/,
    printedBy: ["sessions/store"],
    versions: always,
    source: "openclaw/openclaw#109191",
    event: (match, { data }) => ({ kind: "capped", count: countIn(data, ["removed", "capped"]) }),
  },
  // One line per start: which of these it is differs by version.
  {
    // 2026.1.29 has a second line without the process for `[::1]`.
    pattern: /^listening on wss?:\/\/.{1,300} \(PID \d{1,10}\)$/,
    printedBy: ["gateway"],
    versions: { from: "2026.1.29", until: "2026.4.1" },
    source: "recorded with 2026.3.13",
    event: () => ({ kind: "gateway-start", version: undefined }),
  },
  {
    pattern: /^ready \(\d+ plugins?,/,
    printedBy: ["gateway"],
    versions: { from: "2026.4.2", until: "2026.5.17" },
    source: "recorded with 2026.4.21",
    event: () => ({ kind: "gateway-start", version: undefined }),
    shown: () => "ready",
  },
  {
    pattern: /^http server listening \(/,
    printedBy: ["gateway"],
    versions: { from: "2026.5.18", until: undefined },
    source: "recorded with 2026.5.18, 2026.7.35, 2026.9.6",
    event: () => ({ kind: "gateway-start", version: undefined }),
    shown: () => "http server listening",
  },
  {
    pattern: /^received SIG[A-Z\d]{2,5}; (?:shutting down|restarting)/,
    printedBy: ["gateway"],
    versions: always,
    source: "recorded with 2026.3.13 to 2026.9.6",
    event: () => ({ kind: "gateway-stop" }),
  },
  {
    // `started` and `disabled` come with every start of the gateway and are no tick. The log file repeats the subsystem.
    pattern: /^(?!(?:heartbeat: )?(?:started|disabled|stopped)\b)\S/,
    printedBy: ofGateway("heartbeat"),
    versions: always,
    source: "recorded with 2026.3.13 to 2026.9.6",
    event: () => ({ kind: "heartbeat" }),
    shown: () => "…",
  },
  {
    ...releasedLock,
    pattern: new RegExp(`^${released}`),
    printedBy: ["session-write-lock"],
  },
  {
    ...releasedLock,
    // The log file keeps it as it was printed.
    pattern: new RegExp(`^\\[session-write-lock\\] ${released}`),
    printedBy: "none",
    level: "WARN",
  },
  {
    pattern: /^.{0,300}?\b(?:disconnected|closed)\b.{0,300}?\b(?:code=|closed: |code )(\d{4})\b/s,
    printedBy: connections,
    versions: always,
    source: "openclaw/openclaw#46250",
    event: ([, code]) => ({ kind: "connection-closed", code: Number(code) }),
    shown: ([, code = ""]) => `… closed … code=${code}`,
  },
  {
    pattern: /^(?:\[compaction-diag\] start\b|embedded run (?:auto-)?compaction start\b)/,
    printedBy: ["agent/embedded"],
    versions: always,
    source: "recorded with 2026.5.18 and 2026.7.35",
    event: () => ({ kind: "compaction-start" }),
  },
  {
    pattern: /^context overflow detected \(/,
    printedBy: ["agent/embedded"],
    versions: always,
    source: "recorded with 2026.7.35",
    event: () => ({ kind: "overflow" }),
    shown: () => "context overflow detected",
  },
  {
    pattern: /^\[context-overflow-precheck\](?= )/,
    printedBy: ["agent/embedded"],
    versions: always,
    source: "recorded with 2026.7.35",
    event: (match, { message }) => precheckIn(message),
    shown: ({ input }) =>
      ["[context-overflow-precheck]", ...(input.slice(0, 2000).match(precheckFields) ?? [])].join(" "),
  },
  {
    pattern: /^config (?:change detected|hot reload applied|change applied|change requires gateway restart)\b/,
    printedBy: ofGateway("reload"),
    versions: always,
    source: "OpenClaw's program text",
    event: () => ({ kind: "config-reload" }),
  },
];

/** Which OpenClaw was started: its banner, the service's own name, and the notice of an update. */
export const versionWordings: readonly { readonly pattern: RegExp; readonly source: string }[] = [
  {
    // In the middle of a line, or without what follows it, it is somebody's sentence.
    pattern: /^(?:\S{1,4} )?OpenClaw (\d{4}\.\d{1,2}\.\d{1,3}(?:-[\w.]{1,20})?)(?: \([\da-f]{6,12}\)(?: |$)|$)/,
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

const precheckFields =
  /(?<= )(?:sessionKey=\S{1,400}|route=\w{1,40}|(?:estimatedPromptTokens|promptBudgetBeforeReserve|overflowTokens)=\d{1,12})(?= |$)/g;

/** Why is told in words of a provider, unless OpenClaw found it out itself before anything was sent. */
function withoutReason([line]: RegExpExecArray): string {
  return line.replace(/\((.*)\)(?=\. (?:Restarting session|Preserving existing session mapping) )/, (found, why) =>
    why === "Context overflow: prompt too large for the model (precheck)." ? found : "(…)",
  );
}

function runIn(fields: string): string {
  return new RegExp(` runId=${id}(?= |$)`).exec(fields)?.[0] ?? "";
}

function countIn(data: Readonly<Record<string, unknown>>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = data[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}
