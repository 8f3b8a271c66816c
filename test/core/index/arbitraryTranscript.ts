import fc from "fast-check";

/**
 * Transcripts as OpenClaw writes them, and as they must never fool the quick look: keys in any order, values that look like the
 * tail of a line, texts full of what the index searches for, and all the damage that a crash or an editor leaves.
 */
export interface Transcript {
  readonly bytes: Buffer;
  /** Where to cut it into chunks: any numbers. */
  readonly cuts: readonly number[];
}

type Fields = Record<string, unknown>;
type Arbitrary<T> = fc.Arbitrary<T>;

const hex8 = fc.integer({ min: 0, max: 0xffffffff }).map((value) => value.toString(16).padStart(8, "0"));
const uuid = fc.uuid();
const strangeId = fc.constantFrom(
  "a",
  'say "hi"!',
  "back\\slash",
  "\u00e9ntry-id",
  "12345678\n",
  "x".repeat(36),
  "12345678abc",
  "",
);
const id: Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: hex8 },
  { weight: 4, arbitrary: uuid },
  { weight: 1, arbitrary: strangeId },
);

const usageTail =
  '],"api":"a","provider":"p","model":"m","usage":{"input":1,"output":2,"cacheRead":0,"cacheWrite":0,"totalTokens":3,"cost":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"total":9}},"stopReason":"stop","timestamp":1774861200000}}';
const text = fc.oneof(
  fc.constantFrom(
    "hello",
    "",
    '"role":"user"',
    usageTail,
    `}${usageTail}`,
    `"}${usageTail}`,
    '{"type":"message","id":"00000000"',
    "ends with a backslash \\",
    '} , "',
    '},"',
    "} else { return {}; }",
    '[{"a":{}},{"b":{}}]',
    "\u2028\u2029\u0085\ud83d\ude00",
    "line\nline\r\n\t\u0000",
    "[cron:8041104b-ca4f nightly] go",
    "x".repeat(700),
  ),
  fc.string({ maxLength: 20, unit: "grapheme" }),
);

const time = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.integer({ min: 1774000000000, max: 1774300000000 }).map((ms) => new Date(ms).toISOString()),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      "2026-13-01T00:00:00.000Z",
      "2026-02-30T00:00:00.000Z",
      "2026-03-30T24:00:00.000Z",
      "2026-03-30T23:60:00.000Z",
      "2026-03-30T23:00:60.000Z",
      "2026-03-30T09:00:02Z",
      "2026-03-30T09:00:02.556+09:00",
      "1960-01-01T00:00:00.000Z",
      "+012026-03-30T09:00:02.5Z",
      "not a time",
      1774861202556,
      null,
      undefined,
    ),
  },
);

const count = fc.oneof(
  { weight: 8, arbitrary: fc.nat(200_000) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(0, -1, 1.5, 1e21, 1234567890123456800, "7", null, undefined) },
);
const price = fc.oneof(
  { weight: 2, arbitrary: fc.constant<unknown>(0) },
  { weight: 4, arbitrary: fc.nat(10_000_000).map((value) => value / 1e7) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(3e-7, 0.003404999999999999, 1e300, -0.5, "1", null, undefined) },
);
const usage: Arbitrary<unknown> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      input: count,
      output: count,
      cacheRead: count,
      cacheWrite: count,
      totalTokens: count,
      cost: fc.record({ input: price, output: price, cacheRead: price, cacheWrite: price, total: price }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, {}, { input: 5 }, { cost: 3 }, "none") },
);

const assistantTail = {
  api: "a",
  provider: "p",
  model: "m",
  usage: { input: 1 },
  stopReason: "stop",
  timestamp: 1774861200000,
};
const lookAlike: Arbitrary<unknown> = fc.constantFrom<unknown>(
  { list: [], ...assistantTail },
  { content: [{ type: "text", text: "x" }], ...assistantTail },
  { role: "user" },
  { a: [{ b: {} }], c: { d: 1 } },
  [],
  {},
  "text",
  null,
);
const block: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: text.map((value) => ({ type: "text", text: value })) },
  { weight: 2, arbitrary: text.map((value) => ({ type: "thinking", thinking: value, thinkingSignature: "s" })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(lookAlike, text)
      .map(([args, name]) => ({ type: "toolCall", id: "call_1", name, arguments: args })),
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
const content: Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: fc.array(block, { maxLength: 3 }) },
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: lookAlike },
);

const word = fc.constantFrom(
  "local",
  "anthropic",
  "openclaw",
  "openclaw",
  "fake-1",
  "claude-sonnet",
  "mod\u00e8le",
  'q"uote',
  "b\\s",
);
const stopReason = fc.constantFrom<unknown>("stop", "toolUse", "length", "error", 'e"r\\', undefined);
const epochMs = fc.constantFrom<unknown>(1774861202556, 1774861203000, 99, 1.5, "x", undefined);

