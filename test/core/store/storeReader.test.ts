import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import JSON5 from "json5";
import { StoreReader } from "../../../src/core/store/storeReader";
import { storeRowFromFields } from "../../../src/core/store/storeRowFields";

const fixtures = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");
const runs = (count: number) => ({
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: count * Number(process.env["PROPERTY_SCALE"] ?? 1),
});

function read(text: string | Uint8Array, chunkSize = 1 << 20) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const reader = new StoreReader("/s/sessions.json");
  const chunk = new Uint8Array(Math.min(chunkSize, bytes.length));
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const part = bytes.subarray(at, at + chunkSize);
    chunk.set(part); // one buffer for all chunks: nothing may be read from a chunk after push
    reader.push(chunk.subarray(0, part.length));
    chunk.fill(0x7e);
  }
  return reader.end();
}

/** Keys with ids, and problems as code and line. */
function outline(text: string | Uint8Array) {
  const { rows, problems } = read(text);
  return {
    rows: rows.map((row) => `${row.key} ${row.sessionId ?? "-"}`),
    problems: problems.map((problem) => `${problem.code} ${problem.line ?? "-"}`),
  };
}

/** What the reader must give for a document that is valid: the rows of JSON.parse, bulky fields left out. */
function expectedRows(document: unknown) {
  return Object.entries(document as Record<string, Record<string, unknown>>).map(([key, fields]) => {
    const report = fields["systemPromptReport"] as { sessionKey?: unknown; sessionId?: unknown } | undefined;
    const small = Object.entries(fields).filter(([name]) => !bulky.includes(name));
    return {
      ...storeRowFromFields(key, new Map(small)),
      reportSessionKey: typeof report?.sessionKey === "string" ? report.sessionKey : undefined,
      reportSessionId: typeof report?.sessionId === "string" ? report.sessionId : undefined,
    };
  });
}
const bulky = ["skillsSnapshot", "systemPromptReport", "pluginDebugEntries", "pluginExtensions"];
const withoutSkipped = (rows: ReturnType<typeof read>["rows"]) => rows.map((row) => ({ ...row, skipped: {} }));

