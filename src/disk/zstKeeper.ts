import { openBytes, type ByteSource, type OpenOptions } from "./byteSource";
import { findRegularFile } from "./regularFile";
import { isZst } from "./zst";

/** Somebody who reads page after page does so within this time, ms. After that the memory is given back. */
const KEPT_MS = 30_000;

interface Kept {
  readonly file: string;
  /** By what the archive is recognised as unchanged. */
  readonly facts: string;
  readonly source: ByteSource;
}

/**
 * Keeps the archive that was opened last, decompressed, so that reading it page by page decompresses it once. Whether it may be
 * read, and is as it was, is asked each time. One archive takes at most some 70 MB.
 */
export class ZstKeeper {
  private kept: Kept | undefined;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(private readonly openSource: typeof openBytes = openBytes) {}

  /** As `openBytes`. Throws ReadError. */
  async open(file: string, options: OpenOptions): Promise<ByteSource> {
    if (!isZst(file)) return this.openSource(file, options);
    const facts = await factsOf(file, options);
    if (this.kept?.file === file && this.kept.facts === facts) return this.lend(this.kept);
    const source = await this.openSource(file, options);
    if (this.disposed) return source;
    this.drop();
    this.kept = { file, facts, source };
    return this.lend(this.kept);
  }

  dispose(): void {
    this.disposed = true;
    this.drop();
  }

  private lend({ source }: Kept): ByteSource {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.drop();
    }, KEPT_MS);
    this.timer.unref();
    return {
      size: source.size,
      problem: source.problem,
      read: (offset, length, signal) => source.read(offset, length, signal),
      close: () => Promise.resolve(),
    };
  }

  /** Whoever still reads from it goes on: what is no longer held is decompressed again. */
  private drop(): void {
    clearTimeout(this.timer);
    void this.kept?.source.close();
    this.kept = undefined;
  }
}

async function factsOf(file: string, { within }: OpenOptions): Promise<string> {
  const { path, stats } = await findRegularFile(file, within);
  return [path, stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join("\n");
}
