import * as l10n from "@vscode/l10n";
import { formatBytes } from "../core/text/formatSize";
import type { Problem } from "../core/problem";
import { toReadError } from "./readErrors";
import { closeFile, openRegularFile, readInto, type RegularFile } from "./regularFile";
import type { OnChunk, Streamed, StreamOptions } from "./streamBytes";
import { frameDecoders } from "./zstDecoders";
import { decodeFrames, ZstdDamage, type Take } from "./zstFrames";

/** Nobody's transcript is as large; a hostile archive of a few kilobytes may claim to be. */
export const MAX_DECOMPRESSED_BYTES = 4 * 1024 * 1024 * 1024;

/** Compressed bytes read at a time. */
const READ_BYTES = 64 * 1024;

/** Archives of 2026.7.2-beta and later: one zstd frame over the whole JSONL. */
export function isZst(file: string): boolean {
  return file.endsWith(".zst");
}

/** The decompressed bytes in order. What precedes a damage is delivered, and the damage is the result's problem. */
export async function streamZst(file: string, options: StreamOptions, onChunk: OnChunk): Promise<Streamed> {
  const { within, start = 0, signal } = options;
  const opened = await openRegularFile(file, within);
  let end = 0;
  const emit = (bytes: Uint8Array): boolean => {
    if (signal?.aborted === true) return false;
    const offset = end;
    end += bytes.length;
    if (end <= start) return end <= MAX_DECOMPRESSED_BYTES;
    const wanted = offset >= start ? bytes : bytes.subarray(start - offset);
    return onChunk(wanted, end - wanted.length) !== false && end <= MAX_DECOMPRESSED_BYTES;
  };
  try {
    const damage = await decodeFrames(compressedBytes(opened, signal), frameDecoders(emit)).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof ZstdDamage) return error.reason;
        throw error;
      },
    );
    signal?.throwIfAborted();
    if (end > MAX_DECOMPRESSED_BYTES) return { end, size: undefined, problem: tooLargeProblem(file) };
    return { end, size: undefined, problem: damage && damageProblem(file, damage, end) };
  } catch (error) {
    throw toReadError(error, file);
  } finally {
    await closeFile(opened.descriptor);
  }
}

function compressedBytes(opened: RegularFile, signal: AbortSignal | undefined): Take {
  let position = 0;
  let pending: Uint8Array = new Uint8Array();
  return async (count) => {
    while (pending.length < count) {
      signal?.throwIfAborted();
      // A fresh buffer each time: decoders hold on to what they were given.
      const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
      const bytes = await readInto(opened.descriptor, buffer, 0, READ_BYTES, position);
      if (bytes === 0) break;
      position += bytes;
      const more = buffer.subarray(0, bytes);
      pending = pending.length === 0 ? more : Buffer.concat([pending, more]);
    }
    const taken = pending.subarray(0, count);
    pending = pending.subarray(taken.length);
    return taken;
  };
}

function damageProblem(file: string, damage: ZstdDamage["reason"], bytes: number): Problem {
  const size = formatBytes(bytes);
  switch (damage) {
    case "cut-short":
      return {
        code: "file.zst-damaged",
        message: l10n.t("{0} is cut short; its first {1} (decompressed) are shown.", file, size),
        file,
      };
    case "damaged":
      return {
        code: "file.zst-damaged",
        message: l10n.t("{0} is damaged; only its first {1} (decompressed) could be read.", file, size),
        file,
      };
    case "window-too-large":
      return {
        code: "file.zst-damaged",
        message: l10n.t("{0} asks for more memory than zstd allows; it was not decompressed.", file),
        file,
      };
  }
}

function tooLargeProblem(file: string): Problem {
  return {
    code: "file.zst-too-large",
    message: l10n.t(
      "{0} holds more than {1} when decompressed; only that much is shown.",
      file,
      formatBytes(MAX_DECOMPRESSED_BYTES),
    ),
    file,
  };
}
