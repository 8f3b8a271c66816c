import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Run traces of isolated heartbeats that are sent what earlier ticks said, as openclaw/openclaw#84218 describes it. No gateway
 * could be made to do so: these are the records of a real run of OpenClaw 2026.5.18 under another key, with a heartbeat's prompt
 * and, from the second tick on, the messages of the ticks before in `messages`, laid out as the gateway lays them out.
 */
export interface TickTrace {
  readonly sessionId: string;
  /** Epoch ms of its first record. */
  readonly beganAt: number;
  /** The file's content. */
  readonly text: string;
}

export const heartbeatKey = "agent:main:main:heartbeat";
const firstTickAt = Date.UTC(2026, 4, 20, 10);
const MINUTE = 60_000;

/** Ticks half an hour apart. `replayed: false`: each begins with nothing, as it should. */
export function tickTraces(count: number, { replayed = true, characters = 4000 } = {}): readonly TickTrace[] {
  const said: object[] = [];
  return Array.from({ length: count }, (_, tick) => {
    const sessionId = `00000000-0000-4000-8000-${String(tick).padStart(12, "0")}`;
    const beganAt = firstTickAt + tick * 30 * MINUTE;
    const text = traceOf({ sessionId, beganAt, messages: replayed ? said : [] });
    said.push(
      { role: "user", content: [{ type: "text", text: heartbeatPrompt }], timestamp: beganAt },
      { ...recordedAnswer(), content: [{ type: "text", text: "x".repeat(characters) }], timestamp: beganAt + 400 },
    );
    return { sessionId, beganAt, text };
  });
}

const heartbeatPrompt = "[OpenClaw heartbeat poll]";

function traceOf(tick: { sessionId: string; beganAt: number; messages: readonly object[] }): string {
  const run = recordedRuns()[0] ?? [];
  const shift = tick.beganAt - Date.parse(run[0]?.ts ?? "");
  const given = tick.messages.length;
  return run
    .map(({ data, ts, ...record }) => {
      const changed: Record<string, unknown> = { ...data };
      if (record.type === "session.started") changed["trigger"] = "heartbeat";
      if (record.type === "context.compiled") {
        changed["prompt"] = heartbeatPrompt;
        changed["messages"] = tick.messages;
      }
      if (record.type === "model.completed") changed["promptCache"] = { lastCallUsage: { input: 4077 + 1000 * given } };
      return {
        ...record,
        ts: new Date(Date.parse(ts) + shift).toISOString(),
        sessionId: tick.sessionId,
        sessionKey: heartbeatKey,
        runId: `run-${tick.sessionId}`,
        data: changed,
      };
    })
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");
}

export interface TraceRecord {
  readonly type: string;
  readonly ts: string;
  readonly runId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The recorded trace: two turns of a person, each a run of seven records. */
export function recordedRuns(): readonly (readonly TraceRecord[])[] {
  const file = "2026.5.18/trajectory/state/agents/main/sessions/cb4474fa-ff2e-4535-8726-670c8b59b870.trajectory.jsonl";
  const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
  const lines = readFileSync(join(root, "test/fixtures/corpora", file), "utf8")
    .trim()
    .split("\n");
  const records = lines.map((line) => JSON.parse(line) as TraceRecord);
  return [...new Set(records.map(({ runId }) => runId))].map((id) => records.filter(({ runId }) => runId === id));
}

/** The model's answer to the first turn, as the second run holds it. */
function recordedAnswer(): object {
  const compiled = recordedRuns()[1]?.find(({ type }) => type === "context.compiled");
  const messages = (compiled?.data["messages"] ?? []) as readonly { readonly role: string }[];
  return messages.find(({ role }) => role === "assistant") ?? {};
}
