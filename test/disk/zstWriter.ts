/** zstd frames made by hand (RFC 8878), since Node 20 cannot compress: blocks stored as they are, and runs of one byte. */
export type ZstBlock = string | Uint8Array | { readonly repeat: number; readonly times: number };

export interface ZstOptions {
  /** 17 stands for 128 KiB. */
  readonly windowLog?: number;
}

/** One frame without checksum; no block may be larger than 128 KiB. */
export function zstFrame(blocks: readonly ZstBlock[], { windowLog = 17 }: ZstOptions = {}): Buffer {
  const parts: Uint8Array[] = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, (windowLog - 10) << 3)];
  blocks.forEach((block, at) => {
    const last = at === blocks.length - 1 ? 1 : 0;
    if (typeof block === "object" && "repeat" in block) {
      parts.push(blockHeader(block.times, 1, last), Uint8Array.of(block.repeat));
    } else {
      const bytes = Buffer.from(block);
      parts.push(blockHeader(bytes.length, 0, last), bytes);
    }
  });
  return Buffer.concat(parts);
}

/** The content in blocks of so many bytes. */
export function zstOf(content: Uint8Array, blockBytes = 1000): Buffer {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < content.length || blocks.length === 0; at += blockBytes) {
    blocks.push(content.subarray(at, at + blockBytes));
  }
  return zstFrame(blocks);
}

function blockHeader(size: number, type: number, last: number): Uint8Array {
  const value = (size << 3) | (type << 1) | last;
  return Uint8Array.of(value & 255, (value >> 8) & 255, value >> 16);
}
