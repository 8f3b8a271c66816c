import assert from "node:assert/strict";
import { anIndex } from "../anIndex";
import { appendFileSync, closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import type { TranscriptIndex } from "../../src/core/index/transcriptIndex";
import type { TranscriptPage } from "../../src/core/inspectorPort";
import type { TranscriptItem } from "../../src/core/transcript/entry";
import { PAGE_BYTES, pageOf, tailStart } from "../../src/core/transcript/page";
import { countLinesBefore, lineNumberAt, readLineAt } from "../../src/disk/readLineAt";
import type { ByteSource } from "../../src/disk/byteSource";
import { readPageOf, readTranscriptPage } from "../../src/disk/readPage";
import { put, scratch } from "./scratch";
import { zstOf } from "./zstWriter";

const KB = 1024;
const MB = 1024 * KB;
const headerLine = '{"type":"session","version":3,"id":"h1","timestamp":"2026-04-01T00:00:00.000Z","cwd":"/w"}';

describe("a page of a transcript", () => {
  it("of a small file is all of it", async () => {
    const file = transcript([headerLine, entry("1", 10), entry("2", 10)]);
    const page = await file.page(0);
    assert.deepEqual(describePage(page), {
      ids: ["h1", "1", "2"],
      lines: [1, 2, 3],
      previous: undefined,
      next: undefined,
      of: 1,
    });
    assert.equal(page.header, page.items[0]);
    assert.deepEqual([page.size, page.range, page.path], [file.content.length, { kind: "page", page: 0 }, file.path]);
  });

  it("of blank lines counts them", async () => {
    const content = `${headerLine}\n${"\n".repeat(PAGE_BYTES)}${entry("a", 10)}\n\n\n${entry("b", 10)}\n`;
    const directory = scratch({ "t.jsonl": content });
    const read = (page: number, index?: TranscriptIndex): Promise<TranscriptPage> =>
      readTranscriptPage(join(directory, "t.jsonl"), { kind: "page", page }, { within: directory, index });
    const bytes = Buffer.from(content);
    const starts = Array.from(bytes.keys()).filter((at) => at === 0 || bytes[at - 1] === 0x0a);
    const index = indexOf(starts, content.length);
    assert.deepEqual(
      [describePage(await read(0, index)), describePage(await read(1, index))],
      [
        { ids: ["h1"], lines: [1], previous: undefined, next: 1, of: 2 },
        { ids: ["a", "b"], lines: [PAGE_BYTES + 2, PAGE_BYTES + 5], previous: 0, next: undefined, of: 2 },
      ],
    );
  });

  it("of an empty file is empty", async () => {
    assert.deepEqual(describePage(await transcript([]).page(0)), {
      ids: [],
      lines: [],
      previous: undefined,
      next: undefined,
      of: 1,
    });
  });

  it("begins with the first line that starts in it and ends with the whole of the last one", async () => {
    const file = transcript([
      headerLine,
      entry("a", 200 * KB),
      entry("b", 100 * KB),
      entry("c", 10),
      entry("d", 300 * KB),
      entry("e", 10),
    ]);
    assert.deepEqual(
      [describePage(await file.page(0)), describePage(await file.page(1)), describePage(await file.page(2))],
      [
        { ids: ["h1", "a", "b"], lines: [1, 2, 3], previous: undefined, next: 1, of: 3 },
        { ids: ["c", "d"], lines: [undefined, undefined], previous: 0, next: 2, of: 3 },
        { ids: ["e"], lines: [undefined], previous: 1, next: undefined, of: 3 },
      ],
    );
  });

  for (const [title, shift, expected] of [
    ["right at its beginning", 0, { first: ["h1", "a"], second: ["b"] }],
    ["one byte before it", -1, { first: ["h1", "a", "b"], second: [] }],
    ["one byte behind it", 1, { first: ["h1", "a"], second: ["b"] }],
  ] as const) {
    it(`takes a line that starts ${title} on one page only`, async () => {
      const padding = PAGE_BYTES - headerLine.length - 1 - entry("a", 0).length - 1 + shift;
      const file = transcript([headerLine, entry("a", padding), entry("b", 10)]);
      assert.deepEqual({ first: ids(await file.page(0)), second: ids(await file.page(1)) }, expected);
    });
  }

  it("in which no line starts is empty, and its neighbours are the next ones that are not", async () => {
    const file = transcript([headerLine, entry("huge", 5 * MB), entry("z", 10)]);
    const [first, middle, last] = [await file.page(0), await file.page(10), await file.page(20)];
    assert.deepEqual(describePage(first), {
      ids: ["h1", "huge"],
      lines: [1, 2],
      previous: undefined,
      next: 20,
      of: 21,
    });
    assert.deepEqual(describePage(middle), { ids: [], lines: [], previous: 0, next: 20, of: 21 });
    assert.deepEqual(describePage(last), { ids: ["z"], lines: [undefined], previous: 0, next: undefined, of: 21 });
    assert.equal(middle.header?.kind, "header");
  });

  it("behind the end is empty and leads back", async () => {
    const file = transcript([headerLine, entry("a", 300 * KB)]);
    assert.deepEqual(describePage(await file.page(7)), { ids: [], lines: [], previous: 0, next: undefined, of: 2 });
  });

  it("knows the lines' numbers when there is an index", async () => {
    const file = transcript([headerLine, "", entry("a", 300 * KB), "broken", entry("b", 300 * KB), entry("c", 10)]);
    const pages = await Promise.all([0, 1, 2].map((page) => file.page(page, file.index())));
    assert.deepEqual(
      pages.map((page) => page.items.map(({ position }) => position.line)),
      [[1, 3], [4, 5], [6]],
    );
    assert.deepEqual(
      pages.map(({ previousPage }) => previousPage),
      [undefined, 0, 1],
    );
  });

  it("carries the file's header, wherever it is", async () => {
    const file = transcript(["not a header", headerLine, entry("a", 300 * KB), entry("b", 10)]);
    const page = await file.page(1);
    assert.deepEqual([page.header?.position.offset, ids(page)], [13, ["b"]]);
  });

  it("shows damage as an item and reads around it", async () => {
    const file = transcript([headerLine, "{broken", entry("a", 10), '{"type":"mess'], { ended: false });
    const page = await file.page(0);
    assert.deepEqual(
      page.items.map((item) => (item.kind === "damage" ? item.problem.code : item.kind)),
      ["header", "line.not-json", "entry", "line.half"],
    );
  });

  it("of a file with a line too long to parse shows that line's beginning", async () => {
    const directory = scratch();
    const path = join(directory, "x.jsonl");
    const before = `${headerLine}\n`;
    const bytes = 65 * MB;
    // A hole in the file reads as NUL bytes: a line of 65 MB costs nothing.
    const descriptor = openSync(path, "w");
    writeSync(descriptor, before);
    ftruncateSync(descriptor, before.length + bytes);
    writeSync(descriptor, `\n${entry("after", 5)}\n`, before.length + bytes);
    closeSync(descriptor);
    const page = await readTranscriptPage(path, { kind: "page", page: 0 }, { within: directory });
    const [, damage] = page.items;
    assert.ok(damage?.kind === "damage");
    assert.deepEqual(
      [damage.problem.code, damage.position.bytes, page.nextPage],
      ["line.too-long", bytes, pageOf(before.length + bytes + 1)],
    );
    const next = await readTranscriptPage(path, { kind: "page", page: page.nextPage ?? 0 }, { within: directory });
    assert.deepEqual([ids(next), next.previousPage], [["after"], 0]);
  });

  it("together with the others has every line once, in order", async () => {
    const length = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 30 * KB }) },
      { weight: 1, arbitrary: fc.integer({ min: 200 * KB, max: 600 * KB }) },
      // Lines that end right at the border of a page.
      {
        weight: 1,
        arbitrary: fc.integer({ min: -2, max: 2 }).map((shift) => PAGE_BYTES - entry("00", 0).length - 1 + shift),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(length, { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        async (lengths, ended, withIndex) => {
          const file = transcript(
            lengths.map((bytes, at) => entry(String(at).padStart(2, "0"), bytes)),
            { ended },
          );
          const index = withIndex ? file.index() : undefined;
          const seen: TranscriptPage[] = [];
          for (let at: number | undefined = 0; at !== undefined; at = seen.at(-1)?.nextPage)
            seen.push(await file.page(at, index));
          assert.deepEqual(
            seen.flatMap(ids),
            lengths.map((_, at) => String(at).padStart(2, "0")),
          );
          const numbers = seen.flatMap((page) => page.items).map(({ position }) => position.line);
          if (withIndex)
            assert.deepEqual(
              [...new Set(numbers)],
              lengths.map((_, at) => at + 1),
            );
          // Going back leads through the same pages, none of them empty.
          const numbersOf = (page: TranscriptPage) => (page.range.kind === "page" ? page.range.page : -1);
          assert.deepEqual(
            seen.slice(1).map(({ previousPage }) => previousPage),
            seen.slice(0, -1).map(numbersOf),
          );
          assert.ok(seen.every(({ items }) => items.length > 0));
        },
      ),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 25 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});

describe("the end of a transcript", () => {
  it("is read from a page on and grows", async () => {
    const file = transcript([headerLine, entry("a", 300 * KB), entry("b", 10)]);
    const before = await file.tail(1);
    appendFileSync(file.path, `${entry("c", 400 * KB)}\n${entry("d", 10)}\n`);
    const after = await file.tail(1);
    assert.deepEqual([ids(before), ids(after)], [["b"], ["b", "c", "d"]]);
    assert.deepEqual([after.previousPage, after.nextPage, after.header?.kind], [0, undefined, "header"]);
  });

  it("reaches back to the last line's beginning when no line starts in it", async () => {
    const file = transcript([headerLine, entry("a", 300 * KB), entry("huge", 2 * MB)]);
    const page = await file.tail(tailStart(file.content.length));
    assert.deepEqual([page.range, ids(page), page.previousPage], [{ kind: "tail", from: 1 }, ["huge"], 0]);
  });

  it("moves forward when the file was replaced by a shorter one", async () => {
    const file = transcript([headerLine, entry("a", 10)]);
    const page = await file.tail(50);
    assert.deepEqual([page.range, ids(page)], [{ kind: "tail", from: 0 }, ["h1", "a"]]);
  });
});

describe("a transcript of 1 GB", () => {
  const lineBytes = 1000;
  const size = 1_000_000 * lineBytes;

  for (const [title, range] of [
    ["its end", { kind: "tail", from: tailStart(size) }],
    ["its beginning", { kind: "page", page: 0 }],
    ["its middle", { kind: "page", page: 2000 }],
  ] as const) {
    it(`shows ${title} after reading less than 1 MB`, async () => {
      let bytesRead = 0;
      const source: ByteSource = {
        size,
        problem: undefined,
        read(offset, length) {
          const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)), "x");
          bytesRead += bytes.length;
          const firstNewline = lineBytes - 1 - (offset % lineBytes);
          for (let at = firstNewline; at < bytes.length; at += lineBytes) bytes[at] = 0x0a;
          return Promise.resolve(bytes);
        },
        close: () => Promise.resolve(),
      };
      const page = await readPageOf(source, "/x.jsonl", range, {});
      const lines = new Set(page.items.map(({ position }) => position.offset)).size;
      assert.ok(lines > 130 && lines < 400 && bytesRead < MB, `${lines} lines, ${bytesRead} bytes`);
    });
  }
});

