import type { Problem } from "../core/problem";
import type { ByteSource } from "./byteSource";
import type { Within } from "./regularFile";
import { SegmentedBytes } from "./segmentedBytes";
import { streamZst } from "./zst";

/** Up to this size the whole decompressed content is held while the source is open. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** Of larger content: its beginning (for the header), its end (where documents open) and the stretch read last. */
const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 4 * 1024 * 1024;
/** Whoever reads all of it decompresses from the beginning once per stretch: 16 times for 1 GB. */
const STRETCH_BYTES = MAX_HELD_BYTES;

/**
 * A `.zst` archive as bytes to be read anywhere. Its size is known only after all of it was decompressed once; content too
 * large to hold is decompressed again up to the place that is wanted.
 */
export async function openZst(file: string, within: Within, signal: AbortSignal | undefined): Promise<ByteSource> {
  const content = new HeldContent();
  const { end, problem } = await streamZst(file, { within, signal }, (chunk, offset) => {
    content.add(chunk, offset);
  });
  return new ZstBytes(file, within, end, problem, content.stretches());
}

/** Collects all of it, or once it is too large its head and tail. */
class HeldContent {
  private whole: SegmentedBytes | undefined = new SegmentedBytes(0);
  private readonly head = new SegmentedBytes(0);
  private tail = new SegmentedBytes(0);
  private beforeTail = this.tail;

  add(chunk: Uint8Array, offset: number): void {
    if (this.whole !== undefined && offset + chunk.length <= MAX_HELD_BYTES) {
      this.whole.append(chunk);
      return;
    }
    if (this.whole !== undefined) {
      this.head.append(this.whole.read(0, HEAD_BYTES));
      this.tail = this.beforeTail = this.whole.from(offset - TAIL_BYTES);
      this.whole = undefined;
    }
    if (this.tail.length > TAIL_BYTES) {
      this.beforeTail = this.tail;
      this.tail = new SegmentedBytes(offset);
    }
    this.tail.append(chunk);
  }

  stretches(): readonly SegmentedBytes[] {
    return this.whole === undefined ? [this.head, this.beforeTail.joined(this.tail)] : [this.whole];
  }
}

class ZstBytes implements ByteSource {
  constructor(
    private readonly file: string,
    private readonly within: Within,
    readonly size: number,
    readonly problem: Problem | undefined,
    private held: readonly SegmentedBytes[],
  ) {}

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const held = this.held.find((stretch) => stretch.covers(offset, wanted));
    if (held !== undefined) return held.read(offset, wanted);
    const stretch = await this.decompressAgain(offset, wanted, signal);
    return stretch.read(offset, wanted);
  }

  close(): Promise<void> {
    this.held = [];
    return Promise.resolve();
  }

  /** Somewhat more than is wanted, on both sides: pages are read next to each other. */
  private async decompressAgain(
    offset: number,
    length: number,
    signal: AbortSignal | undefined,
  ): Promise<SegmentedBytes> {
    const start = Math.max(0, offset - HEAD_BYTES);
    const end = offset + length + STRETCH_BYTES;
    const stretch = new SegmentedBytes(start);
    await streamZst(this.file, { within: this.within, start, signal }, (chunk, at) => {
      stretch.append(chunk);
      return at + chunk.length < end;
    });
    this.held = [...this.held.slice(0, 2), stretch];
    return stretch;
  }
}
