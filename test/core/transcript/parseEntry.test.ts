import assert from "node:assert/strict";
import type { Block, JsonObject, TranscriptEntry } from "../../../src/core/transcript/entry";
import { parseEntry, parseHeader } from "../../../src/core/transcript/parseEntry";

const at = Date.parse("2026-04-02T08:00:00.106Z");
const envelope = { id: "e1", parentId: "e0", timestamp: "2026-04-02T08:00:00.106Z" };

/** Without `raw`, which every entry has. */
function parsed(raw: JsonObject): Omit<TranscriptEntry, "raw"> {
  const { raw: kept, ...entry } = parseEntry(raw);
  assert.equal(kept, raw);
  return entry;
}

function message(fields: JsonObject): unknown {
  const entry = parseEntry({ type: "message", ...envelope, message: fields });
  assert.ok(entry.type === "message");
  const { raw, ...rest } = entry.message;
  assert.equal(raw, fields);
  return rest;
}

function blocks(content: unknown): readonly Block[] {
  const entry = parseEntry({ type: "message", message: { role: "user", content } });
  assert.ok(entry.type === "message");
  return entry.message.blocks;
}

describe("parseHeader", () => {
  it("reads versions 1 to 4; version 1 writes no number", () => {
    const raw = {
      type: "session",
      version: 4,
      id: "s1",
      timestamp: envelope.timestamp,
      cwd: "/w",
      parentSession: "/p.jsonl",
    };
    assert.deepEqual(parseHeader(raw), {
      id: "s1",
      version: 4,
      at,
      timestamp: envelope.timestamp,
      cwd: "/w",
      parentSession: "/p.jsonl",
      raw,
    });
    assert.equal(parseHeader({ type: "session", id: "s1" })?.version, 1);
  });

  it("is none without an id", () => {
    assert.equal(parseHeader({ type: "session", version: 3 }), undefined);
    assert.equal(parseHeader({ type: "session", version: 3, id: "" }), undefined);
  });
});

describe("parseEntry", () => {
  const base = { ...envelope, at };
  const cases: [title: string, fields: JsonObject, expected: object][] = [
    ["model_change", { provider: "p", modelId: "m" }, { provider: "p", modelId: "m" }],
    ["thinking_level_change", { thinkingLevel: "low" }, { thinkingLevel: "low" }],
    ["custom", { customType: "c", data: { a: 1 } }, { customType: "c", data: { a: 1 } }],
    [
      "custom_message",
      { customType: "c", content: "text", display: false, details: {} },
      { customType: "c", blocks: [{ kind: "text", text: "text" }], display: false },
    ],
    [
      "compaction",
      { summary: "## Goal", firstKeptEntryId: "k", tokensBefore: 7, tokensAfter: 3 },
      { summary: "## Goal", firstKeptEntryId: "k", tokensBefore: 7, tokensAfter: 3 },
    ],
    ["branch_summary", { fromId: "f", summary: "s" }, { fromId: "f", summary: "s" }],
    ["label", { targetId: "t", label: "l" }, { targetId: "t", label: "l" }],
    ["session_info", { name: "n" }, { name: "n" }],
    ["leaf", { targetId: "t" }, { targetId: "t" }],
    ["reset", { reason: "daily", firstKeptEntryId: "k" }, { reason: "daily", firstKeptEntryId: "k" }],
  ];
  for (const [type, fields, expected] of cases) {
    it(type, () => {
      assert.deepEqual(parsed({ type, ...envelope, ...fields }), { ...base, type, ...expected });
    });
  }

  it("keeps kinds it does not know", () => {
    assert.deepEqual(parsed({ type: "link", ...envelope }), { ...base, type: "unknown", writtenType: "link" });
    assert.deepEqual(parsed({ ...envelope }), { ...base, type: "unknown", writtenType: undefined });
  });

  it("tells null parents from absent ones; version 1 has neither ids nor parents", () => {
    assert.equal(parsed({ type: "label", ...envelope, parentId: null }).parentId, null);
    const { id, parentId } = parsed({ type: "label" });
    assert.deepEqual([id, parentId], [undefined, undefined]);
  });

  it("takes the message's own time where the envelope has none", () => {
    assert.equal(parsed({ type: "message", message: { role: "user", timestamp: 12 } }).at, 12);
    assert.equal(parsed({ type: "message", timestamp: "no time", message: { role: "user", timestamp: 12 } }).at, 12);
  });
});

