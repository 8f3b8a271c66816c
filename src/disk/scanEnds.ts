import { constants, open } from "node:fs";
import type { FileEnds } from "../core/index/fileEnds";
import { openBytes } from "./byteSource";
import { toReadError } from "./readErrors";
import { closeFile, readInto, type Within } from "./regularFile";
import { streamBytes } from "./streamBytes";
import { isZst } from "./zst";

/** So much is read of each end of a file to place it, bytes. */
export const END_BYTES = 16 * 1024;

const nothing = new Uint8Array(0);

/** As in regularFile.ts: what was put in place of the file since it was listed is neither followed nor waited for. */
const READ_FLAGS = constants.O_RDONLY | flag("O_NOFOLLOW") | flag("O_NONBLOCK");

/**
 * The ends of a plain file, listed a moment ago as such in a directory whose real path was checked. Thousands are read before
 * the first tree is shown, so the checks that `openRegularFile` makes for each of them are left out: with four system calls
 * instead of ten this takes a third of the time. Throws ReadError.
 */
export async function readPlainEnds(path: string, bytes: number): Promise<FileEnds> {
  try {
    const descriptor = await openDescriptor(path);
    try {
      const whole = bytes <= 2 * END_BYTES;
      const head = await readAt(descriptor, whole ? bytes : END_BYTES, 0);
      const tail = whole ? nothing : await readAt(descriptor, END_BYTES, bytes - END_BYTES);
      return { head, tail, tailAt: bytes - tail.length };
    } finally {
      await closeFile(descriptor);
    }
  } catch (error) {
    throw toReadError(error, path);
  }
}

/** The ends of any file that may be read: one behind a link, a compressed one. Throws ReadError. */
export async function readEnds(path: string, within: Within, signal: AbortSignal): Promise<FileEnds> {
  if (isZst(path)) {
    let head: Uint8Array = nothing;
    await streamBytes(path, { within, signal, chunkBytes: END_BYTES }, (chunk) => {
      head = Buffer.concat([head, chunk.subarray(0, END_BYTES - head.length)]);
      return head.length < END_BYTES;
    });
    return { head, tail: nothing };
  }
  const source = await openBytes(path, { within, signal });
  try {
    const whole = source.size <= 2 * END_BYTES;
    const head = await source.read(0, whole ? source.size : END_BYTES, signal);
    if (whole) return { head, tail: nothing };
    const tailAt = source.size - END_BYTES;
    return { head, tail: await source.read(tailAt, END_BYTES, signal), tailAt };
  } finally {
    await source.close();
  }
}

async function readAt(descriptor: number, length: number, offset: number): Promise<Uint8Array> {
  if (length === 0) return nothing;
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, await readInto(descriptor, buffer, 0, length, offset));
}

function openDescriptor(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, READ_FLAGS, (error, descriptor) => {
      if (error) reject(error);
      else resolve(descriptor);
    });
  });
}

function flag(name: "O_NOFOLLOW" | "O_NONBLOCK"): number {
  return (constants as Partial<Record<string, number>>)[name] ?? 0;
}
