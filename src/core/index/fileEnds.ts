import type { FileHead } from "../conversation/model";
import { type Line, splitLines } from "../jsonl/splitLines";

/** The two ends of a file, some KB each. */
export interface FileEnds {
  /** The first bytes; the whole file when `tail` is empty (of a `.zst`: maybe not the whole). */
  readonly head: Uint8Array;
  /** The last bytes; nearly always from the middle of a line on. */
  readonly tail: Uint8Array;
  /** Where the tail begins in the file, bytes. */
  readonly tailAt?: number;
}

/** The lines that begin in these bytes; the first bytes belong to one that began before. */
export function linesWithin(tail: Uint8Array): Line[] {
  return splitLines(tail).slice(1);
}

/** Every field, so that a head that was read equals one that was kept. */
export const unknownHead: Required<FileHead> = {
  headerId: undefined,
  headerAt: undefined,
  headerVersion: undefined,
  cwd: undefined,
  firstEntryId: undefined,
  firstAt: undefined,
  lastAt: undefined,
  sessionKey: undefined,
  opening: undefined,
  ending: undefined,
  announced: undefined,
  replayed: undefined,
  openClawVersion: undefined,
  problem: undefined,
};
