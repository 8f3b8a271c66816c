import { lstat } from "node:fs/promises";
import type { SessionFile, Window } from "../../core/conversation/model";
import type { TranscriptIndex } from "../../core/index/transcriptIndex";
import { ReadError } from "../../core/inspectorPort";
import type { SourceFacts } from "../../core/restore/restoreFacts";
import { openBytes } from "../byteSource";
import { problemOf } from "../readErrors";
import { findRegularFile, type Within } from "../regularFile";
import { firstLineOf } from "./firstLineOf";
import { filesOf } from "./restoreSubject";

export interface SourceReading {
  readonly window: Window;
  readonly file: SessionFile;
  readonly within: Within;
  /** Made now where it is not known. */
  readonly index: (file: string) => Promise<TranscriptIndex>;
  readonly signal: AbortSignal | undefined;
}

/** What is to be brought back, looked at. What cannot be read is a problem in it. */
export async function sourceFacts({ window, file, within, index, signal }: SourceReading): Promise<SourceFacts> {
  const nothing: SourceFacts = {
    file,
    realPath: file.path,
    index: undefined,
    firstLine: undefined,
    firstLineBytes: 0,
    unpackedBytes: file.bytes,
    uid: undefined,
    links: 1,
    problem: undefined,
    supersets: [],
  };
  try {
    const { path: realPath, stats } = await findRegularFile(file.path, within);
    const looked = { ...nothing, realPath, uid: uidOf(stats.uid), links: stats.nlink };
    const source = await openBytes(file.path, { within, signal });
    try {
      const first = await firstLineOf(source, signal);
      const own = await index(file.path);
      return {
        ...looked,
        file: { ...file, bytes: stats.size, mtimeMs: stats.mtimeMs, mode: stats.mode & 0o7777, index: own },
        index: own,
        firstLine: first.text,
        firstLineBytes: first.bytes,
        unpackedBytes: source.size,
        problem: source.problem,
        supersets: await supersetsOf(own, { window, file, index }),
      };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { ...nothing, problem: problemOf(error) };
  }
}

/** Real user id; there is none on Windows, where Node says 0. */
export function uidOf(uid: number): number | undefined {
  return process.platform === "win32" ? undefined : uid;
}

/** So many copies are looked into; one window has two or three. */
const MOST_COPIES = 50;

async function supersetsOf(
  own: TranscriptIndex,
  { window, file, index }: Pick<SourceReading, "window" | "file" | "index">,
): Promise<readonly SessionFile[]> {
  const found: SessionFile[] = [];
  for (const other of filesOf(window).slice(0, MOST_COPIES)) {
    if (other.path === file.path || (await isHardLink(other.path, file.path))) continue;
    const theirs = await index(other.path).catch((error: unknown) => {
      if (error instanceof ReadError) return undefined; // what cannot be read is no better copy
      throw error;
    });
    if (theirs === undefined) continue;
    const isLater = theirs.entries === own.entries && (theirs.lastAt ?? 0) > (own.lastAt ?? 0);
    if (theirs.entries > own.entries || isLater) found.push({ ...other, index: theirs });
  }
  return found;
}

async function isHardLink(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((file) => lstat(file).catch(() => undefined)));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev && first.ino !== 0;
}
