import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { openBytes } from "../../src/disk/byteSource";
import { streamBytes, type Streamed } from "../../src/disk/streamBytes";
import { scratch } from "./scratch";
import { zstFrame, zstOf } from "./zstWriter";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const scale = Number(process.env["PROPERTY_SCALE"] ?? 1);
const KB = 1024;
const MB = 1024 * KB;

describe("a .zst archive", () => {
  it("recorded from a gateway is a transcript", async () => {
    const folder = join(
      process.env["REPOSITORY_ROOT"] ?? process.cwd(),
      "test/fixtures/corpora/2026.9.6/manual-resets/state/agents/main/sessions",
    );
    const name = readdirSync(folder).find((base) => base.endsWith(".zst"));
    assert.ok(name);
    const { content, problem } = await stream(readFileSync(join(folder, name)));
    const lines = content.toString().trimEnd().split("\n");
    const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
    assert.deepEqual([types[0], types.length > 3, problem], ["session", true, undefined]);
  });

  it("is read in blocks, runs, several frames and what may be skipped between them", async () => {
    const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from("noise")]);
    const frames = [
      zstFrame(["one\n", { repeat: 120, times: 5 }, "\n"]),
      skippable,
      zstFrame(["two\n"]),
      zstFrame([""]),
    ];
    const { content, problem } = await stream(Buffer.concat(frames));
    assert.deepEqual([content.toString(), problem], ["one\nxxxxx\ntwo\n", undefined]);
  });

  it("may be read from a place on", async () => {
    const content = numbers(5000);
    for (const start of [0, 1, 999, 1000, 1001, 4999, 5000, 9000]) {
      const streamed = await stream(zstOf(content), { start });
      assert.deepEqual(streamed.content, content.subarray(start), `from ${start}`);
    }
  });

  it("ends when it is told to", async () => {
    let taken = 0;
    const { end } = await stream(zstOf(numbers(100 * KB)), { onChunk: (chunk) => (taken += chunk.length) < 3000 });
    assert.ok(taken >= 3000 && end === taken, `${taken} of ${end}`);
  });

  it("can be called off", async () => {
    const stop = new AbortController();
    const streaming = stream(zstOf(numbers(100 * KB)), {
      signal: stop.signal,
      onChunk: () => {
        stop.abort();
      },
    });
    await assert.rejects(streaming, { name: "AbortError" });
  });

  it("that is cut short gives what precedes the cut", async () => {
    const content = numbers(5000);
    const whole = zstOf(content);
    const { content: kept, problem } = await stream(whole.subarray(0, 3500));
    assert.deepEqual(kept, content.subarray(0, 3000));
    assert.deepEqual(problem?.code, "file.zst-damaged");
    assert.match(problem.message, /x\.jsonl\.zst is cut short; its first 2\.9 KB \(decompressed\) are shown\.$/);
  });

  it("that is damaged gives what precedes the damage", async () => {
    const content = numbers(5000);
    const broken = zstOf(content);
    broken[6 + 3 * 1003] = 0b111; // the header of the fourth block: a kind of block that does not exist
    const { content: kept, problem } = await stream(broken);
    assert.deepEqual(kept, content.subarray(0, 3000));
    assert.match(problem?.message ?? "", /is damaged; only its first 2\.9 KB \(decompressed\) could be read\.$/);
  });

  for (const [title, bytes] of [
    ["empty", ""],
    ["no zstd at all", '{"type":"session"}\n'],
    ["only the beginning of a frame", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])],
    ["asking for 2 GB of memory", zstFrame(["x"], { windowLog: 31 })],
  ] as const) {
    it(`that is ${title} gives nothing and says so`, async () => {
      const { content, problem } = await stream(Buffer.from(bytes));
      assert.deepEqual([content.length, problem?.code], [0, title === "empty" ? undefined : "file.zst-damaged"]);
    });
  }

  it("survives any damage", async () => {
    const whole = Buffer.concat([zstOf(numbers(2000), 300), zstFrame([{ repeat: 7, times: 100 }, "end"])]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, value, length) => {
        const broken = Buffer.from(whole);
        broken[at] = value;
        await stream(broken.subarray(0, length));
      }),
      { seed, numRuns: 200 * scale },
    );
  });

  it("keeps the event loop turning while a small file becomes a large one", async () => {
    const bomb = zstFrame(Array.from({ length: 4000 }, () => ({ repeat: 120, times: 128 * KB })));
    let turns = 0;
    let ended = false;
    const turn = (): void => {
      turns++;
      if (!ended) setImmediate(turn);
    };
    turn();
    let bytes = 0;
    await stream(bomb, {
      onChunk: (chunk) => {
        bytes += chunk.length;
      },
    });
    ended = true;
    assert.equal(bytes, 4000 * 128 * KB);
    assert.ok(turns >= 5, `only ${turns} turns`);
  });
});

