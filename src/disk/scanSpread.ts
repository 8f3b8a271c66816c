import { crc32 } from "node:zlib";
import type { ByteSource } from "./byteSource";

/** Bytes kept of each place. */
const PLACE_BYTES = 256;
const FIRST_STRIDE = 1024;
/** When there are more places than this, every second one is let go and the distance doubled. */
const MAX_PLACES = 16;
const nothing = Buffer.alloc(0);

/** A few bytes at every multiple of `stride`, of a file of any size: at most 4 KB, 8 to 16 places once it is larger than that. */
export class SpreadBytes {
  private places = new Map<number, Buffer>();

  constructor(private distance = FIRST_STRIDE) {}

  /** Reads again what `add` saw of the bytes before `end`. Throws ReadError. */
  static async read(
    source: ByteSource,
    { stride, end }: { readonly stride: number; readonly end: number },
    signal: AbortSignal,
  ): Promise<SpreadBytes> {
    const spread = new SpreadBytes(stride);
    const offsets: number[] = [];
    for (let at = stride; at < end; at += stride) offsets.push(at);
    const read = offsets.map((at) => source.read(at, Math.min(PLACE_BYTES, end - at), signal));
    for (const [at, bytes] of (await Promise.all(read)).entries()) spread.add(Buffer.from(bytes), offsets[at] ?? 0);
    return spread;
  }

  get stride(): number {
    return this.distance;
  }

  /** The bytes are only lent. They must come in order. */
  add(bytes: Buffer, offset: number): void {
    const end = offset + bytes.length;
    while (!isStride(this.distance, end)) this.widen();
    let at = Math.max(1, Math.ceil((offset - PLACE_BYTES + 1) / this.distance)) * this.distance;
    for (; at < end; at += this.distance) {
      const known = this.places.get(at) ?? nothing;
      const from = Math.max(0, at - offset);
      this.places.set(at, Buffer.concat([known, bytes.subarray(from, from + PLACE_BYTES - known.length)]));
    }
  }

  /** Of the places that lie before `end` as a whole. */
  checksum(end: number): number {
    let sum = 0;
    for (const [at, bytes] of this.places) {
      if (at + PLACE_BYTES <= end) sum = crc32(bytes.subarray(0, PLACE_BYTES), sum);
    }
    return sum;
  }

  private widen(): void {
    this.distance *= 2;
    this.places = new Map([...this.places].filter(([at]) => at % this.distance === 0));
  }
}

/** Whether a file of `end` bytes has few enough places at this distance. */
export function isStride(stride: number, end: number): boolean {
  return stride >= FIRST_STRIDE && end / stride <= MAX_PLACES + 1;
}
