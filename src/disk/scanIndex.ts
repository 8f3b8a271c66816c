import { crc32 } from "node:zlib";
import { IndexBuilder } from "../core/index/indexBuilder";
import { decodeIndex, encodeIndex } from "../core/index/serializeIndex";
import type { TranscriptIndex } from "../core/index/transcriptIndex";
import { openBytes, type ByteSource } from "./byteSource";
import type { Within } from "./regularFile";
import { isStride, SpreadBytes } from "./scanSpread";
import { SlicedPush } from "./scanPush";
import { TimeSlice } from "./scanTimeSlice";
import { streamFile } from "./streamBytes";
import { isZst, streamZst } from "./zst";

/** An index and how to tell whether its file still begins as it did. */
export interface IndexedFile {
  readonly index: TranscriptIndex;
  /** Undefined where an index cannot be continued: compressed files. */
  readonly prints: Prints | undefined;
}

/**
 * Checksums of the first bytes of a file, of the last ones before byte `end`, where a continued index would go on, and of places
 * spread evenly between them. A file that only grew has them unchanged. One that was cut and grew again does not: OpenClaw
 * 2026.2.23–4.5 cuts a transcript back after each heartbeat, and leaves the inode as it was.
 *
 * The border of this: bytes that were exchanged in place, for as many others, between the places looked at, in a file that also
 * grew since, are not noticed; the index then counts what stood there before, until it is made anew. Nothing but reading the
 * whole file would tell. A change that moves what follows it is noticed: the places then hold other bytes.
 */
export interface Prints {
  readonly end: number;
  readonly head: number;
  readonly tail: number;
  /** Distance of the places between, bytes: see SpreadBytes. */
  readonly stride: number;
  /** All of the places between as one checksum. */
  readonly spread: number;
}

export interface IndexFileOptions {
  readonly within: Within;
  readonly previous: IndexedFile | undefined;
  readonly signal: AbortSignal;
}

const PRINT_BYTES = 512;
const CHUNK_BYTES = 1024 * 1024;

/**
 * The index of a transcript, continued from `previous` where the file still begins as it did: what an appended entry costs
 * does not depend on the size of the file. Memory is bounded, and the event loop turns in time. Throws ReadError.
 */
export async function indexFile(path: string, { within, previous, signal }: IndexFileOptions): Promise<IndexedFile> {
  const continued =
    previous?.prints === undefined
      ? undefined
      : await continueIndex(path, previous.index, previous.prints, within, signal);
  return continued ?? (await indexWhole(path, within, signal));
}

async function indexWhole(path: string, within: Within, signal: AbortSignal): Promise<IndexedFile> {
  const builder = new IndexBuilder();
  const prints = new PrintMaker();
  const sliced = new SlicedPush(builder, new TimeSlice());
  const options = { within, signal, chunkBytes: CHUNK_BYTES };
  const { problem, size } = isZst(path)
    ? await streamZst(path, options, (chunk) => {
        builder.push(chunk);
      })
    : await streamFile(path, options, (chunk, offset) => {
        prints.add(chunk, offset);
        return sliced.push(chunk, signal);
      });
  const index = builder.end();
  const whole =
    problem === undefined
      ? index
      : { ...index, problemCount: index.problemCount + 1, problems: [...index.problems, problem] };
  return { index: whole, prints: size === undefined ? undefined : prints.of(whole) };
}

