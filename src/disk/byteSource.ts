import type { Problem } from "../core/problem";
import { toReadError } from "./readErrors";
import { closeFile, openRegularFile, readInto, type RegularFile, type Within } from "./regularFile";
import { isZst } from "./zst";
import { openZst } from "./zstSource";

/** The bytes of a file, anywhere in it. `.zst` archives appear decompressed. */
export interface ByteSource {
  /** Bytes when it was opened. A growing file may have more by now: `read` reaches them. */
  readonly size: number;
  /** Up to `length` bytes from `offset` on; fewer only at the end of the file. Throws ReadError. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
  /** What is wrong with the content as a whole: a cut-short or damaged `.zst`. */
  readonly problem: Problem | undefined;
}

export interface OpenOptions {
  readonly within: Within;
  readonly signal?: AbortSignal | undefined;
}

/** Opens a file for reading at any place, by the rules of `openRegularFile`. Throws ReadError. */
export async function openBytes(file: string, { within, signal }: OpenOptions): Promise<ByteSource> {
  if (isZst(file)) return openZst(file, within, signal);
  return new FileBytes(file, await openRegularFile(file, within));
}

class FileBytes implements ByteSource {
  readonly size: number;
  readonly problem = undefined;

  constructor(
    private readonly file: string,
    private readonly opened: RegularFile,
  ) {
    this.size = opened.size;
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const buffer = Buffer.allocUnsafe(length);
    try {
      const bytes = await readInto(this.opened.descriptor, buffer, 0, length, offset);
      signal?.throwIfAborted();
      return buffer.subarray(0, bytes);
    } catch (error) {
      throw toReadError(error, this.file);
    }
  }

  close(): Promise<void> {
    return closeFile(this.opened.descriptor);
  }
}
