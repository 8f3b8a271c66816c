import { Decompress } from "fzstd";
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { TakerError, type FrameDecoder } from "./zstFrames";

/** Takes decoded bytes; false when no more are wanted. */
export type Emit = (bytes: Uint8Array) => boolean;

/** Work on the event loop's thread is broken off after so many milliseconds. */
const SLICE_MS = 8;

/** Node's own decoder where the running Node has one (22.15 and later): faster, and off the event loop's thread. Else fzstd. */
export function frameDecoders(emit: Emit): () => FrameDecoder {
  const create = (zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform })
    .createZstdDecompress;
  if (create !== undefined) return () => new NativeDecoder(create({ chunkSize: 128 * 1024 }), emit);
  const clock = new SliceClock();
  return () => new FzstdDecoder(emit, clock);
}

/**
 * Listens to `data` instead of iterating: what a stream has buffered is lost when it fails, and the last good block before a
 * damage is just what we want to keep.
 */
class NativeDecoder implements FrameDecoder {
  private goOn = true;
  private readonly ended: Promise<void>;

  constructor(
    private readonly stream: Transform,
    emit: Emit,
  ) {
    this.ended = new Promise((resolve, reject) => {
      stream.on("error", reject);
      stream.once("close", () => {
        resolve();
      });
      stream.on("data", (bytes: Uint8Array) => {
        try {
          if (this.goOn) this.goOn = emit(bytes);
        } catch (error) {
          reject(new TakerError(error));
        }
        if (!this.goOn) stream.destroy();
      });
    });
    this.ended.catch(() => undefined); // told by the next push; after close nobody asks
  }

  async push(bytes: Uint8Array, last: boolean): Promise<boolean> {
    const written = new Promise<void>((resolve) => {
      this.stream.write(bytes, () => {
        resolve();
      });
    });
    await Promise.race([written, this.ended]);
    if (!this.goOn) return false;
    if (last) {
      this.stream.end();
      await this.ended;
    }
    return this.goOn;
  }

  close(): void {
    this.stream.destroy();
  }
}

class FzstdDecoder implements FrameDecoder {
  private goOn = true;
  private readonly decompress: Decompress;

  constructor(
    emit: Emit,
    private readonly clock: SliceClock,
  ) {
    this.decompress = new Decompress((bytes) => {
      if (!this.goOn || bytes.length === 0) return;
      try {
        this.goOn = emit(bytes);
      } catch (error) {
        throw new TakerError(error);
      }
    });
  }

  async push(bytes: Uint8Array, last: boolean): Promise<boolean> {
    await this.clock.turn();
    this.decompress.push(bytes, last);
    return this.goOn;
  }

  close(): void {
    // nothing is held but memory
  }
}

/** Lets the event loop turn when this work has held it for a while; not for every small block. */
class SliceClock {
  private sliceStart = performance.now();

  async turn(): Promise<void> {
    if (performance.now() - this.sliceStart < SLICE_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.sliceStart = performance.now();
  }
}
