import assert from "node:assert/strict";
import fc from "fast-check";
import { editIndex, entryBytes, type IndexEdit, openIndex } from "../../../src/core/restore/indexText";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(value);

function edited(text: string | undefined, ...edits: readonly IndexEdit[]): string {
  const index = openIndex(text === undefined ? undefined : bytes(text));
  if ("why" in index) assert.fail(index.why);
  return textOf(editIndex(index, edits).bytes);
}

describe("editing the index", () => {
  it("changes, adds and removes fields of one entry and leaves every other byte as it is", () => {
    const before = `{
  "agent:main:main": { "sessionId" :"a",  "cost": 1.50e+2, "gone": [1,
      2], "x": {"sessionId": 0} },

  "agent:main:telegram:direct:1":{"sessionId":"b","n":1.0}
}
`;
    const after = `{
  "agent:main:main": { "sessionId" :"c",  "cost": 1.50e+2, "x": {"sessionId": 0},  "at" :7 },

  "agent:main:telegram:direct:1":{"sessionId":"b","n":1.0}
}
`;
    assert.equal(
      edited(before, {
        key: "agent:main:main",
        edits: [
          { name: "sessionId", value: "c" },
          { name: "gone", value: undefined },
          { name: "never there", value: undefined },
          { name: "at", value: 7 },
        ],
      }),
      after,
    );
  });

  it("writes a new entry as the others are written: tabs, carriage returns, a byte order mark, a last newline", () => {
    const before = '\uFEFF{\r\n\t"a": {\r\n\t\t"sessionId": "1"\r\n\t}\r\n}\r\n';
    const after =
      '\uFEFF{\r\n\t"a": {\r\n\t\t"sessionId": "1"\r\n\t},\r\n\t"b": {\r\n\t\t"ids": [\r\n\t\t\t"x"\r\n\t\t]\r\n\t}\r\n}\r\n';
    assert.equal(edited(before, { key: "b", edits: [{ name: "ids", value: ["x"] }] }), after);
  });

  it("makes an index as OpenClaw writes it where there is none, an empty one, or one without entries", () => {
    const entry: IndexEdit = { key: "k", edits: [{ name: "sessionId", value: "s" }] };
    const made = JSON.stringify({ k: { sessionId: "s" } }, null, 2);
    assert.deepEqual(
      [undefined, "", " \n", "{}"].map((text) => edited(text, entry)),
      [made, made, made, made],
    );
  });

  it("makes one entry like another, with every field that is not named", () => {
    const before = '{"a":{"sessionId":"1","origin":{"x":1e3}}}';
    const after = '{"a":{"sessionId":"1","origin":{"x":1e3}},"b":{"sessionId":"2","origin":{"x":1e3}}}';
    assert.equal(edited(before, { key: "b", like: "a", edits: [{ name: "sessionId", value: "2" }] }), after);
  });

  it("removes the first, the last and the only entry", () => {
    const removed = (text: string, key: string): string => edited(text, { key, removed: true });
    assert.deepEqual(
      [
        removed('{ "a": 1, "b": 2 }', "a"),
        removed('{ "a": 1, "b": 2 }', "b"),
        removed('{\n  "a": 1\n}', "a"),
        removed("{}", "a"),
      ],
      ['{ "b": 2 }', '{ "a": 1 }', "{}", "{}"],
    );
  });

  it("takes the place of what is no entry", () => {
    const entry: IndexEdit = { key: "a", edits: [{ name: "sessionId", value: "s" }] };
    assert.deepEqual(
      ['{"a":null}', '{"a":[1,{"a":2}]}', '{"a":"{}"}'].map((text) => edited(text, entry)),
      ['{"a":{"sessionId":"s"}}', '{"a":{"sessionId":"s"}}', '{"a":{"sessionId":"s"}}'],
    );
  });

  it("finds a key however it is spelled, and never another one", () => {
    const before = '{"agent:main:\\u006dain":{"n":1},"agent:main:main\\u0000":{"n":2},"__proto__":{"n":3}}';
    const index = openIndex(bytes(before));
    if ("why" in index) assert.fail(index.why);
    const texts = ["agent:main:main", "agent:main:main\0", "__proto__", "toString"].map((key) =>
      entryBytes(index, key),
    );
    assert.deepEqual(
      texts.map((text) => text && textOf(text)),
      ['{"n":1}', '{"n":2}', '{"n":3}', undefined],
    );
  });

  it("changes the field that counts when an entry has it twice, and removes both", () => {
    const before = '{"k":{"a":1,"b":2,"a":3}}';
    assert.deepEqual(
      [
        edited(before, { key: "k", edits: [{ name: "a", value: 4 }] }),
        edited(before, { key: "k", edits: [{ name: "a", value: undefined }] }),
      ],
      ['{"k":{"a":1,"b":2,"a":4}}', '{"k":{"b":2}}'],
    );
  });

  it("refuses what it cannot edit without guessing", () => {
    const refusals = ['{"a":1,"\\u0061":2}', '{"a":{"n":1},}', '{"a":{"n":1}', "[]", "7", '{\n"a":1} x', "// {}\n{}"];
    assert.deepEqual(
      refusals.map((text) => openIndex(bytes(text))),
      [
        { why: "duplicate-key", key: "a" },
        { why: "not-json", line: 1 },
        { why: "not-json", line: undefined },
        { why: "not-object" },
        { why: "not-object" },
        { why: "not-json", line: 2 },
        { why: "not-json", line: 1 },
      ],
    );
  });

  it("says what JSON.stringify says of the edited object, for any index and any style", () => {
    fc.assert(
      fc.property(documents, styles, edits, (document, style, wanted) => {
        const expected = applied(document, wanted);
        const after = edited(written(document, style), ...wanted);
        assert.equal(after, written(expected, style));
      }),
      options(400),
    );
  });

  it("keeps every byte of the other entries, however they are written", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, rawValues), { maxLength: 6 }), edits, (pairs, wanted) => {
        const members = [...new Map(pairs)];
        const raw = members.map(([key, value]) => `${escapedKey(key)} : ${value}`);
        const before = `{ ${raw.join(" ,\t")} }`;
        const after = edited(before, ...wanted);
        const kept = raw.filter((_, n) => wanted.every(({ key }) => key !== members[n]?.[0]));
        let from = 0;
        for (const text of kept) {
          const at = after.indexOf(text, from);
          assert.notEqual(at, -1);
          from = at + text.length;
        }
        assert.deepEqual(JSON.parse(after), applied(JSON.parse(before) as Document, wanted));
      }),
      options(400),
    );
  });
});

