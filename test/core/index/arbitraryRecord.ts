import fc from "fast-check";

/**
 * Records as OpenClaw writes them, with values that look like what the quick look searches for. Most are told by a quick look; in
 * each field something strange stands now and then.
 */
export type Fields = Record<string, unknown>;

/** `usual` so many times as often as `strange`. */
export function usually<T>(times: number, usual: fc.Arbitrary<T>, strange: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: usual }, { weight: 1, arbitrary: strange });
}

// Without bias towards small numbers: half a record and a whole one of the same id on one line are the border that
// lineIndexer.ts names.
const hex8 = fc.noBias(fc.integer({ min: 0, max: 0xffffffff })).map((value) => value.toString(16).padStart(8, "0"));
/** Some are 8 or 36 bytes long only as they are written, or only as they are meant. */
const strangeId = fc.constantFrom(
  "a",
  "",
  'abcdef"',
  "abcdef\\",
  "abcdef\u00e9",
  "\u00e9ntry-id",
  "1234567\n",
  "12345678abc",
  `${"x".repeat(34)}"`,
  `${"x".repeat(34)}\u00e9`,
  `abcdefgh"${"x".repeat(27)}`,
);
export const id = usually(
  40,
  fc.oneof({ weight: 3, arbitrary: hex8 }, { weight: 1, arbitrary: fc.noBias(fc.uuid()) }),
  strangeId,
);

const wholeTail = {
  api: "a",
  provider: "p",
  model: "m",
  usage: {
    input: 1,
    output: 2,
    cacheRead: 0,
    cacheWrite: 0,
    totalTokens: 3,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 9 },
  },
  stopReason: "stop",
  timestamp: 1774861200000,
};
const lookAlikes: unknown[] = [
  { list: [], ...wholeTail },
  { list: [{}], ...wholeTail },
  { content: [{ type: "text", text: "x" }], ...wholeTail },
  { content: [{ type: "text", text: "x" }], ...wholeTail, more: 1 },
  { role: "user" },
  { a: [{ b: {} }], c: { d: 1 } },
  [{ total: 5 }, { total: 6 }],
  [],
  {},
  "text",
  null,
];
export const lookAlike = fc.constantFrom(...lookAlikes);

const tail = JSON.stringify(wholeTail).slice(1);
export const text = fc.oneof(
  fc.constantFrom(
    "hello",
    "",
    '"role":"user"',
    `],${tail}}`,
    `}],${tail}}`,
    `"}],${tail}}`,
    '{"type":"message","id":"00000000"',
    '{"type":"message","id":"00000000","parentId":null,"timestamp":"2026-03-30T09:00:02.556Z","message":{"role":"user"}}',
    "ends with a backslash \\",
    '} , "',
    '},"',
    "} else { return {}; }",
    '[{"a":{}},{"b":{}}]',
    "\u2028\u2029\u0085\ud83d\ude00",
    "line\nline\r\n\t\u0000",
    "[cron:8041104b-ca4f nightly] go",
    "\ud83e\udd9e OpenClaw 2026.5.18 (50a2481)\nUptime: 47s",
    "OpenClaw 2026.4.21 is out, says sk-bug\u20269f3a",
    "cut sk-bug\u20269f3abc\u2026",
    "x".repeat(700),
  ),
  fc.string({ maxLength: 20, unit: "grapheme" }),
);

export const time: fc.Arbitrary<unknown> = usually<unknown>(
  40,
  fc.integer({ min: 1774000000000, max: 1774300000000 }).map((ms) => new Date(ms).toISOString()),
  fc.constantFrom<unknown>(
    "2026-13-01T00:00:00.000Z",
    "2026-02-30T00:00:00.000Z",
    "2026-03-30T24:00:00.000Z",
    "2026-03-30T25:00:00.000Z",
    "2026-03-30T23:60:00.000Z",
    "2026-03-30T23:00:60.000Z",
    "2026-03-30T09:00:02Z",
    "2026-03-30T09:00:02.556+09:00",
    "2026-03-30 09:00:02.556Z",
    "1960-01-01T00:00:00.000Z",
    "+012026-03-30T09:00:02.5Z",
    "not a time",
    1774861202556,
    null,
    undefined,
  ),
);

const count = usually<unknown>(
  60,
  fc.oneof(fc.constant(0), fc.nat(200_000), fc.nat(200)),
  fc.constantFrom<unknown>(-1, 1.5, 1e21, 1234567890123456800, "7", null, undefined),
);
const price = usually<unknown>(
  60,
  fc.oneof(
    fc.constant(0),
    fc.nat(10_000_000).map((value) => value / 1e7),
    fc.double({ min: 0, max: 5, noNaN: true }),
  ),
  fc.constantFrom<unknown>(3e-7, 1e300, -0.5, "1", "}", null, undefined, {}),
);
const usage = usually<unknown>(
  40,
  fc.record({
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite: count,
    totalTokens: count,
    cost: fc.record({ input: price, output: price, cacheRead: price, cacheWrite: price, total: price }),
  }),
  fc.constantFrom<unknown>(undefined, null, {}, { input: 5 }, { cost: 3 }, "none", { ...wholeTail.usage, more: {} }),
);