async function continueIndex(
  path: string,
  resumeFrom: TranscriptIndex,
  previous: Prints,
  within: Within,
  signal: AbortSignal,
): Promise<IndexedFile | undefined> {
  const source = await openBytes(path, { within, signal });
  try {
    const { end, head, tail } = previous;
    const first = await source.read(0, Math.min(PRINT_BYTES, end), signal);
    const last = await readBefore(source, end, signal);
    if (last.length < Math.min(PRINT_BYTES, end) || crc32(first) !== head || crc32(last) !== tail) return undefined;
    const spread = await SpreadBytes.read(source, previous, signal);
    if (spread.checksum(end) !== previous.spread) return undefined;
    const builder = new IndexBuilder({ resumeFrom });
    const sliced = new SlicedPush(builder, new TimeSlice());
    const prints = new PrintMaker({ first, last, end, spread });
    for (;;) {
      const chunk = await source.read(builder.nextOffset, CHUNK_BYTES, signal);
      if (chunk.length === 0) break;
      prints.add(chunk, builder.nextOffset);
      await sliced.push(chunk, signal);
      if (chunk.length < CHUNK_BYTES) break;
    }
    const index = builder.end();
    return { index, prints: prints.of(index) };
  } finally {
    await source.close();
  }
}

function readBefore(source: ByteSource, end: number, signal: AbortSignal): Promise<Uint8Array> {
  const start = Math.max(0, end - PRINT_BYTES);
  return source.read(start, end - start, signal);
}

/** Takes the checksums while the bytes pass by. */
class PrintMaker {
  private first: Buffer;
  /** The last bytes seen, whatever they are. */
  private recent: Buffer;
  /** The last bytes up to and including the last newline. */
  private last: Buffer;
  private end: number;
  private readonly spread: SpreadBytes;

  constructor(
    { first, last, end, spread }: { first: Uint8Array; last: Uint8Array; end: number; spread: SpreadBytes } = {
      first: Buffer.alloc(0),
      last: Buffer.alloc(0),
      end: 0,
      spread: new SpreadBytes(),
    },
  ) {
    this.spread = spread;
    this.first = Buffer.from(first);
    this.last = Buffer.from(last);
    this.recent = this.last;
    this.end = end;
  }

  add(chunk: Uint8Array, offset: number): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.first.length < PRINT_BYTES && offset <= PRINT_BYTES) {
      this.first = Buffer.concat([this.first.subarray(0, offset), bytes.subarray(0, PRINT_BYTES - offset)]);
    }
    this.spread.add(bytes, offset);
    const newline = bytes.lastIndexOf(0x0a);
    if (newline !== -1) {
      this.end = offset + newline + 1;
      this.last = this.tailOf(bytes.subarray(0, newline + 1));
    }
    this.recent = this.tailOf(bytes);
  }

  /** Undefined when the index does not go on where the last newline was seen. */
  of(index: TranscriptIndex): Prints | undefined {
    if ((index.withoutLastLine ?? index).bytes !== this.end) return undefined;
    const { end, first, last, spread } = this;
    const { stride } = spread;
    return { end, head: crc32(first.subarray(0, end)), tail: crc32(last), stride, spread: spread.checksum(end) };
  }

  /** A copy: the chunk's buffer is used again. */
  private tailOf(bytes: Buffer): Buffer {
    if (bytes.length >= PRINT_BYTES) return Buffer.from(bytes.subarray(-PRINT_BYTES));
    const before = this.recent.subarray(Math.max(0, this.recent.length - (PRINT_BYTES - bytes.length)));
    return Buffer.concat([before, bytes]);
  }
}

/** For the cache. */
export function serializeIndexed({ index, prints }: IndexedFile): unknown {
  return { index: encodeIndex(index), prints };
}

/** What the cache kept; undefined when it is not what `serializeIndexed` makes. */
export function restoreIndexed(value: unknown): IndexedFile | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { index, prints } = value as Readonly<Record<"index" | "prints", unknown>>;
  const restored = decodeIndex(index);
  return restored === undefined ? undefined : { index: restored, prints: restorePrints(prints) };
}

function restorePrints(value: unknown): Prints | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { end, head, tail, stride, spread } = value as Readonly<Record<keyof Prints, unknown>>;
  if (!isCount(end) || !isCount(head) || !isCount(tail) || !isCount(stride) || !isCount(spread)) return undefined;
  return isStride(stride, end) ? { end, head, tail, stride, spread } : undefined;
}

/** A cache is somebody's file: what it says about offsets must not make us read without end. */
function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