describe("a page of a .zst archive", () => {
  const lines = [headerLine, entry("a", 200 * KB), entry("b", 100 * KB), entry("c", 10)];

  it("is a page of what it was", async () => {
    const plain = transcript(lines);
    const directory = scratch({ "x.jsonl.zst": zstOf(plain.content, 100 * KB) });
    for (const page of [0, 1]) {
      const archived = await readTranscriptPage(
        join(directory, "x.jsonl.zst"),
        { kind: "page", page },
        { within: directory },
      );
      assert.deepEqual(archived.items, (await plain.page(page)).items);
    }
  });

  it("that is cut short ends with what is wrong", async () => {
    const archive = zstOf(transcript(lines).content, 100 * KB);
    const directory = scratch({ "x.jsonl.zst": archive.subarray(0, 250 * KB) });
    const page = await readTranscriptPage(
      join(directory, "x.jsonl.zst"),
      { kind: "page", page: 0 },
      { within: directory },
    );
    assert.deepEqual(
      page.items.map((item) => (item.kind === "damage" ? item.problem.code : item.kind)),
      ["header", "line.half", "file.zst-damaged"],
    );
  });
});

describe("a single line", () => {
  it("is read where it starts", async () => {
    const file = transcript([headerLine, "broken", entry("a", 300 * KB), entry("b", 10)]);
    const offset = file.starts[3] ?? 0;
    const items = await readLineAt(file.path, offset, { within: file.directory, index: file.index() });
    assert.deepEqual(
      items.map((item) => [item.kind, item.position]),
      [["entry", { line: 4, offset, bytes: entry("b", 10).length }]],
    );
    assert.deepEqual(
      (await readLineAt(file.path, 0, { within: file.directory })).map(({ kind }) => kind),
      ["header"],
    );
  });

  for (const offset of [1, 5_000]) {
    it(`that does not start at byte ${offset} any more is an error that says so`, async () => {
      const file = transcript([headerLine, entry("a", 10)]);
      await assert.rejects(readLineAt(file.path, offset, { within: file.directory }), {
        name: "ReadError",
        code: "vanished",
        message: `In ${file.path} no line starts at byte ${offset} any more: the file was replaced.`,
      });
    });
  }

  it("has a number, counted or taken from the index", async () => {
    const file = transcript([headerLine, "", entry("a", 300 * KB), entry("b", 10), entry("c", 2 * MB), entry("d", 10)]);
    const numbers = async (index?: TranscriptIndex) =>
      Promise.all(file.starts.map((offset) => lineNumberAt(file.path, offset, { within: file.directory, index })));
    assert.deepEqual(await numbers(), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await numbers(file.index()), [1, 2, 3, 4, 5, 6]);
    assert.equal(await countLinesBefore(file.path, file.content.length, { within: file.directory }), 6);
  });
});