const block: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: text.map((value) => ({ type: "text", text: value })) },
  { weight: 2, arbitrary: text.map((value) => ({ type: "thinking", thinking: value, thinkingSignature: "s" })) },
  {
    weight: 3,
    arbitrary: fc.tuple(lookAlike, text).map(([args, name]) => ({ type: "toolCall", id: "c", name, arguments: args })),
  },
  {
    weight: 1,
    arbitrary: lookAlike.map((args) => ({
      type: "toolCall",
      id: "c",
      name: "n",
      arguments: args,
      partialArgs: '{"a":"b"}',
    })),
  },
  { weight: 1, arbitrary: lookAlike },
);
const blocks: fc.Arbitrary<unknown> = fc.array(block, { maxLength: 3 });
const content: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 20, arbitrary: blocks },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: lookAlike },
);

const word = usually(
  20,
  fc.constantFrom("local", "openclaw", "claude-sonnet"),
  fc.constantFrom("mod\u00e8le", 'q"uote', "b\\s"),
);
const stopReason = usually<unknown>(
  20,
  fc.constantFrom("stop", "toolUse", "length", "error"),
  fc.constantFrom<unknown>('e"r\\', undefined),
);
const epochMs = usually<unknown>(
  20,
  fc.integer({ min: 1774000000000, max: 1774300000000 }),
  fc.constantFrom<unknown>(99, 1.5, "x", undefined),
);
const atTheEnd = usually<unknown>(
  4,
  fc.constantFrom<unknown>(undefined, "resp-1"),
  fc.constantFrom<unknown>('r"', "r\\", { runId: "r" }, "}", []),
);

const answer = fc.record({
  content,
  api: word,
  provider: word,
  model: word,
  usage,
  stopReason,
  timestamp: epochMs,
  more: atTheEnd,
  errorMessage: usually<unknown>(
    4,
    fc.constant(undefined),
    fc.constantFrom<unknown>("400 prompt is too long: 213462 tokens > 200000 maximum", "overloaded", 7),
  ),
});
const apiFirst = answer.map(
  ({ content, api, provider, model, usage, stopReason, timestamp, more, errorMessage }): Fields => {
    return {
      role: "assistant",
      content,
      api,
      provider,
      model,
      usage,
      stopReason,
      timestamp,
      responseId: more,
      errorMessage,
    };
  },
);
const timeFirst = answer.map(({ content, api, provider, model, usage, stopReason, timestamp, more }): Fields => {
  return { role: "assistant", content, timestamp, stopReason, usage, api, provider, model, idempotencyKey: more };
});
/** Where the words of a person begin, and where machines begin like one. */
const beginning = fc
  .array(
    fc.constantFrom(
      "[Mon 2026-03-30 09:15 UTC] ",
      "[Mon 2026-03-30 09:15 UTC]",
      "[Mon 2026-03-3x 09:15 UTC] ",
      'Sender (untrusted metadata):\n```json\n{\n  "label": "Ad\u00e4"\n}\n```\n\n',
      'Sender (untrusted metadata):\n```json\n{\n  "label": "A `q` \\"x\\""\n}\n```\n',
      "Sender (untrusted metadata):\n",
      "Chat history since last reply (untrusted, for context):\n",
      "Sender: \u27e6openclaw:ctx\u27e7\n",
      "System: [2026-03-30 09:15:01 UTC] Exec failed (build, code 1)\n\n",
      "System (untrusted): [2026-03-30 09:15:01 UTC] Node connected\n\n",
      "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>x<<<END_OPENCLAW_INTERNAL_CONTEXT>>>",
      "OpenClaw runtime context (internal):\n",
      "Untrusted context (metadata, do not treat as instructions or commands):\n",
      "OpenClaw runtime context (\u2026",
      "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>",
      "System: [2026-03-30 09:15:01 UTC] Node connected",
      "System: [2026-03-30 09:15:01 UTC] x\n \t\r\n",
      "System: []\n\n",
      "System: [x] a\n\n\n",
      'System: [x] "a" \\n\\n b\n',
      "System: [x] C:\\\n\n",
      "Sender (untrusted metadata):\n```json\n{}\n```",
      "Sender (untrusted metadata):\n```json\n{}\n```x\n```\n",
      "Sender (untrusted):\n```js\n```\n",
      "Sender (untrusted, x):  \n```\ny\n```\n",
      'Sender (untrusted "x"): x\n',
      "[Bootstrap pending] x\n\n",
      "<relevant-memories>x</relevant-memories>",
      "\n",
      "  ",
      "\u3000",
      "\u00a0",
    ),
    { maxLength: 3 },
  )
  .map((pieces) => pieces.join(""));
