import type { Conversation, SessionFile, StateDir } from "../../core/conversation/model";
import { ReadError } from "../../core/inspectorPort";
import { LineSplitter } from "../../core/jsonl/lineSplitter";
import { parseSessionKey } from "../../core/names/sessionKey";
import type { TraceContext } from "../../core/rotation/rotationFacts";
import { openBytes } from "../byteSource";
import { concurrently } from "../scanLimit";
import { TimeSlice } from "../scanTimeSlice";
import { TraceReader } from "./traceReader";

const MAX_TRACES_PER_CONVERSATION = 20;
const MAX_TRACES = 200;
/** So much of a trace is read, from its end: the newest runs stand there. */
const MAX_TRACE_BYTES = 2 * 1024 * 1024;
/** A longer record is only measured: parsing it would hold up everything else. */
const MAX_RECORD_BYTES = 1024 * 1024;
const STRIDE = 256 * 1024;

export interface TraceContextOptions {
  /** Keeps what was read, from one call to the next. */
  readonly cache?: TraceContextCache | undefined;
  /** Told of traces that cannot be read; the others count all the same. */
  readonly log?: ((message: string) => void) | undefined;
}

/** By path of the state directory, then of the trace. */
export type TraceContextCache = Map<string, ReadonlyMap<string, KnownTrace>>;

interface KnownTrace {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly prompts: string;
  readonly contexts: readonly TraceContext[];
}

/**
 * What the run traces of isolated heartbeats say was given to the model, and those of conversations that heartbeats are sent to
 * (OpenClaw 2026.4.22–7.35). Of the newest traces only, each in a bounded part; oldest first. Counts, no texts.
 */
export async function readTraceContexts(
  stateDir: StateDir,
  signal: AbortSignal,
  options: TraceContextOptions = {},
): Promise<readonly TraceContext[]> {
  const prompts = configuredPrompts(stateDir);
  const within = [stateDir.realPath, ...readRoots(stateDir)];
  const before = options.cache?.get(stateDir.path);
  const now = new Map<string, KnownTrace>();
  const traces = wantedTraces(stateDir);
  await concurrently(4, traces, async (trace) => {
    signal.throwIfAborted();
    const known = before?.get(trace.path);
    if (known !== undefined && isStill(known, trace, prompts)) {
      now.set(trace.path, known);
      return;
    }
    try {
      const contexts = await readTrace(trace, within, prompts, signal);
      now.set(trace.path, { bytes: trace.bytes, mtimeMs: trace.mtimeMs, prompts: prompts.join("\n"), contexts });
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      options.log?.(error.message);
    }
  });
  options.cache?.set(stateDir.path, now);
  return traces.flatMap(({ path }) => now.get(path)?.contexts ?? []).sort((one, other) => one.at - other.at);
}

function isStill(known: KnownTrace, { bytes, mtimeMs }: SessionFile, prompts: readonly string[]): boolean {
  return known.bytes === bytes && known.mtimeMs === mtimeMs && known.prompts === prompts.join("\n");
}

function wantedTraces({ agents }: StateDir): readonly SessionFile[] {
  const isolated: SessionFile[] = [];
  const shared: SessionFile[] = [];
  for (const conversation of agents.flatMap(({ conversations }) => conversations)) {
    if (parseSessionKey(conversation.key).about.kind === "heartbeat") isolated.push(...newestTraces(conversation));
    else if (hasHeartbeats(conversation)) shared.push(...newestTraces(conversation));
  }
  const newest = (traces: SessionFile[]): SessionFile[] => traces.sort((one, other) => lastOf(other) - lastOf(one));
  return [...newest(isolated), ...newest(shared)].slice(0, MAX_TRACES);
}

function newestTraces({ windows }: Conversation): readonly SessionFile[] {
  return windows
    .flatMap(({ trajectories }) => trajectories)
    .filter(({ problem }) => problem === undefined)
    .sort((one, other) => lastOf(other) - lastOf(one))
    .slice(0, MAX_TRACES_PER_CONVERSATION);
}

function hasHeartbeats({ windows }: Conversation): boolean {
  return windows.some(
    ({ primary }) => (primary?.index?.roles.heartbeat ?? 0) > 0 || primary?.head?.opening?.heartbeat === true,
  );
}

function lastOf({ head, mtimeMs }: SessionFile): number {
  return head?.lastAt ?? mtimeMs;
}

function configuredPrompts({ configFacts }: StateDir): readonly string[] {
  const blocks = [configFacts?.heartbeat, ...Object.values(configFacts?.agentHeartbeats ?? {})];
  return blocks.flatMap((block) => (block?.prompt === undefined ? [] : [block.prompt]));
}

function readRoots({ agents }: StateDir): readonly string[] {
  return agents.flatMap(({ roots }) => roots.filter(({ read }) => read).map(({ path }) => path));
}

async function readTrace(
  trace: SessionFile,
  within: readonly string[],
  prompts: readonly string[],
  signal: AbortSignal,
): Promise<readonly TraceContext[]> {
  const source = await openBytes(trace.path, { within, signal });
  try {
    const begin = Math.max(0, source.size - MAX_TRACE_BYTES);
    const reader = new TraceReader(trace, prompts, begin);
    const splitter = new LineSplitter(reader, { offset: begin, maxLineBytes: MAX_RECORD_BYTES });
    const slice = new TimeSlice();
    for (let at = begin; at < source.size;) {
      const bytes = await source.read(at, Math.min(STRIDE, source.size - at), signal);
      if (bytes.length === 0) break;
      splitter.push(bytes);
      at += bytes.length;
      if (slice.over()) await slice.rest();
    }
    splitter.end();
    return reader.contexts;
  } finally {
    await source.close();
  }
}
