import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { SessionFile, StateDir } from "../../../src/core/conversation/model";
import type { TraceContext } from "../../../src/core/rotation/rotationFacts";
import { readTraceContexts, type TraceContextCache } from "../../../src/disk/evidence/traceContexts";
import { aConversation, aFile, aStateDir, aWindow } from "../../anExplanation";
import { anIndex } from "../../anIndex";
import { heartbeatKey, tickTraces } from "../../core/findings/replayedTicks";
import { sessions, stateDir, write } from "../inspectorSandbox";

const signal = new AbortController().signal;

describe("reading what run traces say was given to the model", () => {
  it("every tick of an isolated heartbeat, oldest first, with the input that the model counted", async () => {
    const { state } = heartbeats(3);
    const contexts = await readTraceContexts(state, signal);
    assert.deepEqual(contexts.map(told), [
      { line: 3, messages: 1, prompts: 1, carriedOver: 0, input: 4077 },
      { line: 3, messages: 3, prompts: 2, carriedOver: 2, input: 6077 },
      { line: 3, messages: 5, prompts: 3, carriedOver: 4, input: 8077 },
    ]);
  });

  it("only of heartbeats, and of conversations that heartbeats are sent to", async () => {
    const { state, trajectories } = heartbeats(1);
    const asked = (key: string, primary: Partial<SessionFile>) =>
      readTraceContexts(
        {
          ...state,
          agents: aStateDir([aConversation(key, aWindow("a", { primary: aFile("a.jsonl", primary), trajectories }))])
            .agents,
        },
        signal,
      );
    const roles = { ...anIndex().roles, user: 3, machine: 2, heartbeat: 2 };
    assert.deepEqual(
      [await asked("agent:main:main", {}), (await asked("agent:main:main", { index: anIndex({ roles }) })).length],
      [[], 1],
    );
  });

  it("not more than the newest twenty of a conversation", async () => {
    const { state } = heartbeats(25, { replayed: false });
    const contexts = await readTraceContexts(state, signal);
    const expected = tickTraces(25)
      .slice(-20)
      .map(({ sessionId }) => sessionId);
    assert.deepEqual(
      contexts.map(({ sessionId }) => sessionId),
      expected,
    );
  });

  it("a record of more than a megabyte is measured, not parsed", async () => {
    const { state } = heartbeats(2, { characters: 1_500_000 });
    const contexts = await readTraceContexts(state, signal);
    assert.deepEqual(
      contexts.map(({ messages, unreadBytes }) => [messages, (unreadBytes ?? 0) > 1_500_000]),
      [
        [1, false],
        [0, true],
      ],
    );
  });

  it("of a long trace the end is read, from the first whole record on", async () => {
    const [tick] = tickTraces(1, { replayed: false });
    const { state } = traces([{ sessionId: "long", text: (tick?.text ?? "").repeat(40) }]);
    const contexts = await readTraceContexts(state, signal);
    assert.ok(contexts.length > 10 && contexts.length < 40, String(contexts.length));
    assert.deepEqual([...new Set(contexts.map(({ place }) => place.line))], [undefined]);
  });

  it("damage and lines that are none of ours hide nothing", async () => {
    const [tick] = tickTraces(1);
    const rubbish = [
      "",
      "\0\0\0",
      '{"type":"context.compiled"',
      '["type":"context.compiled"]',
      "x".repeat(2_000_000),
      "",
    ];
    const half = (tick?.text ?? "").slice(0, -100);
    const { state } = traces([{ sessionId: "a", text: rubbish.join("\n") + (tick?.text ?? "") + half }]);
    assert.equal((await readTraceContexts(state, signal)).length, 2);
  });

  it("a trace that is gone, or no file, is told and left out", async () => {
    const { state, trajectories } = heartbeats(1);
    const gone = aFile("gone.trajectory.jsonl", { path: join(state.path, "gone.trajectory.jsonl") });
    const messages: string[] = [];
    const window = aWindow("a", { trajectories: [...trajectories, gone] });
    const contexts = await readTraceContexts(
      { ...state, agents: aStateDir([aConversation(heartbeatKey, window)]).agents },
      signal,
      { log: (message) => messages.push(message) },
    );
    assert.deepEqual([contexts.length, messages.length], [1, 1]);
  });

  it("what did not change is not read again", async () => {
    const { state, trajectories } = heartbeats(2);
    const cache: TraceContextCache = new Map();
    const before = await readTraceContexts(state, signal, { cache });
    const [changed, same] = trajectories.map((file) => ({ ...file, bytes: file.bytes + 1 }));
    const window = aWindow("a", {
      trajectories: [changed ?? aFile("-"), { ...(same ?? aFile("-")), bytes: trajectories[1]?.bytes ?? 0 }],
    });
    const after = await readTraceContexts(
      { ...state, agents: aStateDir([aConversation(heartbeatKey, window)]).agents },
      signal,
      { cache },
    );
    assert.deepEqual(after, before);
    assert.deepEqual(
      after.map((context, index) => context === before[index]),
      [false, true],
    );
  });

  it("stops when asked to", async () => {
    const { state } = heartbeats(1);
    await assert.rejects(readTraceContexts(state, AbortSignal.abort()), { name: "AbortError" });
  });
});

function heartbeats(count: number, options: Parameters<typeof tickTraces>[1] = {}) {
  return traces(tickTraces(count, options));
}

function traces(all: readonly { readonly sessionId: string; readonly text: string }[]) {
  const directory = stateDir({});
  const trajectories = all.map(({ sessionId, text }): SessionFile => {
    const base = `${sessionId}.trajectory.jsonl`;
    const path = write(directory, `${sessions}/${base}`, text);
    const { size: bytes, mtimeMs } = statSync(path);
    const at = Date.parse(/"ts":"([^"]*)"/.exec(text)?.[1] ?? "");
    const head = {
      ...unknownHead,
      firstAt: Number.isNaN(at) ? undefined : at,
      lastAt: Number.isNaN(at) ? undefined : at,
    };
    return aFile(base, { path, bytes, mtimeMs, head });
  });
  const windows = trajectories.map((file, index) =>
    aWindow(String(index), { kind: "trajectory-only", primary: undefined, trajectories: [file] }),
  );
  const state: StateDir = aStateDir([aConversation(heartbeatKey, ...windows)], {
    path: directory,
    realPath: directory,
  });
  return { state, trajectories };
}

const unknownHead = {
  headerId: undefined,
  headerAt: undefined,
  headerVersion: undefined,
  cwd: undefined,
  firstEntryId: undefined,
  firstAt: undefined,
  lastAt: undefined,
  sessionKey: heartbeatKey,
  problem: undefined,
};

function told({ place, messages, heartbeatPrompts, carriedOver, inputTokens }: TraceContext) {
  return { line: place.line, messages, prompts: heartbeatPrompts, carriedOver, input: inputTokens };
}