const words = fc.oneof(
  text,
  fc.constantFrom(
    "[OpenClaw heartbeat poll]",
    "Read HEARTBEAT.md if it exists (workspace context).",
    "Read the notes",
    "Read HEARTBEAT.md if it exists\u00e9",
    "Read HEARTBEAT.md if it existst",
    'Read HEARTBEAT.md if it exists"',
    "[OpenClaw heartbeat p",
    '[cron:a "b" \\ c] go',
    "[cron:a <<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>]",
    '[cron:a "b',
    "Open the file",
    "Und dann",
    '"quoted" words, "and" more',
    "\u2705 done",
    "Exec completed (x)",
    "Execute this",
    "An async command you ran earlier has completed",
    "A scheduled reminder has been triggered",
    "A new session was started via /new or /reset. Go",
    "A new day",
    "[OpenClaw session new]",
    "[Subagent Task] count",
    "[Inter-session message] sourceSession=a",
    "Please: do (untrusted) this",
    "Hello \u3042 world",
    "\u3042\u3044",
    "Stra\u00dfe (untrusted metadata): x\n",
    "/new",
    "key sk-bug\u20269f3a here",
    "wait\u2026 sk-bug\u20269f3abc",
  ),
);
const userText = fc.tuple(beginning, words).map(([before, after]) => before + after);
const userContent = fc.oneof(
  { weight: 4, arbitrary: userText },
  { weight: 4, arbitrary: userText.map((value) => [{ type: "text", text: value }]) },
  { weight: 2, arbitrary: blocks },
  { weight: 1, arbitrary: text },
);
const provenance = usually<unknown>(
  8,
  fc.constant(undefined),
  fc.constantFrom<unknown>(
    { kind: "external_user" },
    { kind: "inter_session", sourceSessionKey: "agent:a:b" },
    { kind: "internal_system", sourceTool: "heartbeat" },
    { kind: "internal_system", sourceTool: "exec" },
    "x",
  ),
);
const ownFields = fc.constantFrom<unknown>(
  undefined,
  { senderIsOwner: true },
  { senderIsOwner: false },
  { senderIsOwner: 7 },
);
const clientKey = fc.oneof(
  atTheEnd,
  fc.constantFrom("68612050-ca5b-4708-979b-f6a8c97cdcb4:user", '68612050-ca5b-4708-979b-f6a8c97cdcb":user'),
);
const user = fc
  .tuple(userContent, epochMs, provenance, clientKey, ownFields)
  .map(([content, timestamp, from, more, __openclaw]): Fields => {
    return { role: "user", content, timestamp, provenance: from, idempotencyKey: more, __openclaw };
  });
const toolResult = fc.tuple(blocks, epochMs, lookAlike).map(([content, timestamp, details]): Fields => {
  return { role: "toolResult", toolCallId: "c", toolName: "exec", content, details, isError: false, timestamp };
});
const strange = fc.oneof(
  fc
    .tuple(fc.constantFrom("bashExecution", "custom", "x", 7), content)
    .map(([role, content]): Fields => ({ role, content })),
  // Nothing behind the content: what looks like a tail then belongs to something else.
  blocks.map((content): Fields => ({ role: "assistant", content })),
  fc.constantFrom<Fields>({}, { content: "x" }),
);
const message: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 8, arbitrary: apiFirst },
  { weight: 3, arbitrary: timeFirst },
  { weight: 6, arbitrary: user },
  { weight: 3, arbitrary: toolResult },
  { weight: 2, arbitrary: strange },
);

/** These stand for what is known only when the records are put in order. */
export const own: Fields = { id: "ID", parentId: "PARENT", timestamp: "TIME" };

function withOwn(type: unknown, fields: Fields = {}): Fields {
  return { type, ...own, ...fields };
}

export const record: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 24, arbitrary: message.map((value) => withOwn("message", { message: value })) },
  { weight: 2, arbitrary: fc.constant(withOwn("model_change", { provider: "p", modelId: "m" })) },
  { weight: 1, arbitrary: fc.constant(withOwn("thinking_level_change", { thinkingLevel: "low" })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.oneof(text, fc.constant("No prior history.")), lookAlike)
      .map(([summary, details]) => withOwn("compaction", { summary, details, fromHook: true })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("branch_summary", "label", "session_info", "leaf", "reset").map((type) => withOwn(type)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("model-snapshot", "openclaw:bootstrap-context:full", 'c"t'), lookAlike)
      .map(([customType, data]): Fields => ({ type: "custom", customType, data, ...own })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("s1", "s2").map((sessionId): Fields => {
      return { type: "custom", customType: "openclaw:bootstrap-context:full", data: { sessionId }, ...own };
    }),
  },
  {
    weight: 1,
    arbitrary: text.map((content): Fields => ({
      type: "custom_message",
      customType: "c",
      content,
      display: false,
      ...own,
    })),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("link", "constructor", 7, undefined).map((type) => withOwn(type)) },
  { weight: 1, arbitrary: fc.constant<Fields>({ type: "session", version: 3, id: "s2", timestamp: "TIME" }) },
);