describe("StoreReader", () => {
  it("tells a bounded number of fields of a row by name, and of the rest the size", () => {
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`f${at}`, 12]));
    const [row] = read(JSON.stringify({ "agent:main:main": { sessionId: "s1", ...many } })).rows;
    assert.deepEqual(
      [row?.sessionId, Object.keys(row?.rest ?? {}).length, row?.skipped],
      ["s1", 4_999, { "…": 2_002 }],
    );
  });

  it("keeps rows whose keys are too long to be held, each under a name of its own", () => {
    const key = (bytes: number): string => `agent:main:x:${"k".repeat(bytes - 13)}`;
    const text = JSON.stringify({
      [key(70_013)]: { sessionId: "s1" },
      [`${key(70_012)}l`]: { sessionId: "s2" },
      "agent:main:main": { sessionId: "s3", ["f".repeat(70_000)]: 1 },
      [key(66_000)]: { sessionId: "s4" },
    });
    const beginning = key(60);
    for (const chunkBytes of [1 << 20, 65_536, 1_000]) {
      const { rows, problems } = read(text, chunkBytes);
      assert.deepEqual(
        rows.map((row) => `${row.key} ${row.sessionId ?? "-"}`),
        [
          `${beginning}… (70,013 bytes) s1`,
          `${beginning}… (70,013 bytes) #2 s2`,
          "agent:main:main s3",
          `${beginning}… (66,000 bytes) s4`,
        ],
      );
      assert.deepEqual(rows[2]?.rest, { [`${"f".repeat(60)}… (70,000 bytes)`]: 1 });
      assert.deepEqual(
        problems.map(({ code, line, message }) => `${code} ${line ?? "-"} ${message.slice(0, 48)}`),
        ["70,013", "70,013", "66,000"].map(
          (size) => `store.key-too-long 1 A row of the session index has a key of ${size} b`,
        ),
      );
    }
  });

  it("gives a row its fields, the report's identity and the names of what it skipped", () => {
    const text = JSON.stringify({
      "agent:main:main": {
        sessionId: "b4720873",
        updatedAt: 1784659820744,
        origin: { provider: "webchat", label: "ui" },
        usageFamilySessionIds: ["a", "b"],
        systemPromptReport: {
          source: "run",
          sessionId: "b4720873",
          sessionKey: "agent:main:main",
          tools: [{ sessionKey: "no" }],
        },
        skillsSnapshot: { prompt: "p".repeat(10) },
        compactionCheckpoints: [
          {
            checkpointId: "c1",
            summary: "s".repeat(100_000),
            preCompaction: { sessionId: "b4720873", sessionFile: "/x" },
          },
          { checkpointId: "c2" },
        ],
        note: "n".repeat(70_000),
        status: 7,
      },
    });
    const row = read(text, 1000).rows[0];
    assert.deepEqual(row, {
      key: "agent:main:main",
      sessionId: "b4720873",
      sessionFile: undefined,
      updatedAt: 1784659820744,
      sessionStartedAt: undefined,
      lastInteractionAt: undefined,
      status: undefined,
      label: undefined,
      displayName: undefined,
      subject: undefined,
      chatType: undefined,
      channel: undefined,
      originProvider: "webchat",
      model: undefined,
      modelProvider: undefined,
      totalTokens: undefined,
      contextTokens: undefined,
      compactionCount: undefined,
      usageFamilyKey: undefined,
      usageFamilySessionIds: ["a", "b"],
      checkpoints: [
        {
          checkpointId: "c1",
          sessionId: undefined,
          createdAt: undefined,
          reason: undefined,
          preSessionId: "b4720873",
          preSessionFile: "/x",
          postSessionId: undefined,
        },
        {
          checkpointId: "c2",
          sessionId: undefined,
          createdAt: undefined,
          reason: undefined,
          preSessionId: undefined,
          preSessionFile: undefined,
          postSessionId: undefined,
        },
      ],
      reportSessionKey: "agent:main:main",
      reportSessionId: "b4720873",
      spawnedBy: undefined,
      parentSessionKey: undefined,
      rest: { origin: { provider: "webchat", label: "ui" }, status: 7 },
      skipped: { systemPromptReport: 100, skillsSnapshot: 23, "compactionCheckpoints.summary": 100_002, note: 70_002 },
    });
  });

  it("reads every recorded index as JSON.parse does, in chunks of any size", () => {
    const stores = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).filter((path) =>
      /sessions\.json(\.imported-\d+)?$/.test(path),
    );
    assert.ok(stores.length >= 40, `only ${stores.length} recorded indexes found`);
    for (const [number, path] of stores.entries()) {
      const text = readFileSync(join(fixtures, path), "utf8");
      const { rows, problems } = read(text, 7 + number * 101);
      assert.deepEqual(
        { rows: withoutSkipped(rows), problems },
        { rows: expectedRows(JSON.parse(text)), problems: [] },
        path,
      );
    }
  });

  const row = (id: string) => `{"sessionId":"${id}","skillsSnapshot":{"a":[1,"]}"]}}`;
  const damage: [title: string, text: string | Uint8Array, rows: string[], problems: string[]][] = [
    ["an empty object", "{}", [], []],
    ["an empty file", "", [], ["store.empty -"]],
    ["white space", " \n\n", [], ["store.empty -"]],
    ["NUL bytes", "\0\0\0\0", [], ["store.not-json 1"]],
    ["an array", `[${row("a")}]`, [], ["store.not-object -"]],
    ["a text", `"sessions"`, [], ["store.not-object -"]],
    [
      "a half-written file",
      `{"k1":${row("a")},\n"k2":${row("b")},\n"k3":{"sessionId":"c`,
      ["k1 a", "k2 b"],
      ["store.half-written 3"],
    ],
    [
      "a file cut inside a bulky field",
      `{"k1":${row("a")},"k2":{"skillsSnapshot":{"p":"x`,
      ["k1 a"],
      ["store.half-written 1"],
    ],
    ["a file cut after a row", `{"k1":${row("a")}`, ["k1 a"], ["store.half-written 1"]],
    ["NUL bytes at the end", `{"k1":${row("a")}}\n\0\0`, ["k1 a"], ["store.not-json 2"]],
    ["two writers", `{"k1":${row("a")}}\n"k2":{}}`, ["k1 a"], ["store.not-json 2"]],
    ["a stray bracket", `{"k1":${row("a")},\n"k2":{"sessionId":"b"],"k3":${row("c")}}`, ["k1 a"], ["store.not-json 2"]],
    ["a trailing comma", `{"k1":${row("a")},\n"k2":${row("b")},\n}`, ["k1 a", "k2 b"], ["store.not-json 3"]],
    [
      "a trailing comma in a bulky field",
      `{"k1":{"sessionId":"a","skillsSnapshot":[1,]}}`,
      ["k1 a"],
      ["store.not-json 1"],
    ],
    ["a missing comma", `{"k1":${row("a")}\n"k2":${row("b")}}`, ["k1 a", "k2 b"], ["store.not-json 2"]],
    ["JSON5", `// mine\n{k1:{sessionId:'a', n:+.5, /* b */ o:{p:[1,],},},}`, ["k1 a"], ["store.not-json 1"]],
    ["a byte order mark", `\ufeff{"k1":${row("a")}}`, ["k1 a"], ["store.not-json 1"]],
    [
      "a raw newline in a text",
      `{"k1":{"sessionId":"a","label":"x\ny"},\n"k2":${row("b")}}`,
      ["k1 a", "k2 b"],
      ["store.not-json 1"],
    ],
    [
      "a row that is no object",
      `{"k1":"a",\n"k2":[{"x":1}],\n"k3":${row("c")}}`,
      ["k3 c"],
      ["store.row-not-object 1", "store.row-not-object 2"],
    ],
    [
      "rows without a usable session",
      `{"k1":{},\n"k2":{"sessionId":7},\n"k3":{"sessionId":"../../etc/passwd"}}`,
      ["k1 -", "k2 -", "k3 -"],
      ["store.row-without-session 1", "store.row-without-session 2", "store.row-without-session 3"],
    ],
    [
      "a key twice",
      `{"k1":${row("a")},\n"k2":${row("b")},\n"k1":${row("c")}}`,
      ["k1 c", "k2 b"],
      ["store.duplicate-key 3"],
    ],
    ["a field twice", `{"k1":{"sessionId":"a","sessionId":"b"}}`, ["k1 b"], []],
    [
      "hostile names",
      `{"__proto__":${row("a")},"k":{"sessionId":"b","__proto__":{"x":1}}}`,
      ["__proto__ a", "k b"],
      [],
    ],
    [
      "invalid UTF-8",
      new Uint8Array([...new TextEncoder().encode('{"k'), 0xff, ...new TextEncoder().encode(`":${row("a")}}`)]),
      ["k\ufffd a"],
      [],
    ],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), [], ["store.not-json 1"]],
    ["half a megabyte of brackets", "[".repeat(500_000), [], ["store.not-object -", "store.half-written 1"]],
  ];
  for (const [title, text, rows, problems] of damage) {
    it(`reads around ${title}`, () => {
      assert.deepEqual(outline(text), { rows, problems });
    });
  }

  it("says what OpenClaw would do with a half-written index", () => {
    const [problem] = read('{"agent:main:main":{"sessionId":').problems;
    assert.deepEqual(problem, {
      code: "store.half-written",
      message:
        "The session index ends in the middle of the row agent:main:main, at line 1. The rows before it are shown. OpenClaw treats such an index as empty and overwrites it with the next message: copy the file before that.",
      file: "/s/sessions.json",
      line: 1,
      offset: 32,
    });
  });

  it("lists a hundred problems of a wrecked index, and counts the others", () => {
    const { problems } = read(JSON.stringify(Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`k${n}`, {}]))));
    assert.deepEqual(
      [problems.length, problems.at(-1)?.message],
      [101, "150 further problems of the session index are not listed."],
    );
  });

  const value = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" });
  const field = fc.oneof(
    fc.constantFrom(
      "sessionId",
      "updatedAt",
      "label",
      "origin",
      "compactionCheckpoints",
      "usageFamilySessionIds",
      "summary",
      ...bulky,
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  const report = fc.record({ sessionKey: fc.string(), sessionId: fc.string(), more: value }, { requiredKeys: [] });
  const checkpoint = fc.record(
    { checkpointId: fc.string(), summary: value, preCompaction: value },
    { requiredKeys: [] },
  );
  const rowValue = fc
    .tuple(
      fc.dictionary(field, value, { maxKeys: 6 }),
      fc.record(
        {
          sessionId: fc.stringMatching(/^[a-z0-9]{4}$/),
          systemPromptReport: report,
          compactionCheckpoints: fc.array(checkpoint, { maxLength: 3 }),
        },
        { requiredKeys: ["sessionId"] },
      ),
    )
    .map(([fields, known]) => ({ ...fields, ...known }));
  const store = fc.dictionary(fc.string({ unit: "binary", maxLength: 6 }), rowValue, {
    maxKeys: 4,
    noNullPrototype: true,
  });

  it("equals JSON.parse on any index, whatever the chunk size and the layout", () => {
    fc.assert(
      fc.property(store, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 2), (document, chunkSize, indent) => {
        const text = JSON.stringify(document, undefined, indent);
        const { rows, problems } = read(text, chunkSize);
        const asWritten: unknown = JSON.parse(
          new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
        );
        assert.deepEqual(problems, []);
        assert.deepEqual(sortedRows(withoutSkipped(rows)), sortedRows(expectedRows(asWritten)));
      }),
      runs(150),
    );
  });

  it("reads JSON5 as JSON5.parse does", () => {
    fc.assert(
      fc.property(store, fc.integer({ min: 1, max: 40 }), (document, chunkSize) => {
        const text = wellFormed(`// comment\n${JSON5.stringify(document, undefined, 1)}`);
        const { rows } = read(text, chunkSize);
        assert.deepEqual(sortedRows(withoutSkipped(rows)), sortedRows(expectedRows(JSON5.parse(text))));
      }),
      runs(80),
    );
  });

  it("never throws, and gives the same for every chunk size, whatever is done to an index", () => {
    const sound = new TextEncoder().encode(
      `{"k1":${row("a")},"agent:main:main":{"sessionId":"b","n":[1.5e3,true,null],"t":"\\u00e9\\n"}}`,
    );
    const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 5 }), insert: fc.uint8Array({ maxLength: 4 }) });
    const token = fc
      .constantFrom(..."{}[]:,\"'\\/* \n0-\0".split(""), "\\u12", "true", "//")
      .map((text) => new TextEncoder().encode(text));
    const edits = fc.array(fc.oneof(edit, fc.record({ at: fc.nat(), remove: fc.nat({ max: 2 }), insert: token })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(edits, fc.integer({ min: 1, max: 9 }), (changes, chunkSize) => {
        const bytes = Array.from(sound);
        for (const { at, remove, insert } of changes) bytes.splice(at % (bytes.length + 1), remove, ...insert);
        const damaged = Uint8Array.from(bytes);
        const whole = read(damaged);
        assert.deepEqual(read(damaged, chunkSize), whole);
        assert.equal(
          whole.problems.some(({ code }) => unparsable.includes(code)),
          !isObject(damaged),
        );
      }),
      runs(600),
    );
  });

  const unparsable = ["store.not-json", "store.half-written", "store.empty", "store.not-object"];
  function isObject(bytes: Uint8Array): boolean {
    try {
      const value: unknown = JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      return typeof value === "object" && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  }
});

/** The text as it comes back from UTF-8: unpaired surrogates are lost. */
function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

/** Objects put keys that look like numbers first; the reader keeps the order of the file. */
function sortedRows<T extends { readonly key: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));
}
