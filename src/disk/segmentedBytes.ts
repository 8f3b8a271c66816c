const SEGMENT_BYTES = 1024 * 1024;

/** A growing stretch of a file, held in pieces: growing copies nothing, and there is no moment with two copies of it all. */
export class SegmentedBytes {
  private readonly segments: Buffer[] = [];
  private bytes = 0;

  /** `start`: offset in the file of the first byte. */
  constructor(readonly start: number) {}

  get length(): number {
    return this.bytes;
  }

  /** Copies the chunk. */
  append(chunk: Uint8Array): void {
    let taken = 0;
    while (taken < chunk.length) {
      const used = this.bytes % SEGMENT_BYTES;
      if (used === 0) this.segments.push(Buffer.allocUnsafeSlow(SEGMENT_BYTES));
      const part = chunk.subarray(taken, taken + SEGMENT_BYTES - used);
      this.segments.at(-1)?.set(part, used);
      this.bytes += part.length;
      taken += part.length;
    }
  }

  /** Whether all of `[offset, offset + length)` is here. */
  covers(offset: number, length: number): boolean {
    return offset >= this.start && offset + length <= this.start + this.bytes;
  }

  /** A copy of the bytes from `offset` on, as many as there are up to `length`. */
  read(offset: number, length: number): Uint8Array {
    const from = Math.max(0, offset - this.start);
    const to = Math.min(this.bytes, offset - this.start + length);
    if (to <= from) return new Uint8Array();
    const result = Buffer.allocUnsafe(to - from);
    for (let at = from; at < to;) {
      const within = at % SEGMENT_BYTES;
      const count = Math.min(SEGMENT_BYTES - within, to - at);
      this.segments[Math.floor(at / SEGMENT_BYTES)]?.copy(result, at - from, within, within + count);
      at += count;
    }
    return result;
  }

  /** The end of it as a stretch of its own. */
  from(offset: number): SegmentedBytes {
    const start = Math.max(this.start, offset);
    const part = new SegmentedBytes(start);
    part.append(this.read(start, this.start + this.bytes - start));
    return part;
  }

  /** This and the stretch that follows it, as one. */
  joined(next: SegmentedBytes): SegmentedBytes {
    if (next === this) return this;
    const whole = this.from(this.start);
    whole.append(next.read(next.start, next.length));
    return whole;
  }
}
