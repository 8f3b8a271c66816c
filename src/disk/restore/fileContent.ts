import * as l10n from "@vscode/l10n";
import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { ReadError } from "../../core/inspectorPort";
import type { FileContent } from "../../core/restore/fileChange";
import { findRegularFile, type Within } from "../regularFile";
import { streamFile } from "../streamBytes";

export interface ReadContent {
  readonly content: FileContent;
  /** Absolute, every link resolved. */
  readonly realPath: string;
  readonly stats: Stats;
}

/** So often a file is read that changes while it is read. */
const TRIES = 3;

/**
 * What a regular file holds and how it lies there, by reading all of it; `take` is given the pieces, which it must copy. A file
 * that changes meanwhile is read anew (`restart` is called then). Throws ReadError.
 */
export async function readContent(
  file: string,
  within: Within,
  signal: AbortSignal | undefined,
  { take, restart }: { readonly take?: (piece: Uint8Array) => void; readonly restart?: () => void } = {},
): Promise<ReadContent> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    restart?.();
    const before = await findRegularFile(file, within);
    const hash = createHash("sha256");
    const { end } = await streamFile(file, { within, signal }, (piece) => {
      hash.update(piece);
      take?.(piece);
    });
    const after = await findRegularFile(file, within);
    if (after.path !== before.path || !isSame(before.stats, after.stats) || after.stats.size !== end) continue;
    const { stats } = after;
    return {
      content: {
        kind: "file",
        bytes: end,
        sha256: hash.digest("hex"),
        mode: stats.mode & 0o7777,
        mtimeMs: stats.mtimeMs,
      },
      realPath: after.path,
      stats,
    };
  }
  throw new ReadError(
    "io",
    file,
    l10n.t("{0} changes while it is read. Stop what writes to it, then try again.", file),
  );
}

function isSame(one: Stats, other: Stats): boolean {
  return one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs && one.mode === other.mode;
}