describe("a .zst archive read anywhere", () => {
  it("looks like the file it was", async () => {
    const content = numbers(3 * MB);
    const { source, close } = await open(zstOf(content, 100_000));
    for (const [offset, length] of [
      [0, 10],
      [MB - 5, 10],
      [2 * MB - 1, MB + 1],
      [3 * MB - 3, 100],
      [3 * MB, 5],
      [9 * MB, 5],
    ] as const) {
      assert.deepEqual(Buffer.from(await source.read(offset, length)), content.subarray(offset, offset + length));
    }
    assert.deepEqual([source.size, source.problem], [3 * MB, undefined]);
    await close();
  });

  it("is decompressed again where it is too large to hold", async () => {
    const count = 70 * 8; // 70 MB
    const blocks = Array.from({ length: count }, (_, at) => ({ repeat: at % 256, times: 128 * KB }));
    const { source, close } = await open(zstFrame(blocks));
    const at = async (offset: number): Promise<unknown> => [...(await source.read(offset, 2))];
    assert.equal(source.size, count * 128 * KB);
    assert.deepEqual(await at(0), [0, 0]);
    assert.deepEqual(await at(200 * 128 * KB - 1), [199, 200]);
    assert.deepEqual(await at(200 * 128 * KB + MB - 1), [207, 208]);
    assert.deepEqual(await at(300 * 128 * KB - 1), [43, 44]);
    assert.deepEqual(await at(source.size - 2), [(count - 1) % 256, (count - 1) % 256]);
    assert.deepEqual(await at(source.size), []);
    await close();
  });

  it("carries its problem", async () => {
    const { source, close } = await open(zstOf(numbers(5000)).subarray(0, 3500));
    assert.deepEqual([source.size, source.problem?.code], [3000, "file.zst-damaged"]);
    await close();
  });
});

interface Wishes {
  readonly start?: number;
  readonly signal?: AbortSignal;
  readonly onChunk?: (chunk: Uint8Array) => unknown;
}

async function stream(
  archive: Uint8Array,
  { start, signal, onChunk }: Wishes = {},
): Promise<Streamed & { content: Buffer }> {
  const directory = scratch({ "x.jsonl.zst": archive });
  const chunks: Buffer[] = [];
  let expected = start ?? 0;
  const streamed = await streamBytes(
    join(directory, "x.jsonl.zst"),
    { within: directory, start, signal },
    (chunk, offset) => {
      assert.equal(offset, expected);
      expected += chunk.length;
      if (onChunk) return onChunk(chunk);
      chunks.push(Buffer.from(chunk));
      return true;
    },
  );
  return { ...streamed, content: Buffer.concat(chunks) };
}

async function open(archive: Uint8Array) {
  const directory = scratch({ "x.jsonl.zst": archive });
  const source = await openBytes(join(directory, "x.jsonl.zst"), { within: directory });
  return { source, close: () => source.close() };
}

function numbers(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 255));
}
