import assert from "node:assert/strict";
import fc from "fast-check";
import { FIRST_BYTES, LineSplitter } from "../../../src/core/jsonl/lineSplitter";
import { splitLines } from "../../../src/core/jsonl/splitLines";

/** `text@offset`, with `…` behind a last line without newline and `+n` where only the first of n bytes were given. */
function lines(chunks: readonly Uint8Array[], options?: ConstructorParameters<typeof LineSplitter>[1]): string[] {
  const found: string[] = [];
  const splitter = new LineSplitter(
    {
      line: (buffer, start, end, offset, ended) =>
        found.push(`${buffer.toString("latin1", start, end)}@${offset}${ended ? "" : "…"}`),
      tooLong: (first, offset, bytes, ended) => found.push(`${first.length}+${bytes}@${offset}${ended ? "" : "…"}`),
    },
    options,
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return found;
}

function inChunksOf(size: number, bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

describe("LineSplitter", () => {
  const text = Buffer.from('{"a":1}\n\n{"b":"\u2028\u2029\u0085é"}\r\n\0\0\n  \nlast');
  const expected = [
    '{"a":1}@0',
    "@8",
    `${Buffer.from('{"b":"\u2028\u2029\u0085é"}\r').toString("latin1")}@9`,
    "\0\0@29",
    "  @32",
    "last@35…",
  ];

  it("cuts at \\n only, whatever the size of the chunks", () => {
    for (let size = 1; size <= text.length; size++) {
      assert.deepEqual(lines(inChunksOf(size, text)), expected, `chunks of ${size} bytes`);
    }
  });

  it("has no last line when the text ends with a newline, and none in nothing", () => {
    assert.deepEqual(lines([Buffer.from("a\nb\n")]), ["a@0", "b@2"]);
    assert.deepEqual(lines([]), []);
    assert.deepEqual(lines([Buffer.alloc(0), Buffer.from("\n"), Buffer.alloc(0)]), ["@0"]);
  });

  it("counts blank lines at once for who wants it", () => {
    const found: string[] = [];
    const splitter = new LineSplitter({
      line: (buffer, start, end, offset) => found.push(`${buffer.toString("latin1", start, end)}@${offset}`),
      tooLong: () => assert.fail(),
      blank: (offset, count) => found.push(`${count} blank@${offset}`),
    });
    for (const chunk of ["\n\n\na\n\n", "\n\nb", "\n\n"]) splitter.push(Buffer.from(chunk));
    splitter.end();
    assert.deepEqual(found, ["3 blank@0", "a@3", "1 blank@5", "2 blank@6", "b@8", "1 blank@10"]);
  });

  it("counts offsets from where the first chunk begins", () => {
    assert.deepEqual(lines([Buffer.from("a\nb")], { offset: 1000 }), ["a@1000", "b@1002…"]);
  });

  it("takes plain Uint8Arrays, also views into larger memory", () => {
    const bytes = new Uint8Array([65, 66, 10, 67, 10, 68]);
    assert.deepEqual(lines([bytes.subarray(1, 5)]), ["B@0", "C@2"]);
  });

  it("gives only the first bytes of a line that is too long, and goes on behind it", () => {
    const long = Buffer.from(`short\n${"x".repeat(10_000)}\nafter\n${"y".repeat(9_000)}`);
    for (const size of [1, 7, 4095, 4096, 4097, 5000, 100_000]) {
      const found = lines(inChunksOf(size, long), { maxLineBytes: 8000 });
      assert.deepEqual(
        found,
        ["short@0", `${FIRST_BYTES}+10000@6`, "after@10007", `${FIRST_BYTES}+9000@10013…`],
        `${size}`,
      );
    }
  });

  it("leaves a line in the caller's memory alone until the push is over", () => {
    const seen: { buffer: Buffer; start: number; end: number }[] = [];
    const splitter = new LineSplitter({
      line: (buffer, start, end) => seen.push({ buffer, start, end }),
      tooLong: () => assert.fail(),
    });
    splitter.push(Buffer.from("cross"));
    splitter.push(Buffer.from("ing\nwhole\nnext"));
    assert.deepEqual(
      seen.map(({ buffer, start, end }) => buffer.toString("latin1", start, end)),
      ["crossing", "whole"],
    );
  });

  it("puts together what it cut, for any bytes in any chunks", () => {
    const bytes = fc.array(fc.constantFrom(10, 13, 0, 65, 0xc3, 0xa9, 0xe2, 0x80, 0xa8), { maxLength: 60 });
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(20), { maxLength: 8 }), (values, sizes) => {
        const whole = Buffer.from(values);
        const chunks: Buffer[] = [];
        let at = 0;
        for (const size of [...sizes, whole.length]) {
          chunks.push(whole.subarray(at, at + size));
          at = Math.min(at + size, whole.length);
        }
        assert.deepEqual(lines(chunks), lines([whole]));
        const joined = splitLines(whole).map((line) =>
          Buffer.concat([line.bytes, Buffer.from(line.ended ? "\n" : "")]),
        );
        assert.deepEqual(Buffer.concat(joined), whole);
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 300 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});
