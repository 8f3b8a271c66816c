import assert from "node:assert/strict";
import type { Ending } from "../../../src/core/conversation/model";
import { readHeadFacts } from "../../../src/core/index/readHeadFacts";
import { parseFileName } from "../../../src/core/names/parseFileName";
import { anEnding } from "../../anOpening";

const header = '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:00.000Z"}\n';
const time = (at: string): number => Date.parse(`2026-03-30T09:00:${at}.000Z`);

function line(at: string, more: object): string {
  return `${JSON.stringify({ type: "message", id: at, parentId: null, timestamp: `2026-03-30T09:00:${at}.000Z`, ...more })}\n`;
}

function user(at: string, text = "hello"): string {
  return line(at, { message: { role: "user", content: [{ type: "text", text }], timestamp: time(at) } });
}

function answer(at: string, more: object = {}): string {
  const usage = { input: 900, output: 20, cacheRead: 30, cacheWrite: 4, totalTokens: 954, cost: { total: 0 } };
  const message = { role: "assistant", content: [], provider: "p", model: "m", usage, stopReason: "stop", ...more };
  return line(at, { message });
}

const compaction = (at: string): string => line(at, { type: "compaction", summary: "## Goal" });
const change = (at: string): string => line(at, { type: "model_change", modelId: "m" });

/** The ending of a small file, and of the same lines when they are the tail of a large one that begins at 1,000. */
function endings(...lines: readonly string[]): { whole: Ending | undefined; tail: Ending | undefined } {
  const name = parseFileName("3df90563-0000-4000-8000-000000000000.jsonl");
  const text = lines.join("");
  const read = (head: string, tail: string): Ending | undefined =>
    readHeadFacts({ head: Buffer.from(head), tail: Buffer.from(tail), tailAt: 1_000 }, name).ending;
  return { whole: read(header + text, ""), tail: read(header, `…half"}}\n${text}`) };
}

/** Both agree, but for where the last entry stands. */
function ending(...lines: readonly string[]): Ending | undefined {
  const { whole, tail } = endings(...lines);
  const half = Buffer.byteLength('…half"}}\n');
  const before = Buffer.byteLength(lines.slice(0, -1).join(""));
  assert.deepEqual([whole?.offset, tail?.offset], [header.length + before, 1_000 + half + before]);
  assert.deepEqual({ ...tail, offset: undefined }, { ...whole, offset: undefined });
  return whole && { ...whole, offset: undefined };
}

describe("how a transcript ends", () => {
  it("with an answer", () => {
    assert.deepEqual(
      ending(user("01"), answer("02"), change("03")),
      anEnding({ speaker: "assistant", stopReason: "stop", inputTokens: 934, lastUserAt: time("01") }),
    );
  });

  it("with a person's message that nobody answered", () => {
    assert.deepEqual(
      ending(answer("01"), compaction("02"), user("03")),
      anEnding({
        speaker: "user",
        stopReason: "stop",
        inputTokens: 934,
        unanswered: true,
        compactions: 1,
        lastUserAt: time("03"),
      }),
    );
  });

  it("with a machine's turn: the person's message before is found", () => {
    const { speaker, unanswered, lastUserAt } =
      ending(user("01"), answer("02"), user("03", "[OpenClaw heartbeat poll]")) ?? anEnding();
    assert.deepEqual([speaker, unanswered, lastUserAt], ["heartbeat", false, time("01")]);
  });

  it("with errors, told apart by their wording", () => {
    const errors: Record<string, Ending["error"]> = {
      "400 prompt is too long: 213462 tokens > 200000 maximum": "overflow",
      "This model's maximum context length is 128000 tokens.": "overflow",
      "Your input exceeds the context window of this model.": "overflow",
      "Unhandled stop reason: model_context_window_exceeded": "overflow",
      "400 Incorrect role information": "role-order",
      "messages: roles must alternate between user and assistant": "role-order",
      "413 request too large: 30000 tokens per minute (TPM)": "other",
      overloaded_error: "other",
    };
    const told = Object.keys(errors).map((errorMessage) => [
      errorMessage,
      ending(user("01"), answer("02", { stopReason: "error", errorMessage }))?.error,
    ]);
    assert.deepEqual(Object.fromEntries(told), errors);
  });

  it("counts compactions wherever they stand in what was read", () => {
    const { compactions } = ending(compaction("01"), user("02"), compaction("03"), answer("04")) ?? anEnding();
    assert.equal(compactions, 2);
  });

  it("with OpenClaw's own reply: the model's answer is the one before", () => {
    const { speaker, stopReason, inputTokens } =
      ending(user("01"), answer("02", { stopReason: "length" }), answer("03", { provider: "openclaw" })) ?? anEnding();
    assert.deepEqual([speaker, stopReason, inputTokens], ["mirror", "length", 934]);
  });

  it("without a message", () => {
    assert.deepEqual(ending(change("01")), anEnding());
  });
});