describe("parseMessage", () => {
  it("user", () => {
    assert.deepEqual(
      message({
        role: "user",
        content: "hi",
        timestamp: 5,
        provenance: { kind: "inter_session", sourceSessionKey: "k", sourceChannel: "c", sourceTool: "t" },
      }),
      {
        role: "user",
        blocks: [{ kind: "text", text: "hi" }],
        at: 5,
        provenance: { kind: "inter_session", sourceSessionKey: "k", sourceChannel: "c", sourceTool: "t" },
      },
    );
  });

  it("assistant, with usage", () => {
    const usage = { input: 901, output: 44, cacheRead: 1, cacheWrite: 2, totalTokens: 948, cost: { total: 0.0034 } };
    assert.deepEqual(
      message({
        role: "assistant",
        content: [],
        provider: "p",
        model: "m",
        usage,
        stopReason: "error",
        errorMessage: "e",
      }),
      {
        role: "assistant",
        blocks: [],
        at: undefined,
        provider: "p",
        model: "m",
        usage: { input: 901, output: 44, cacheRead: 1, cacheWrite: 2, totalTokens: 948, costTotal: 0.0034 },
        stopReason: "error",
        errorMessage: "e",
      },
    );
  });

  it("adds up the tokens where the total is missing, and ignores what is no number", () => {
    const entry = parseEntry({
      type: "message",
      message: { role: "assistant", usage: { input: 3, output: "x", cacheRead: 4 } },
    });
    assert.ok(entry.type === "message" && entry.message.role === "assistant");
    assert.deepEqual(entry.message.usage, {
      input: 3,
      output: 0,
      cacheRead: 4,
      cacheWrite: 0,
      totalTokens: 7,
      costTotal: 0,
    });
  });

  it("toolResult, bashExecution, and roles it does not know", () => {
    assert.deepEqual(message({ role: "toolResult", toolCallId: "c", toolName: "exec", content: [], isError: true }), {
      role: "toolResult",
      blocks: [],
      at: undefined,
      toolCallId: "c",
      toolName: "exec",
      isError: true,
    });
    assert.deepEqual(message({ role: "bashExecution", command: "ls", output: "a", exitCode: 0 }), {
      role: "bashExecution",
      blocks: [],
      at: undefined,
      command: "ls",
      output: "a",
      exitCode: 0,
    });
    assert.deepEqual(message({ role: "custom", content: "x" }), {
      role: "other",
      blocks: [{ kind: "text", text: "x" }],
      at: undefined,
      writtenRole: "custom",
    });
    assert.deepEqual(message({ role: "hookMessage" }), {
      role: "other",
      blocks: [],
      at: undefined,
      writtenRole: "custom",
    });
    assert.deepEqual(message({}), { role: "other", blocks: [], at: undefined, writtenRole: undefined });
  });
});

describe("parseBlocks", () => {
  const cases: [title: string, raw: unknown, block: object][] = [
    ["text", { type: "text", text: "t" }, { kind: "text", text: "t" }],
    ["input_text", { type: "input_text", text: "t" }, { kind: "text", text: "t" }],
    ["output_text", { type: "output_text", text: "t" }, { kind: "text", text: "t" }],
    ["a bare string", "t", { kind: "text", text: "t" }],
    ["thinking", { type: "thinking", thinking: "t", thinkingSignature: "s" }, { kind: "thinking", text: "t" }],
    [
      "toolCall",
      { type: "toolCall", id: "c", name: "exec", arguments: { command: "ls" } },
      { kind: "toolCall", id: "c", name: "exec", arguments: { command: "ls" } },
    ],
    [
      "tool_use",
      { type: "tool_use", id: "c", name: "exec", input: { command: "ls" } },
      { kind: "toolCall", id: "c", name: "exec", arguments: { command: "ls" } },
    ],
    [
      "function_call",
      { type: "function_call", call_id: "c", name: "exec", arguments: '{"command":"ls"}' },
      { kind: "toolCall", id: "c", name: "exec", arguments: { command: "ls" } },
    ],
    [
      "function_call with arguments that do not parse",
      { type: "function_call", call_id: "c", name: "exec", arguments: "{" },
      { kind: "toolCall", id: "c", name: "exec", arguments: "{" },
    ],
    [
      "tool_result",
      { type: "tool_result", tool_use_id: "c", content: [{ type: "text", text: "t" }], is_error: true },
      { kind: "toolResult", id: "c", blocks: [{ kind: "text", text: "t" }], isError: true },
    ],
    [
      "function_call_output",
      { type: "function_call_output", call_id: "c", output: "t" },
      { kind: "toolResult", id: "c", blocks: [{ kind: "text", text: "t" }], isError: false },
    ],
    [
      "image",
      { type: "image", data: "iVBO", mimeType: "image/png" },
      { kind: "image", mimeType: "image/png", base64: "iVBO" },
    ],
    [
      "image with a source",
      { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBO" } },
      { kind: "image", mimeType: "image/png", base64: "iVBO" },
    ],
    [
      "input_image with a data URL",
      { type: "input_image", image_url: "data:image/png;base64,iVBO" },
      { kind: "image", mimeType: "image/png", base64: "iVBO" },
    ],
    [
      "image_url with a data URL",
      { type: "image_url", image_url: { url: "data:image/png;base64,iVBO" } },
      { kind: "image", mimeType: "image/png", base64: "iVBO" },
    ],
  ];
  for (const [title, raw, block] of cases) {
    it(title, () => {
      assert.deepEqual(blocks([raw]), [block]);
    });
  }

  it("keeps what it does not understand", () => {
    const strange = [
      { type: "hologram", x: 1 },
      { type: "text" },
      { type: "constructor" },
      { text: "no type" },
      7,
      null,
    ];
    assert.deepEqual(
      blocks(strange),
      strange.map((raw) => ({
        kind: "unknown",
        writtenType: typeof raw === "object" && raw !== null && "type" in raw ? raw.type : undefined,
        raw,
      })),
    );
    const link = { type: "input_image", image_url: "https://example.org/a.png" };
    assert.deepEqual(blocks([link]), [{ kind: "unknown", writtenType: "input_image", raw: link }]);
  });

  it("a string is one text block, no content is none", () => {
    assert.deepEqual(blocks("t"), [{ kind: "text", text: "t" }]);
    assert.deepEqual(blocks(undefined), []);
    assert.deepEqual(blocks(null), []);
  });
});
