import { closeSync, openSync, readSync } from "node:fs";
import { IndexBuilder } from "../src/core/index/indexBuilder";
import { LineSplitter } from "../src/core/jsonl/lineSplitter";
import { largeTranscript } from "./generate.mjs";
import { alternately, memoryGrowth } from "./measure";
import { atLeast, atMost, atMostOf, type Bench, type Row, told } from "./row";

const CHUNK_BYTES = 1024 * 1024;

/** Indexing a transcript, against parsing its lines and against counting them. Each reads the file itself, in the same way. */
const bench: Bench = async () => {
  const large = await largeTranscript(1_000);
  // Memory first: the other measurements leave a lot of it behind.
  const growth = await memoryGrowth((look) => {
    indexFile(large, look);
  });
  return [
    ...(await compare("100 MB", await largeTranscript(100), 7)),
    ...(await compare("1 GB", large, 3)),
    atMostOf("index a 1 GB transcript: memory growth", growth, 100, "MB"),
    await compareInMemory(await largeTranscript(100)),
  ];
};

export default bench;

async function compare(size: string, path: string, rounds: number): Promise<Row[]> {
  const lines = countNewlines(path);
  const index = (): void => {
    check(indexFile(path).lines, lines);
  };
  const newlines = (): void => {
    check(countNewlines(path), lines);
  };
  const parse = (): void => {
    check(parseLines(path), lines);
  };
  // Parsing takes long and leaves much to collect: the two quick ones are compared by themselves, and more often.
  const quick = await alternately(3 * rounds, { index, newlines });
  const slow = await alternately(rounds, { index, parse });
  return [
    atLeast(`index a ${size} transcript vs JSON.parse of every line`, slow.parse / slow.index, 4),
    atMost(`index a ${size} transcript vs counting its newlines`, quick.index / quick.newlines, 4),
  ];
}

/** The same with the bytes at hand, so that reading is on neither side. */
async function compareInMemory(path: string): Promise<Row> {
  const chunks: Buffer[] = [];
  read(path, (chunk) => chunks.push(Buffer.from(chunk)));
  const { index, newlines } = await alternately(15, {
    index: () => {
      const builder = new IndexBuilder();
      for (const chunk of chunks) builder.push(chunk);
      builder.end();
    },
    newlines: () => {
      for (const chunk of chunks) newlinesIn(chunk);
    },
  });
  return told("… with the bytes in memory, reading left out", `${(index / newlines).toFixed(2)}×`);
}

function indexFile(path: string, look?: () => void): { readonly lines: number } {
  const builder = new IndexBuilder();
  read(path, (chunk) => {
    builder.push(chunk);
    look?.();
  });
  return builder.end();
}

function countNewlines(path: string): number {
  let count = 0;
  read(path, (chunk) => {
    count += newlinesIn(chunk);
  });
  return count;
}

function newlinesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
  return count;
}

function parseLines(path: string): number {
  let count = 0;
  const splitter = new LineSplitter({
    line: (buffer, start, end) => {
      JSON.parse(buffer.toString("utf8", start, end));
      count++;
    },
    tooLong: () => {
      throw new Error("The generated transcript has a line that is too long.");
    },
  });
  read(path, (chunk) => {
    splitter.push(chunk);
  });
  return count;
}

function read(path: string, take: (chunk: Buffer) => void): void {
  const file = openSync(path, "r");
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) take(buffer.subarray(0, bytes));
  closeSync(file);
}

function check(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} lines were found instead of ${expected}.`);
}
