import assert from "node:assert/strict";
import fc from "fast-check";
import { type AroundTraceRecord, inputTokensOf, readTraceContext } from "../../../src/core/findings/readTraceContext";
import { recordedRuns, tickTraces } from "./replayedTicks";

const place = { file: "/s/x.trajectory.jsonl", line: 3 };
const around: AroundTraceRecord = {
  sessionBeganAt: undefined,
  runBeganAt: undefined,
  trigger: undefined,
  heartbeatPrompts: [],
  place,
};

describe("what a run trace says was given to the model", () => {
  it("a person's second turn, as recorded: the first one and its answer stand before it", () => {
    const [first, second] = recordedRuns();
    const compiled = second?.find(({ type }) => type === "context.compiled");
    const context = readTraceContext(compiled, { ...around, sessionBeganAt: Date.parse(first?.[0]?.ts ?? "") });
    assert.deepEqual(context, {
      sessionKey: "agent:main:main",
      sessionId: "cb4474fa-ff2e-4535-8726-670c8b59b870",
      at: Date.parse("2026-05-19T09:00:10.053Z"),
      messages: 3,
      roles: { user: 2, assistant: 1 },
      heartbeatPrompts: 0,
      carriedOver: 0,
      characters: context?.characters,
      inputTokens: undefined,
      contextTokens: undefined,
      place,
    });
    const { systemPrompt, prompt } = compiled?.data as { systemPrompt: string; prompt: string };
    assert.ok(context.characters > systemPrompt.length + prompt.length, "texts of the messages count too");
  });

  it("a tick that is isolated: its own prompt and nothing else", () => {
    assert.deepEqual(countsOf(4, { replayed: false }), { messages: 1, roles: { user: 1 }, prompts: 1, carriedOver: 0 });
  });

  it("a tick that is not: the prompts and answers of the ticks before, all older than its session", () => {
    assert.deepEqual(countsOf(4), { messages: 7, roles: { user: 4, assistant: 3 }, prompts: 4, carriedOver: 6 });
  });

  it("a run that tries again holds its own prompt already, which is no earlier tick", () => {
    const record = compiledOf(2);
    const retried = readTraceContext(record, { ...around, trigger: "heartbeat", runBeganAt: 0, sessionBeganAt: 0 });
    assert.equal(retried?.heartbeatPrompts, 1);
  });

  it("a prompt of the config's own is known", () => {
    const record = { ...compiledOf(1), data: { prompt: "Look around.\nThen rest.", messages: [] } };
    const prompts = [undefined, ["Look around."]].map(
      (heartbeatPrompts = []) => readTraceContext(record, { ...around, heartbeatPrompts })?.heartbeatPrompts,
    );
    assert.deepEqual(prompts, [0, 1]);
  });

  it("the input is that of the last call, not the sum of a run's calls", () => {
    const completed = recordedRuns()[1]?.find(({ type }) => type === "model.completed");
    assert.deepEqual(
      [
        inputTokensOf(completed),
        inputTokensOf({ type: "model.completed", data: { usage: { input: 7, cacheRead: 5 } } }),
      ],
      [4186, 12],
    );
  });

  it("whatever stands in a record, it is read or it is nothing", () => {
    const anything = fc.anything({ withNullPrototype: true });
    const compiled = compiledOf(1);
    fc.assert(
      fc.property(anything, anything, anything, (messages, content, usage) => {
        const record = {
          ...compiled,
          data: { messages: [messages, { role: "user", content, timestamp: usage }, { role: usage, content }] },
        };
        const context = readTraceContext(record, around);
        assert.ok(context !== undefined && Number.isFinite(context.characters));
        readTraceContext({ ...record, data: messages }, around);
        readTraceContext(messages, around);
        inputTokensOf({ type: "model.completed", data: { usage, promptCache: content } });
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 200 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});

/** The `context.compiled` record of the last of some ticks. */
function compiledOf(ticks: number, options?: { readonly replayed: boolean }): Record<string, unknown> {
  const lines = tickTraces(ticks, options).at(-1)?.text.split("\n") ?? [];
  return JSON.parse(lines.find((line) => line.includes('"type":"context.compiled"')) ?? "") as Record<string, unknown>;
}

function countsOf(ticks: number, options?: { readonly replayed: boolean }) {
  const beganAt = tickTraces(ticks).at(-1)?.beganAt;
  const context = readTraceContext(compiledOf(ticks, options), {
    ...around,
    sessionBeganAt: beganAt,
    runBeganAt: beganAt,
    trigger: "heartbeat",
  });
  return {
    messages: context?.messages,
    roles: context?.roles,
    prompts: context?.heartbeatPrompts,
    carriedOver: context?.carriedOver,
  };
}
