import { messageCount, type TranscriptIndex } from "../../core/index/transcriptIndex";
import { ReadError } from "../../core/inspectorPort";
import type { DisplacedFacts, RowFact } from "../../core/restore/restoreFacts";
import { openBytes } from "../byteSource";
import type { Within } from "../regularFile";
import { readContent } from "./fileContent";
import { firstLineOf, headerIdOf } from "./firstLineOf";

/** What is current under a key now. A transcript that is there and cannot be read is an error: it must not be lost sight of. */
export async function displacedFacts(
  row: RowFact | undefined,
  within: Within,
  index: (file: string) => Promise<TranscriptIndex>,
  signal: AbortSignal | undefined,
): Promise<DisplacedFacts | undefined> {
  if (row?.sessionId === undefined) return undefined;
  const { sessionId, file } = row;
  const missing: DisplacedFacts = { sessionId, file: undefined, headerId: undefined, messages: undefined };
  if (file === undefined) return missing;
  try {
    const { content, realPath, stats } = await readContent(file, within, signal);
    const source = await openBytes(file, { within, signal });
    try {
      const { text } = await firstLineOf(source, signal);
      return {
        sessionId,
        file: { path: realPath, content, links: stats.nlink },
        headerId: headerIdOf(text),
        messages: messageCount((await index(file)).roles),
      };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof ReadError && error.code === "vanished") return missing;
    throw error;
  }
}