type Document = Readonly<Record<string, unknown>>;
interface Style {
  readonly indent: string;
  readonly line: "\n" | "\r\n";
  readonly mark: boolean;
  readonly end: boolean;
}

function options(runs: number): fc.Parameters<unknown> {
  return {
    seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
    numRuns: Math.ceil(runs * Number(process.env["PROPERTY_SCALE"] ?? 1)),
  };
}

/** Any code point and half of some pairs. Fast-check's own unit for this takes a second to make. */
const anyUnit = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));

// Names that look like numbers would be moved to the front by JavaScript itself; real keys never do.
const keys = fc.oneof(
  fc.constantFrom("agent:main:main", "__proto__", "", "é\u0301", '"\\\n', "{}", "toString", "🦞"),
  fc.string({ unit: anyUnit, maxLength: 8 }).map((text) => `k${text}`),
);
const values = fc.jsonValue({ maxDepth: 3 });
const fields = fc.dictionary(keys, values, { maxKeys: 5, noNullPrototype: true });
/** An index without entries has no style to follow. */
const documents = fc.dictionary(keys, fields, { minKeys: 1, maxKeys: 5, noNullPrototype: true });
const styles = fc.record<Style>({
  indent: fc.constantFrom("", "  ", "\t", "    "),
  line: fc.constantFrom("\n", "\r\n"),
  mark: fc.boolean(),
  end: fc.boolean(),
});
const fieldEdits = fc.uniqueArray(fc.record({ name: keys, value: fc.option(values, { nil: undefined }) }), {
  selector: ({ name }) => name,
  maxLength: 4,
});
const edits: fc.Arbitrary<IndexEdit[]> = fc.uniqueArray(
  fc.oneof(fc.record({ key: keys, edits: fieldEdits }), fc.record({ key: keys, removed: fc.constant(true as const) })),
  { selector: ({ key }) => key, maxLength: 3 },
);
/** Spelled as nobody else would. */
const rawValues = fc.oneof(
  fc.constantFrom("1.0e+0", "-0.00", '"\\u0041\\/"', "[ ]", "{ }", '{ "a" :1 ,"b": [ {} , 2 ] }', "null"),
  fields.map((value) => JSON.stringify(value, null, 3)),
);

function written(document: Document, { indent, line, mark, end }: Style): string {
  const text = JSON.stringify(document, null, indent).replaceAll("\n", line);
  return `${mark ? "\uFEFF" : ""}${text}${end ? line : ""}`;
}

function escapedKey(key: string): string {
  const units = key.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${units.join("")}"`;
}

function applied(document: Document, wanted: readonly IndexEdit[]): Document {
  const entries = new Map(Object.entries(document));
  for (const edit of wanted) {
    if ("removed" in edit) {
      entries.delete(edit.key);
      continue;
    }
    const before = entries.get(edit.key);
    const isEntry = typeof before === "object" && before !== null && !Array.isArray(before);
    const entry = new Map(isEntry ? Object.entries(before) : []);
    for (const { name, value } of edit.edits) {
      if (value === undefined) entry.delete(name);
      else entry.set(name, value);
    }
    entries.set(edit.key, Object.fromEntries(entry));
  }
  return Object.fromEntries(entries);
}
