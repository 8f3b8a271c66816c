/**
 * Copies a stretch of bytes out of chunks that come one after the other. The stretch may begin in one chunk and end in a
 * later one, and parts of it may be left out. Keeps the first `limit` bytes; a longer stretch is only measured beyond them.
 */
export class ByteCapture {
  /** Bytes of the stretch as it stands in the file, left-out parts included. */
  size = 0;
  overflow = false;
  isOpen = false;

  private buffer = new Uint8Array(1024);
  private used = 0;
  private startedAt = 0;
  /** Up to here everything was copied, or left out. Infinity while a part is left out. */
  private copiedTo = 0;

  private chunk: Uint8Array = new Uint8Array(0);
  private chunkAt = 0;

  constructor(private readonly limit: number) {}

  start(at: number): void {
    this.isOpen = true;
    this.overflow = false;
    this.used = 0;
    this.size = 0;
    this.startedAt = at;
    this.copiedTo = at;
  }

  stop(at: number): void {
    this.copyTo(at);
    this.size = at - this.startedAt;
    this.isOpen = false;
  }

  /** Leaves out what follows and puts `substitute` (ASCII) in its place, until `resume`. */
  leaveOut(at: number, substitute: string): void {
    this.copyTo(at);
    this.append(new TextEncoder().encode(substitute));
    this.copiedTo = Infinity;
  }

  resume(at: number): void {
    this.copiedTo = at;
  }

  /** What was captured; bytes that are no UTF-8 become U+FFFD, as OpenClaw reads them. */
  text(): string {
    return decoder.decode(this.buffer.subarray(0, this.used));
  }

  /** To be called before the bytes of a chunk, which begins at absolute offset `at`, are looked at. */
  beginChunk(chunk: Uint8Array, at: number): void {
    this.chunk = chunk;
    this.chunkAt = at;
  }

  /** To be called before a chunk's bytes go away. */
  endChunk(): void {
    if (this.isOpen) this.copyTo(this.chunkAt + this.chunk.length);
  }

  private copyTo(at: number): void {
    if (this.copiedTo >= at) return;
    this.append(this.chunk.subarray(Math.max(0, this.copiedTo - this.chunkAt), at - this.chunkAt));
    this.copiedTo = at;
  }

  private append(bytes: Uint8Array): void {
    if (this.overflow) return;
    if (this.used + bytes.length > this.limit) {
      this.overflow = true; // behind the last byte that fits, however the stretch was cut into chunks
      this.store(bytes.subarray(0, this.limit - this.used));
      return;
    }
    this.store(bytes);
  }

  private store(bytes: Uint8Array): void {
    if (this.used + bytes.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.used + bytes.length));
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }
}

// A byte order mark inside a value is data.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
