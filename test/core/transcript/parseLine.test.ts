import assert from "node:assert/strict";
import type { TranscriptItem } from "../../../src/core/transcript/entry";
import { parseLine, parseLongLine, type ParseLineOptions } from "../../../src/core/transcript/parseLine";

const header = '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:02.556Z","cwd":"/w"}';
const user = (id: string, text = "hello"): string =>
  `{"type":"message","id":"${id}","parentId":null,"timestamp":"2026-03-30T09:00:03.000Z","message":{"role":"user","content":"${text}"}}`;

function parse(line: string | Uint8Array, options: Partial<ParseLineOptions> = {}): TranscriptItem[] {
  const bytes = typeof line === "string" ? Buffer.from(line) : line;
  const position = { line: 7, offset: 700, bytes: bytes.length };
  return parseLine(bytes, position, { complete: true, firstLine: false, ...options });
}

/** `entry message a` · `header s1` · `line.half @7: …` */
function drawn(items: readonly TranscriptItem[]): string[] {
  return items.map((item) => {
    if (item.kind === "header") return `header ${item.header.id}`;
    if (item.kind === "entry") return `entry ${item.entry.type} ${item.entry.id ?? "-"}`;
    assert.equal(item.problem.offset, 700);
    return `${item.problem.code} @${item.problem.line ?? "?"}: ${item.problem.message}`;
  });
}

describe("parseLine", () => {
  it("gives one item for a sound line and none for an empty one", () => {
    assert.deepEqual(drawn(parse(header, { firstLine: true })), ["header s1"]);
    assert.deepEqual(drawn(parse(user("a"))), ["entry message a"]);
    assert.deepEqual(parse(""), []);
    assert.deepEqual(parse(" \r"), []);
  });

  it("reads a whole last line without newline as sound", () => {
    assert.deepEqual(drawn(parse(user("a"), { complete: false })), ["entry message a"]);
  });

  it("takes no time that no date can show", () => {
    const at = (time: unknown): number | undefined => {
      const message = { role: "user", content: "x", timestamp: time };
      const [item] = parse(JSON.stringify({ type: "message", id: "a", parentId: null, timestamp: time, message }));
      return item?.kind === "entry" ? item.entry.at : -1;
    };
    assert.deepEqual([8.64e15, 8.64e15 + 1, -8.64e15 - 1, 1e300].map(at), [8.64e15, undefined, undefined, undefined]);
  });

  it("tolerates CRLF", () => {
    assert.deepEqual(drawn(parse(`${user("a")}\r`)), ["entry message a"]);
  });

  it("keeps the position it was given", () => {
    assert.deepEqual(parse("[]")[0]?.position, { line: 7, offset: 700, bytes: 2 });
  });

  it("leaves the line number out where it is not known", () => {
    const [item] = parseLine(
      Buffer.from("[]"),
      { line: undefined, offset: 9, bytes: 2 },
      { complete: true, firstLine: false },
    );
    assert.ok(item?.kind === "damage");
    assert.deepEqual(Object.keys(item.problem), ["code", "message", "offset"]);
  });
});

