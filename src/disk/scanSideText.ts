import type { CronRun, MemoryNote } from "../core/conversation/agentInput";

/**
 * One line of `cron/runs/<jobId>.jsonl` (OpenClaw 2026.1–2026.7):
 * `{"ts":1779184836232,"jobId":"ff53…","action":"finished",…,"sessionId":"262a…","sessionKey":"agent:main:cron:ff53…"}`.
 * Undefined when it names no session; 2026.3 wrote no `sessionKey`.
 */
export function parseCronRun(base: string, line: string): CronRun | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The log is side evidence: a line cut short by the bounded read, or by a crash, tells nothing.
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { jobId, sessionId, sessionKey, ts } = value as Readonly<Record<string, unknown>>;
  if (typeof sessionId !== "string" || sessionId === "") return undefined;
  return {
    base,
    jobId: typeof jobId === "string" ? jobId : base.replace(/\.jsonl$/, ""),
    sessionId,
    sessionKey: typeof sessionKey === "string" ? sessionKey : undefined,
    at: typeof ts === "number" ? ts : undefined,
  };
}

/**
 * The head of a note that the session-memory hook writes at a reset, in every version with
 * `- **Session Key**: agent:main:main` and `- **Session ID**: 315349e0-…`. Undefined when either is missing.
 */
export function parseMemoryNote(base: string, text: string): MemoryNote | undefined {
  const sessionKey = /^\W*Session Key\W*:\W*?(\S+)\s*$/im.exec(text)?.[1];
  const sessionId = /^\W*Session ID\W*:\W*?(\S+)\s*$/im.exec(text)?.[1];
  if (sessionKey === undefined || sessionId === undefined || sessionId === "unknown") return undefined;
  const at = timeOfNote(text);
  return { base, sessionKey, sessionId, ...(at === undefined ? {} : { at }) };
}

/** `# Session: 2026-04-22 09:15:00 UTC`; a name of a zone alone (`CST`) is more than one zone's. */
function timeOfNote(text: string): number | undefined {
  const [, day, clock, sign, hours, minutes = "00"] =
    /^# Session: (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|GMT)(?:([+-])(\d{1,2})(?::(\d\d))?)?\s*$/m.exec(text) ?? [];
  if (day === undefined || clock === undefined) return undefined;
  const offset = hours === undefined ? "Z" : `${sign ?? "+"}${hours.padStart(2, "0")}:${minutes}`;
  const at = Date.parse(`${day}T${clock}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}
