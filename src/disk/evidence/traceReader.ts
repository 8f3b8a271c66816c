import { isJsonObject } from "../../core/config/jsonObject";
import type { SessionFile } from "../../core/conversation/model";
import type { Place } from "../../core/evidence/evidence";
import { type AroundTraceRecord, inputTokensOf, readTraceContext } from "../../core/findings/readTraceContext";
import type { LineReceiver } from "../../core/jsonl/lineSplitter";
import type { TraceContext } from "../../core/rotation/rotationFacts";
import type { JsonObject } from "../../core/transcript/entry";
import { textOf, timeOf } from "../../core/transcript/parseField";
import { recordTexts } from "../../core/transcript/recordTexts";

/** Takes the lines of a trace. Only the few kinds that are needed are parsed; `trace.metadata` is half of every trace. */
export class TraceReader implements LineReceiver {
  readonly contexts: TraceContext[] = [];
  private lineNumber: number | undefined;
  /** The first line is only the end of one. */
  private isCut: boolean;
  private sessionBeganAt: number | undefined;
  /** The run whose records are being read: a trace holds one run after the other. */
  private run: Run = { id: undefined, beganAt: undefined, trigger: undefined };

  constructor(
    private readonly trace: SessionFile,
    /** `heartbeat.prompt` of the config. */
    private readonly prompts: readonly string[],
    /** Byte offset at which reading begins. */
    begin: number,
  ) {
    this.isCut = begin > 0;
    this.lineNumber = begin > 0 ? undefined : 1;
    this.sessionBeganAt = trace.head?.firstAt;
  }

  line(buffer: Buffer, start: number, end: number, offset: number): void {
    const place = this.placeAt(offset);
    if (this.isCut) {
      this.isCut = false;
      return;
    }
    const kind = kindOf(buffer.subarray(start, Math.min(end, start + HEAD_BYTES)).toString("utf8"));
    if (kind !== undefined) this.take(recordIn(buffer.toString("utf8", start, end)), place);
  }

  tooLong(first: Buffer, offset: number, bytes: number): void {
    const place = this.placeAt(offset);
    if (this.isCut) {
      this.isCut = false;
      return;
    }
    const context = measured(first.toString("utf8"), bytes, place);
    if (context !== undefined) this.contexts.push(context);
  }

  private take(record: JsonObject | undefined, place: Place): void {
    if (record === undefined) return;
    const { type, runId } = record;
    const at = timeOf(record["ts"]);
    this.sessionBeganAt ??= at;
    if (type === "session.started") {
      const data = record["data"];
      const trigger = isJsonObject(data) ? textOf(data["trigger"]) : undefined;
      // A run that tries again keeps its id and its beginning.
      if (this.run.id === undefined || this.run.id !== runId) this.run = { id: runId, beganAt: at, trigger };
    } else if (type === "context.compiled") {
      const context = readTraceContext(record, this.around(runId, place));
      if (context !== undefined) this.contexts.push(context);
    } else {
      const last = this.contexts.at(-1);
      const inputTokens = inputTokensOf(record);
      if (last === undefined || last.inputTokens !== undefined || inputTokens === undefined) return;
      if (this.run.id === runId) this.contexts.splice(-1, 1, { ...last, inputTokens });
    }
  }

  private around(runId: unknown, place: Place): AroundTraceRecord {
    // The run's first record may lie before the part that is read.
    if (this.run.id !== runId) this.run = { id: runId, beganAt: undefined, trigger: undefined };
    const { beganAt, trigger } = this.run;
    return {
      sessionBeganAt: this.sessionBeganAt,
      runBeganAt: beganAt,
      trigger,
      heartbeatPrompts: this.prompts,
      place,
    };
  }

  private placeAt(offset: number): Place {
    const line = this.lineNumber;
    if (this.lineNumber !== undefined) this.lineNumber++;
    return { file: this.trace.path, line, offset };
  }
}

interface Run {
  readonly id: unknown;
  readonly beganAt: number | undefined;
  readonly trigger: string | undefined;
}

/** `type`, key and ids stand before the `data` that makes a record long. */
const HEAD_BYTES = 2048;

function kindOf(head: string): string | undefined {
  const [beforeData = ""] = head.split(',"data":', 1);
  return /"type":"(session\.started|context\.compiled|model\.completed)"/.exec(beforeData)?.[1];
}

function recordIn(text: string): JsonObject | undefined {
  for (const record of recordTexts(text.trim())) {
    if (record.kind === "value" && isJsonObject(record.value)) return record.value;
  }
  return undefined;
}

/** What the beginning of a record tells that is too long to be parsed. */
function measured(first: string, bytes: number, place: Place): TraceContext | undefined {
  if (kindOf(first.slice(0, HEAD_BYTES)) !== "context.compiled") return undefined;
  const [beforeData = ""] = first.split(',"data":', 1);
  const fields = new Map(
    Array.from(beforeData.matchAll(/"(ts|sessionId|sessionKey)":"([^"\\]*)"/g), ([, name, value]) => [name, value]),
  );
  const at = timeOf(fields.get("ts"));
  const sessionKey = fields.get("sessionKey");
  const sessionId = fields.get("sessionId");
  if (at === undefined || sessionKey === undefined || sessionId === undefined) return undefined;
  return {
    sessionKey,
    sessionId,
    at,
    messages: 0,
    roles: {},
    heartbeatPrompts: 0,
    carriedOver: 0,
    characters: 0,
    inputTokens: undefined,
    contextTokens: undefined,
    unreadBytes: bytes,
    place,
  };
}