const assistantApiFirst = fc
  .tuple(
    content,
    word,
    word,
    word,
    usage,
    stopReason,
    epochMs,
    fc.constantFrom<unknown>(undefined, "resp-1", 'r"', "r\\"),
    fc.constantFrom<unknown>(undefined, { runId: "r" }),
  )
  .map(([blocks, api, provider, model, used, stop, timestamp, responseId, openclaw]): Fields => {
    return {
      role: "assistant",
      content: blocks,
      api,
      provider,
      model,
      usage: used,
      stopReason: stop,
      timestamp,
      responseId,
      __openclaw: openclaw,
    };
  });
const assistantTimeFirst = fc
  .tuple(content, word, word, word, usage, stopReason, epochMs, fc.constantFrom<unknown>(undefined, "key-1", 'k"'))
  .map(([blocks, api, provider, model, used, stop, timestamp, idempotencyKey]): Fields => {
    return {
      role: "assistant",
      content: blocks,
      timestamp,
      stopReason: stop,
      usage: used,
      api,
      provider,
      model,
      idempotencyKey,
    };
  });
const otherMessage = fc
  .tuple(fc.constantFrom("user", "user", "toolResult", "bashExecution", "custom", "x"), content, epochMs, lookAlike)
  .map(([role, blocks, timestamp, extra]): Fields =>
    role === "toolResult"
      ? { role, toolCallId: "c", toolName: "exec", content: blocks, details: extra, isError: false, timestamp }
      : { role, content: blocks, timestamp, idempotencyKey: "k:user", __openclaw: extra },
  );
const strangeMessage = fc.constantFrom<Fields>({}, { role: 7 }, { content: "x" });
const message: Arbitrary<Fields> = fc.oneof(
  { weight: 8, arbitrary: assistantApiFirst },
  { weight: 4, arbitrary: assistantTimeFirst },
  { weight: 8, arbitrary: otherMessage },
  { weight: 1, arbitrary: strangeMessage },
);

