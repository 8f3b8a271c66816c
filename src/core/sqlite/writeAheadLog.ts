import type { ByteSource } from "./byteSource";

/**
 * Where the newest committed content of each page stands in a write-ahead log (`<database>-wal`). While a gateway runs, all
 * of a young database may be there: SQLite moves pages over only after a thousand of them.
 *
 * Frames are told by the log's salts, not by their checksums: a page from a torn last frame is never used, because only
 * frames up to the last commit count.
 */
export async function committedPages(log: ByteSource, pageSize: number): Promise<ReadonlyMap<number, number>> {
  const pages = new Map<number, number>();
  const header = view(await log.read(0, HEADER_BYTES));
  if (header.byteLength < HEADER_BYTES || (header.getUint32(0) & ~1) !== MAGIC) return pages;
  // Another page size belongs to another database: such a log is left over.
  if (header.getUint32(8) !== pageSize) return pages;
  const [salt1, salt2] = [header.getUint32(16), header.getUint32(20)];

  const frameBytes = FRAME_HEADER_BYTES + pageSize;
  let uncommitted: [page: number, offset: number][] = [];
  for (let offset = HEADER_BYTES; offset + frameBytes <= log.size; offset += frameBytes) {
    const frame = view(await log.read(offset, FRAME_HEADER_BYTES));
    if (frame.byteLength < FRAME_HEADER_BYTES) break;
    // Frames of an earlier round of the log follow the current ones; their salts differ.
    if (frame.getUint32(8) !== salt1 || frame.getUint32(12) !== salt2) break;
    uncommitted.push([frame.getUint32(0), offset + FRAME_HEADER_BYTES]);
    if (frame.getUint32(4) !== 0) {
      for (const [page, at] of uncommitted) pages.set(page, at);
      uncommitted = [];
    }
  }
  return pages;
}

const MAGIC = 0x377f0682;
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
