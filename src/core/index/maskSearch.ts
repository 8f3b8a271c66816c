import { MASK_BYTES_AFTER, MASK_BYTES_BEFORE, maskForms } from "../transcript/maskForms";

/** Behind all chunks; a small number, so that comparing stays quick. */
const NOWHERE = 0x3fffffff;
/** `…` in UTF-8. */
const ELLIPSIS = Buffer.from("…");

/**
 * Finds the lines that hold what OpenClaw writes in place of a secret. Only `…` is looked for, natively and once per chunk: how far
 * it is to the next one is remembered, so that a line without costs one comparison.
 */
export class MaskSearch {
  private chunk: Buffer | undefined;
  /** Where the next `…` stands that was not looked at yet. */
  private next = 0;

  /** Lines of this chunk are asked for next, in their order. Undefined: nobody may look at the last one any more. */
  beginChunk(chunk: Buffer | undefined): void {
    this.chunk = chunk;
    this.next = -1;
  }

  /** False when the line `bytes[start … end)` holds none, for certain: one comparison for nearly every line. */
  mayHoldMask(bytes: Buffer, end: number): boolean {
    return this.next < end || bytes !== this.chunk;
  }

  /** Whether the line `bytes[start … end)` holds one. */
  holdsMask(bytes: Buffer, start: number, end: number): boolean {
    if (bytes !== this.chunk) return holdsMask(bytes.subarray(start, end));
    if (this.next < start) this.next = nextEllipsis(bytes, start);
    return this.next < end && holdsMask(bytes.subarray(start, end));
  }
}

function nextEllipsis(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(ELLIPSIS, from);
  return at === -1 ? NOWHERE : at;
}

/** Whether a line holds what OpenClaw writes in place of a secret. */
function holdsMask(line: Buffer): boolean {
  let looked = 0;
  for (let at = line.indexOf(ELLIPSIS); at !== -1; at = line.indexOf(ELLIPSIS, at + ELLIPSIS.length)) {
    if (isMask(line, at)) return true;
    if (++looked === MOST_LOOKED_AT) return false;
  }
  return false;
}

/** Texts in some languages are full of them; a tool that masks does it long before so many others. */
const MOST_LOOKED_AT = 1_000;

function isMask(line: Buffer, at: number): boolean {
  const before = line.toString("latin1", Math.max(0, at - MASK_BYTES_BEFORE), at);
  const afterAt = at + ELLIPSIS.length;
  const after = line.toString("latin1", afterAt, afterAt + MASK_BYTES_AFTER);
  return maskForms.some((form) => form.after.test(after) && form.before.test(before));
}