/** `ID` and `PARENT` stand for ids that are known only when the records are put in order. */
const own: Fields = { id: "ID", parentId: "PARENT", timestamp: "TIME" };
const record: Arbitrary<Fields> = fc.oneof(
  { weight: 16, arbitrary: message.map((value): Fields => ({ type: "message", ...own, message: value })) },
  { weight: 2, arbitrary: fc.constant<Fields>({ type: "model_change", ...own, provider: "p", modelId: "m" }) },
  { weight: 1, arbitrary: fc.constant<Fields>({ type: "thinking_level_change", ...own, thinkingLevel: "low" }) },
  { weight: 1, arbitrary: text.map((summary): Fields => ({ type: "compaction", ...own, summary, tokensBefore: 1 })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("branch_summary", "label", "session_info", "leaf", "reset")
      .map((type): Fields => ({ type, ...own })),
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
    arbitrary: text.map((value): Fields => ({
      type: "custom_message",
      customType: "c",
      content: value,
      display: false,
      ...own,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>("link", "constructor", 7, undefined).map((type): Fields => ({ type, ...own })),
  },
  { weight: 1, arbitrary: fc.constant<Fields>({ type: "session", version: 3, id: "s2", timestamp: "TIME" }) },
);

/** How a record is put into words. */
const layout = fc.record({
  rootOrder: fc.constantFrom("as written", "as written", "as written", "as written", "ids last", "reversed", "rotated"),
  messageOrder: fc.constantFrom("as written", "as written", "as written", "as written", "reversed", "rotated"),
  extra: fc.oneof({ weight: 8, arbitrary: fc.constant<unknown>(undefined) }, { weight: 2, arbitrary: lookAlike }),
  spaces: fc.constantFrom("none", "none", "none", "none", "none", "none", "behind", "around"),
  escapeAll: fc.constantFrom(false, false, false, false, false, false, false, true),
});

/** What happens to a line, and what stands between it and the next one. */
const damage = fc.oneof(
  { weight: 30, arbitrary: fc.constant("none" as const) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "half, no newline",
      "half",
      "no newline",
      "twice",
      "NULs before",
      "NULs inside",
      "NULs behind",
      "a line of NULs",
      "invalid UTF-8",
      "carriage return",
      "byte order mark",
      "empty line",
      "not JSON",
      "not an object",
    ),
  },
);

interface Step {
  readonly record: Fields;
  readonly id: string;
  readonly timestamp: unknown;
  readonly parent: string;
  readonly layout: { rootOrder: string; messageOrder: string; extra: unknown; spaces: string; escapeAll: boolean };
  readonly damage: string;
  readonly at: number;
}

const step: Arbitrary<Step> = fc.record({
  record,
  id,
  timestamp: time,
  parent: fc.constantFrom(
    "previous",
    "previous",
    "previous",
    "previous",
    "previous",
    "previous",
    "previous",
    "null",
    "earlier",
    "unknown",
    "absent",
  ),
  layout,
  damage,
  at: fc.nat(100_000),
});

export const arbitraryTranscript: Arbitrary<Transcript> = fc
  .record({
    header: fc.constantFrom(
      '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:02.556Z","cwd":"/w"}\n',
      '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:02.556Z","cwd":"/w"}\n',
      '{"type":"session","id":"s1"}\r\n',
      "",
    ),
    steps: fc.array(step, { maxLength: 12 }),
    lastNewline: fc.constantFrom(true, true, true, false),
    cuts: fc.array(fc.nat(6_000), { maxLength: 4 }),
  })
  .map(({ header, steps, lastNewline, cuts }) => {
    const pieces = [Buffer.from(header), ...written(steps)];
    const bytes = Buffer.concat(pieces);
    const cutOff = !lastNewline && bytes.at(-1) === 0x0a;
    const transcript = { bytes: cutOff ? bytes.subarray(0, -1) : bytes, cuts };
    return { ...transcript, [fc.toStringMethod]: () => drawn(transcript) };
  });

/** As text, for the report of a failing property. */
function drawn({ bytes, cuts }: Transcript): string {
  return `cut at [${cuts.join()}]:\n${bytes.toString("utf8").replaceAll("\0", "␀").replaceAll("\r", "␍")}<end>`;
}

function written(steps: readonly Step[]): Buffer[] {
  const ids: string[] = [];
  let readable: string | null = null;
  let damageBefore = "";
  return steps.map((each) => {
    const line = lineOf(each, readable, ids);
    // Whoever writes on has read the file: what is left as half a record is never named as a parent.
    const isHalf = each.damage === "half" || each.damage === "half, no newline";
    if (!isHalf && each.record["type"] !== "session") {
      readable = each.id;
      ids.push(each.id);
    }
    const bytes = damaged(Buffer.from(line), each);
    // The border that lineIndexer.ts names: a whole record, then half of one that ends like a whole one.
    const isBorder = isHalf && damageBefore === "no newline" && /\}\}\n?$/.test(bytes.toString("latin1"));
    damageBefore = each.damage;
    return isBorder ? Buffer.from("\n") : bytes;
  });
}

function lineOf(
  { record, id, timestamp, parent, layout, at }: Step,
  previous: string | null,
  ids: readonly string[],
): string {
  const parentId =
    parent === "previous"
      ? previous
      : parent === "null"
        ? null
        : parent === "earlier"
          ? (ids[at % Math.max(1, ids.length)] ?? null)
          : parent === "unknown"
            ? "ffffffff"
            : undefined;
  const fields: Fields = {};
  for (const [name, value] of Object.entries(record)) {
    fields[name] = value === "ID" ? id : value === "PARENT" ? parentId : value === "TIME" ? timestamp : value;
  }
  if (layout.extra !== undefined) fields["extra"] = layout.extra;
  if (typeof fields["message"] === "object" && fields["message"] !== null) {
    fields["message"] = reordered(fields["message"] as Fields, layout.messageOrder);
  }
  const json = JSON.stringify(reordered(fields, layout.rootOrder));
  const spaced =
    layout.spaces === "none"
      ? json
      : JSON.stringify(JSON.parse(json), undefined, " ").replaceAll(/\n */g, layout.spaces === "behind" ? "" : " \t");
  return layout.escapeAll ? spaced.replaceAll("a", "\\u0061").replaceAll(/^\{"type"/g, '{"type"') : spaced;
}

function reordered(fields: Fields, order: string): Fields {
  const entries = Object.entries(fields);
  if (order === "reversed") entries.reverse();
  if (order === "ids last") entries.sort(([a], [b]) => Number(a in own) - Number(b in own));
  if (order === "rotated") entries.push(...entries.splice(0, Math.ceil(entries.length / 2)));
  return Object.fromEntries(entries);
}

function damaged(line: Buffer, { damage, at }: Step): Buffer {
  const newline = Buffer.from("\n");
  const middle = at % Math.max(1, line.length);
  const nul = Buffer.alloc(1 + (at % 284));
  switch (damage) {
    case "half, no newline":
      return line.subarray(0, middle);
    case "half":
      return Buffer.concat([line.subarray(0, middle), newline]);
    case "no newline":
      return line;
    case "twice":
      return Buffer.concat([line, newline, line, newline]);
    case "NULs before":
      return Buffer.concat([nul, line, newline]);
    case "NULs inside":
      return Buffer.concat([line.subarray(0, middle), nul, line.subarray(middle), newline]);
    case "NULs behind":
      return Buffer.concat([line, nul, newline]);
    case "a line of NULs":
      return Buffer.concat([line, newline, nul, newline]);
    case "invalid UTF-8": {
      const broken = Buffer.concat([line, newline]);
      broken[middle] = 0xff;
      return broken;
    }
    case "carriage return":
      return Buffer.concat([line, Buffer.from("\r\n")]);
    case "byte order mark":
      return Buffer.concat([Buffer.from("\ufeff"), line, newline]);
    case "empty line":
      return Buffer.concat([line, Buffer.from("\n\n \n")]);
    case "not JSON":
      return Buffer.concat([line, newline, Buffer.from("} what is this\n")]);
    case "not an object":
      return Buffer.concat([line, newline, Buffer.from("[1,2]\n")]);
    default:
      return Buffer.concat([line, newline]);
  }
}
