import type { FileHead } from "../core/conversation/model";
import { readHeadFacts } from "../core/index/readHeadFacts";
import { findRegularFile, type Within } from "./regularFile";
import type { HeadRequest, SessionFileReader } from "./scanDirectory";
import { readEnds, readPlainEnds } from "./scanEnds";
import { indexFile } from "./scanIndex";
import { isZst } from "./zst";

/** Reads the files of sessions directories; nothing that really lies outside `within`. */
export function sessionFileReader(within: Within): SessionFileReader {
  return {
    follow: async (path) => {
      const { stats } = await findRegularFile(path, within);
      return { bytes: stats.size, mtimeMs: stats.mtimeMs, mode: stats.mode & 0o7777 };
    },
    readHead: async ({ path, name, bytes, plain }: HeadRequest, signal): Promise<FileHead> => {
      const ends = plain && !isZst(path) ? await readPlainEnds(path, bytes) : await readEnds(path, within, signal);
      return readHeadFacts(ends, name);
    },
    readIndex: (path, previous, signal) => indexFile(path, { within, previous, signal }),
  };
}
