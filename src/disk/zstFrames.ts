/** A zstd stream that is not what it claims to be. */
export class ZstdDamage extends Error {
  override readonly name = "ZstdDamage";
  constructor(
    readonly reason: "cut-short" | "damaged" | "window-too-large",
    /** Compressed bytes before the place. */
    readonly at: number,
  ) {
    super(`${reason} at ${at}`);
  }
}

/** Carries an error of whoever takes the bytes past the decoders, which would make it a defect of the bytes. */
export class TakerError extends Error {
  override readonly name = "TakerError";
  constructor(override readonly cause: unknown) {
    super("the taker of the bytes failed");
  }
}

/** The next `count` bytes of the compressed stream; fewer only at its end. */
export type Take = (count: number) => Promise<Uint8Array>;

/** Decodes one frame. */
export interface FrameDecoder {
  /**
   * Takes the frame's header, then one block at a time, the last one with the checksum that follows it. What is decoded goes to
   * the taker given at its making; false when that wants no more. Rejects when the bytes are not valid.
   */
  push(bytes: Uint8Array, last: boolean): Promise<boolean>;
  close(): void;
}

/** zstd's own default bound; a header that claims more would have us allocate gigabytes. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

/**
 * Decompresses frame by frame, block by block (RFC 8878). The walk over the blocks is ours, whatever decodes them: a few
 * bytes can stand for 128 KiB, so nobody may be handed more than a block at a time if the work is to be stopped in
 * between; and decoders differ in what they make of several frames, of an empty file and of a cut.
 *
 * Throws ZstdDamage after everything before the damage was delivered.
 */
export async function decodeFrames(take: Take, createDecoder: () => FrameDecoder): Promise<void> {
  const input = new CountingInput(take);
  for (;;) {
    const magic = await input.take(4);
    if (magic.length === 0) return;
    if (magic.length < 4) throw input.damage("cut-short");
    const value = littleEndian(magic);
    if ((value & 0xfffffff0) >>> 0 === skippableMagic) {
      await skipFrame(input);
      continue;
    }
    if (value !== frameMagic) throw input.damage("damaged");
    const decoder = createDecoder();
    try {
      if (!(await decodeFrame(input, magic, decoder))) return;
    } finally {
      decoder.close();
    }
  }
}

async function skipFrame(input: CountingInput): Promise<void> {
  let left = littleEndian(await input.exactly(4));
  while (left > 0) left -= (await input.exactly(Math.min(left, 64 * 1024))).length;
}

async function decodeFrame(input: CountingInput, magic: Uint8Array, decoder: FrameDecoder): Promise<boolean> {
  const push = async (bytes: Uint8Array, last: boolean): Promise<boolean> => {
    try {
      return await decoder.push(bytes, last);
    } catch (error) {
      if (error instanceof TakerError) throw error.cause;
      throw input.damage("damaged"); // decoders throw errors of several kinds for input that is not valid
    }
  };

  let goOn = await push(Buffer.concat([magic, ...(await frameHeader(input))]), false);
  while (goOn) {
    const header = await input.exactly(3);
    const value = littleEndian(header);
    const isLast = (value & 1) === 1;
    const isRun = ((value >> 1) & 3) === 1;
    const body = await input.exactly(isRun ? 1 : value >> 3);
    const checksum = isLast && input.frameHasChecksum ? await input.exactly(4) : new Uint8Array();
    goOn = await push(Buffer.concat([header, body, checksum]), isLast);
    if (isLast) break;
  }
  return goOn;
}

async function frameHeader(input: CountingInput): Promise<readonly Uint8Array[]> {
  const descriptor = await input.exactly(1);
  const flags = descriptor[0] ?? 0;
  const isSingleSegment = (flags & 0x20) !== 0;
  input.frameHasChecksum = (flags & 0x04) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const rest = await input.exactly((isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes);
  const window = isSingleSegment
    ? littleEndian(rest.subarray(dictionaryBytes)) + (sizeBytes === 2 ? 256 : 0)
    : windowBytes(rest[0] ?? 0);
  if (window > MAX_WINDOW_BYTES) throw input.damage("window-too-large");
  return [descriptor, rest];
}

function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function littleEndian(bytes: Uint8Array): number {
  let value = 0;
  for (let at = bytes.length - 1; at >= 0; at--) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

class CountingInput {
  private consumed = 0;
  /** Of the frame being read. */
  frameHasChecksum = false;

  constructor(private readonly source: Take) {}

  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.source(count);
    this.consumed += bytes.length;
    return bytes;
  }

  async exactly(count: number): Promise<Uint8Array> {
    if (count === 0) return new Uint8Array();
    const bytes = await this.take(count);
    if (bytes.length < count) throw this.damage("cut-short");
    return bytes;
  }

  damage(reason: ZstdDamage["reason"]): ZstdDamage {
    return new ZstdDamage(reason, this.consumed);
  }
}
