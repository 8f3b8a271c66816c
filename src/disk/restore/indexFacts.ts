import { lstat } from "node:fs/promises";
import { ReadError } from "../../core/inspectorPort";
import type { IndexFacts } from "../../core/restore/restoreFacts";
import { errorCode, problemOf, toReadError } from "../readErrors";
import { findRegularFile, type Within } from "../regularFile";
import { readContent } from "./fileContent";
import { uidOf } from "./sourceFacts";

/** Larger ones are not edited: the text and its edited copy are held in memory. */
export const MAX_INDEX_BYTES = 64 * 1024 * 1024;

/** The index as it is on disk at this moment, whole. Never from what is remembered. */
export async function indexFacts(path: string, within: Within, signal: AbortSignal | undefined): Promise<IndexFacts> {
  const own = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw toReadError(error, path);
  });
  if (own === undefined) return { path, state: { kind: "absent" }, symlink: false, uid: undefined };
  const facts = { path, symlink: own.isSymbolicLink(), uid: uidOf(own.uid) };
  try {
    const { stats } = await findRegularFile(path, within);
    if (stats.size > MAX_INDEX_BYTES) return { ...facts, state: { kind: "too-large", bytes: stats.size } };
    let pieces: Buffer[] = [];
    const { content } = await readContent(path, within, signal, {
      take: (piece) => {
        pieces.push(Buffer.from(piece));
      },
      restart: () => {
        pieces = [];
      },
    });
    return { ...facts, state: { kind: "read", bytes: Buffer.concat(pieces), content } };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { ...facts, state: { kind: "unreadable", problem: problemOf(error) } };
  }
}