describe("parseLine, damage", () => {
  it("very many records without a newline between them: the first thousand are read, the rest is measured", () => {
    const record = user("a");
    const items = parse(`${header}${record.repeat(130_000)}`, { firstLine: true });
    assert.deepEqual(drawn(items.slice(0, 3)), ["header s1", "entry message a", "entry message a"]);
    const rest = 129_001 * record.length;
    assert.deepEqual(drawn(items.slice(1_000)), [
      "line.not-json @7: More than one record stands in this line, without a newline between them; each was read.",
      `line.too-long @7: After the first thousand records in this line, ${rest} bytes more were not read.`,
    ]);
  });

  it("is told without words when it is only counted, and as often", () => {
    const lines = [
      "garbage",
      "{garbage",
      '{"type":"message"',
      '{"type":"message","id":"a',
      `${user("a").slice(0, 90)}${user("b")}`,
      "[1",
      "[]",
      "true",
      "truex",
      "-1",
      "\0\0",
      `\0${user("c")}`,
      '{"a":1}',
      "{ }",
      `{${" ".repeat(200)}}`,
      "[ [1] ]\0",
    ];
    for (const line of lines) {
      const told = parse(line);
      const counted = parse(line, { countsDamage: true });
      assert.deepEqual(
        counted.map(({ kind }) => kind),
        told.map(({ kind }) => kind),
        line,
      );
      for (const item of counted) if (item.kind === "damage") assert.equal(item.problem.message + item.excerpt, "");
    }
  });

  it("broken JSON", () => {
    assert.deepEqual(drawn(parse('{"type":"message","id":"a",}')), [
      "line.not-json @7: The line is not valid JSON from character 28 on.",
    ]);
    assert.deepEqual(drawn(parse("hello")), ["line.not-json @7: The line is not valid JSON."]);
  });

  it("a raw control character in a text: read as if it had been escaped", () => {
    const items = parse(user("a", "x\ty"));
    assert.deepEqual(drawn(items), [
      "entry message a",
      "line.not-json @7: The line is not valid JSON: control characters stand in it unescaped. It was read nonetheless.",
    ]);
    const [entry] = items;
    assert.ok(entry?.kind === "entry" && entry.entry.type === "message");
    assert.deepEqual(entry.entry.message.blocks, [{ kind: "text", text: "x\ty" }]);
    assert.deepEqual(drawn(parse(user("a", "x\ty\\q"))), [
      "line.not-json @7: The line is not valid JSON from character 120 on.",
    ]);
  });

  it("half a record, with and without a newline", () => {
    const half = user("a").slice(0, 100);
    assert.deepEqual(drawn(parse(half)), [
      "line.half @7: The line ends in the middle of a record; what follows was never written.",
    ]);
    assert.deepEqual(drawn(parse(half, { complete: false })), [
      "line.half @7: The last line is half a record without a newline: still being written, or cut short by a crash.",
    ]);
  });

  it("half a record, then a whole one on the same line", () => {
    assert.deepEqual(drawn(parse(user("a").slice(0, 100) + user("b"))), [
      "entry message b",
      "line.half @7: Half a record shares the line with a whole one; the whole one was read.",
    ]);
  });

  it("two whole records on one line", () => {
    assert.deepEqual(drawn(parse(user("a") + user("b"))), [
      "entry message a",
      "entry message b",
      "line.not-json @7: More than one record stands in this line, without a newline between them; each was read.",
    ]);
  });

  it("a header torn by the next record", () => {
    assert.deepEqual(drawn(parse(header.slice(0, 40) + user("b"), { firstLine: true })), [
      "entry message b",
      "line.half @7: Half a record shares the line with a whole one; the whole one was read.",
      "header.missing @7: The first line is not a session header. OpenClaw empties such a transcript when it opens it: copy the file before that.",
    ]);
  });

  it("a line of 284 NULs", () => {
    assert.deepEqual(drawn(parse(Buffer.alloc(284))), [
      "line.nul-bytes @7: The line holds 284 NUL bytes, as a crash or a full disk leaves behind.",
    ]);
  });

  it("NULs before, behind, between and inside records", () => {
    const nul = "\0".repeat(3);
    const told = "line.nul-bytes @7: The line holds 3 NUL bytes, as a crash or a full disk leaves behind.";
    assert.deepEqual(drawn(parse(nul + user("a"))), ["entry message a", told]);
    assert.deepEqual(drawn(parse(user("a") + nul)), ["entry message a", told]);
    assert.deepEqual(drawn(parse(user("a", `x${nul}y`))), ["entry message a", told]);
    assert.deepEqual(drawn(parse(user("a").slice(0, 90) + nul + user("b"))), [
      "entry message b",
      told,
      "line.half @7: Half a record shares the line with a whole one; the whole one was read.",
    ]);
  });

  it("invalid UTF-8: the text is read with replacement characters", () => {
    const bytes = Buffer.from(user("a", "x?y"));
    bytes[bytes.indexOf("?")] = 0xff;
    const items = parse(bytes);
    assert.deepEqual(drawn(items), [
      "entry message a",
      "line.invalid-utf8 @7: The line holds bytes that are no valid UTF-8; they are shown as U+FFFD.",
    ]);
    const [entry] = items;
    assert.ok(entry?.kind === "entry" && entry.entry.type === "message");
    assert.deepEqual(entry.entry.message.blocks, [{ kind: "text", text: "x\uFFFDy" }]);
  });

  it("a byte order mark", () => {
    assert.deepEqual(drawn(parse(`\uFEFF${header}`, { firstLine: true })), [
      "header s1",
      "line.byte-order-mark @7: The line begins with a byte order mark; it was read without it.",
    ]);
  });

  it("JSON that is no object", () => {
    const told = "line.not-object @7: The line is valid JSON, but no object; a transcript holds one object per line.";
    for (const line of ["[1]", "null", "12", '"text"']) assert.deepEqual(drawn(parse(line)), [told]);
  });

  it("headers: missing, second, not first, without id, of an unknown version", () => {
    assert.deepEqual(drawn(parse(user("a"), { firstLine: true })), [
      "entry message a",
      "header.missing @7: The first line is not a session header. OpenClaw empties such a transcript when it opens it: copy the file before that.",
    ]);
    assert.deepEqual(drawn(parse(header)), [
      "header s1",
      "header.second @7: A further session header stands in the middle of the transcript.",
    ]);
    assert.deepEqual(drawn(parse(header, { headerAbove: false })), [
      "header s1",
      "header.not-first @7: The session header does not stand in the first line of the transcript.",
    ]);
    assert.deepEqual(drawn(parse('{"type":"session"}')), [
      "entry unknown -",
      "line.unknown-layout @7: The record is laid out in a way this version does not know; it is shown as it is.",
    ]);
    assert.deepEqual(drawn(parse('{"type":"session","version":9,"id":"s1"}', { firstLine: true })), [
      "header s1",
      "header.version-unknown @7: The header says version 9, which this version of the inspector does not know.",
    ]);
  });

  it("records of unknown layout are kept, and told when nothing of them is understood", () => {
    const told =
      "line.unknown-layout @7: The record is laid out in a way this version does not know; it is shown as it is.";
    assert.deepEqual(drawn(parse('{"type":"brand_new","id":"a"}')), ["entry unknown a"]);
    assert.deepEqual(drawn(parse('{"id":"a"}')), ["entry unknown a", told]);
    assert.deepEqual(drawn(parse('{"type":"message","id":"a","message":"hi"}')), ["entry unknown a", told]);
  });

  it("bounds the excerpt and never cuts a character in half", () => {
    const excerptOf = (line: string): string => {
      const [item] = parse(line);
      assert.ok(item?.kind === "damage");
      return item.excerpt;
    };
    assert.equal(excerptOf("x".repeat(5000)), "x".repeat(2000));
    assert.equal(excerptOf(`x${"😀".repeat(5000)}`), `x${"😀".repeat(999)}`);
    assert.equal(excerptOf("short"), "short");
  });

  it("a line that is too long is its beginning and its size", () => {
    const items = parseLongLine(Buffer.from('{"type":"mess'), { line: 7, offset: 700, bytes: 70_000_000 });
    assert.deepEqual(drawn(items), [
      "line.too-long @7: The line has 70000000 bytes, more than is read at once; only its beginning is shown.",
    ]);
  });

  it("no sentence repeats what stands in the line", () => {
    const secret = "SECRET";
    const lines = [
      secret,
      `{"${secret}`,
      `[${secret}]`,
      `{"a":"${secret}" ${secret}}`,
      `"${secret}"`,
      `{"type":1,"a":"${secret}"}`,
    ];
    for (const item of lines.flatMap((line) => parse(line))) {
      if (item.kind === "damage") assert.doesNotMatch(item.problem.message, /SECRET/);
    }
  });

  it("survives nesting as deep as a line can be long", () => {
    const depth = 200_000;
    assert.deepEqual(drawn(parse(`${"[".repeat(depth)}${"]".repeat(depth)}`)).length, 1);
    const nested = `${'[{"type":"tool_result","content":'.repeat(20_000)}"x"${"}]".repeat(20_000)}`;
    assert.deepEqual(drawn(parse(`{"type":"message","id":"a","message":{"role":"user","content":${nested}}}`)), [
      "entry message a",
    ]);
  });
});
