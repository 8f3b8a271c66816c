import type { IndexBuilder } from "../core/index/indexBuilder";
import type { TimeSlice } from "./scanTimeSlice";

const LEAST_BYTES = 1024;
const MOST_BYTES = 32 * 1024;
/** What one push may take before the next ones become smaller, ms. */
const SLOW_MS = 4;

/**
 * Gives chunks to an index in pieces, so that the event loop turns in time whatever the lines are: a sound line of a MiB takes less
 * than a millisecond, a MiB of damaged ones of a few bytes each more than a hundred times as long.
 */
export class SlicedPush {
  private pieceBytes = 8 * LEAST_BYTES;

  constructor(
    private readonly builder: IndexBuilder,
    private readonly slice: TimeSlice,
  ) {}

  /** The chunk's memory is needed until the promise is done. */
  async push(chunk: Uint8Array, signal?: AbortSignal): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + this.pieceBytes);
      at += piece.length;
      const began = performance.now();
      this.builder.push(piece);
      this.adapt(piece.length, performance.now() - began);
      if (!this.slice.over()) continue;
      await this.slice.rest();
      signal?.throwIfAborted();
    }
  }

  private adapt(bytes: number, ms: number): void {
    const wanted = ms > SLOW_MS ? (bytes * SLOW_MS) / ms : 2 * this.pieceBytes;
    this.pieceBytes = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Math.floor(wanted)));
  }
}
