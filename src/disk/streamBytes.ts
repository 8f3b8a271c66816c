import { closeFile, openRegularFile, readInto, type Within } from "./regularFile";
import { toReadError } from "./readErrors";
import type { Problem } from "../core/problem";
import { isZst, streamZst } from "./zst";

export interface StreamOptions {
  readonly within: Within;
  /** First byte wanted; of the decompressed content, for `.zst`. 0 when left out. */
  readonly start?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** 1 MiB when left out. */
  readonly chunkBytes?: number | undefined;
}

/**
 * Takes the bytes in order; `offset` is that of the chunk's first byte in the file. The buffer is used again: copy what
 * must stay. Returning false ends the reading. A promise is waited for only by `streamFile`: decoders do not wait.
 */
export type OnChunk = (chunk: Uint8Array, offset: number) => unknown;

export interface Streamed {
  /** Offset behind the last byte delivered. */
  readonly end: number;
  /** Size of the file when it was opened, bytes; undefined for `.zst`, whose size is known only at its end. */
  readonly size: number | undefined;
  /** Why the end came early: a cut-short or damaged `.zst`. */
  readonly problem: Problem | undefined;
}

const defaultChunkBytes = 1024 * 1024;

/** All bytes of a file in order, `.zst` decompressed. Memory is bounded; the event loop turns between chunks. Throws ReadError. */
export function streamBytes(file: string, options: StreamOptions, onChunk: OnChunk): Promise<Streamed> {
  return isZst(file) ? streamZst(file, options, onChunk) : streamFile(file, options, onChunk);
}

/**
 * All bytes of a file as they are on disk. Two buffers take turns: the next chunk is on its way while this one is looked at.
 * Reads to the real end, which may lie behind `size` when somebody appends meanwhile.
 */
export async function streamFile(file: string, options: StreamOptions, onChunk: OnChunk): Promise<Streamed> {
  const { within, start = 0, signal, chunkBytes = defaultChunkBytes } = options;
  signal?.throwIfAborted();
  const { descriptor, size } = await openRegularFile(file, within);
  // A small file needs a small buffer; one byte more than its size, so that the end shows in the first read.
  const bufferBytes = Math.min(chunkBytes, Math.max(0, size - start) + 1);
  let current: Buffer = Buffer.allocUnsafeSlow(bufferBytes);
  let other: Buffer | undefined;
  let offset = start;
  let reading = readInto(descriptor, current, 0, bufferBytes, offset);
  try {
    for (;;) {
      const bytes = await reading;
      signal?.throwIfAborted();
      if (bytes === 0) break;
      const chunk = current.subarray(0, bytes);
      const chunkOffset = offset;
      offset += bytes;
      const isLast = bytes < bufferBytes;
      const next = (other ??= Buffer.allocUnsafeSlow(isLast ? 0 : bufferBytes));
      if (!isLast) reading = readInto(descriptor, next, 0, bufferBytes, offset);
      const goOn = (await onChunk(chunk, chunkOffset)) !== false;
      if (!goOn || isLast) break;
      [current, other] = [next, current];
    }
    return { end: offset, size, problem: undefined };
  } catch (error) {
    throw toReadError(error, file);
  } finally {
    // A read under way writes through the descriptor: it must end before the descriptor's number is used again.
    await reading.catch(() => undefined);
    await closeFile(descriptor);
  }
}
