import type { RestoreFiles } from "../restoreFiles";
import type { EngineHost } from "./engineHost";

/** Bytes and SHA-256 of a file. */
export async function hashFile(
  files: RestoreFiles,
  { hash }: Pick<EngineHost, "hash">,
  path: string,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const digest = hash();
  let bytes = 0;
  for await (const piece of files.read(path)) {
    digest.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: digest.digest() };
}

/** A small text file, whole. */
export async function readText(files: RestoreFiles, path: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of files.read(path)) pieces.push(piece.slice());
  return new TextDecoder().decode(joined(pieces));
}

/**
 * How one file relates to another: `equal`; `longer`, the other and then more; `part`, a beginning of the other, where what was
 * not yet on the disk when the machine stopped may be zeros; `different`.
 */
export async function relate(
  files: RestoreFiles,
  path: string,
  other: string,
): Promise<"equal" | "longer" | "part" | "different"> {
  const left = pieceReader(files.read(path));
  const right = pieceReader(files.read(other));
  let zeros = false;
  try {
    for (;;) {
      const wanted = Math.min(await left.available(), await right.available());
      if (wanted === 0) {
        const [more, less] = [await left.available(), await right.available()];
        if (more > 0) return zeros ? "different" : "longer";
        return less > 0 || zeros ? "part" : "equal";
      }
      const [mine, theirs] = [left.take(wanted), right.take(wanted)];
      for (let at = 0; at < wanted; at++) {
        if (!zeros && mine[at] !== theirs[at]) zeros = true;
        if (zeros && mine[at] !== 0) return "different";
      }
    }
  } finally {
    await left.close();
    await right.close();
  }
}

interface PieceReader {
  /** Bytes at hand; 0 at the end. */
  available(): Promise<number>;
  take(length: number): Uint8Array;
  close(): Promise<void>;
}

function pieceReader(pieces: AsyncIterable<Uint8Array>): PieceReader {
  const iterator = pieces[Symbol.asyncIterator]();
  let piece: Uint8Array = new Uint8Array();
  return {
    async available() {
      while (piece.length === 0) {
        const next = await iterator.next();
        if (next.done === true) return 0;
        piece = next.value;
      }
      return piece.length;
    },
    take(length) {
      const taken = piece.subarray(0, length);
      piece = piece.subarray(length);
      return taken;
    },
    async close() {
      await iterator.return?.();
    },
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
