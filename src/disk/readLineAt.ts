import * as l10n from "@vscode/l10n";
import type { TranscriptIndex } from "../core/index/transcriptIndex";
import { ReadError } from "../core/inspectorPort";
import type { TranscriptItem } from "../core/transcript/entry";
import { PAGE_BYTES, pageOf } from "../core/transcript/page";
import { openBytes } from "./byteSource";
import { countNewlines, findNewline } from "./newlines";
import { readLines } from "./readLines";
import type { Within } from "./regularFile";
import { streamBytes } from "./streamBytes";

export interface ReadLineOptions {
  readonly within: Within;
  readonly index?: TranscriptIndex | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How the file is opened, where not with `openBytes`. */
  readonly open?: typeof openBytes;
}

/** The items of the line that starts at byte `offset`. Throws ReadError; `vanished` when no line starts there (any more). */
export async function readLineAt(
  file: string,
  offset: number,
  { within, index, signal, open = openBytes }: ReadLineOptions,
): Promise<readonly TranscriptItem[]> {
  const source = await open(file, { within, signal });
  try {
    const before = offset === 0 ? undefined : (await source.read(offset - 1, 1, signal))[0];
    if (offset >= source.size || (before !== undefined && before !== 0x0a)) {
      throw new ReadError(
        "vanished",
        file,
        l10n.t("In {0} no line starts at byte {1} any more: the file was replaced.", file, offset),
      );
    }
    const line = index === undefined ? undefined : await lineNumberAt(file, offset, { within, index, signal, open });
    const options = { firstLine: line, headerAbove: offset > 0, signal };
    return (await readLines(source, offset, offset + 1, options)).items;
  } finally {
    await source.close();
  }
}

/** Line number, from 1, of the line that starts at byte `offset`. With an index one page is read, else all before it. */
export async function lineNumberAt(file: string, offset: number, options: ReadLineOptions): Promise<number> {
  const { within, index, signal, open = openBytes } = options;
  const page = pageOf(offset);
  const first = index?.pageFirstLine[page];
  if (first === undefined || page === 0) return 1 + (await countLinesBefore(file, offset, options));
  const source = await open(file, { within, signal });
  try {
    const newline = await findNewline(source, page * PAGE_BYTES - 1, offset, signal);
    if (newline === undefined) return first;
    return first + countNewlines(await source.read(newline + 1, offset - newline - 1, signal));
  } finally {
    await source.close();
  }
}

/** How many lines end before byte `offset`. */
export async function countLinesBefore(
  file: string,
  offset: number,
  { within, signal }: { readonly within: Within; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  let lines = 0;
  if (offset === 0) return 0;
  await streamBytes(file, { within, signal }, (chunk, at) => {
    lines += countNewlines(chunk.subarray(0, offset - at));
    return at + chunk.length < offset;
  });
  return lines;
}