/** A file of these lines, with helpers to read it. */
function transcript(lines: readonly string[], { ended = true } = {}) {
  const text = lines.join("\n") + (ended && lines.length > 0 ? "\n" : "");
  const directory = scratch();
  const path = put(directory, "x.jsonl", text);
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += Buffer.byteLength(line) + 1;
  }
  const content = Buffer.from(text);
  return {
    directory,
    path,
    content,
    starts,
    page: (page: number, index?: TranscriptIndex) =>
      readTranscriptPage(path, { kind: "page", page }, { within: directory, index }),
    tail: (from: number) => readTranscriptPage(path, { kind: "tail", from }, { within: directory }),
    index: () => indexOf(starts, content.length),
  };
}

/** Only what pages use of an index. */
function indexOf(starts: readonly number[], bytes: number): TranscriptIndex {
  const pageFirstLine = Array.from({ length: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) }, (_, page) => {
    const first = starts.findIndex((start) => start >= page * PAGE_BYTES);
    return first === -1 ? starts.length + 1 : first + 1;
  });
  return anIndex({ bytes, lines: starts.length, pageFirstLine });
}

function entry(id: string, padding: number): string {
  return `{"type":"custom","id":"${id}","data":"${"x".repeat(Math.max(0, padding))}"}`;
}

function ids(page: TranscriptPage): string[] {
  return page.items.flatMap(idOf);
}

function idOf(item: TranscriptItem): string[] {
  if (item.kind === "header") return [item.header.id];
  return item.kind === "entry" ? [item.entry.id ?? "?"] : [];
}

function describePage(page: TranscriptPage) {
  return {
    ids: ids(page),
    lines: page.items.map(({ position }) => position.line),
    previous: page.previousPage,
    next: page.nextPage,
    of: page.pageCount,
  };
}
