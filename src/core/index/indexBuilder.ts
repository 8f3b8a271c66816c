import { asBuffer, LineSplitter } from "../jsonl/lineSplitter";
import { IndexTotals } from "./indexTotals";
import { LineIndexer } from "./lineIndexer";
import type { TranscriptIndex } from "./transcriptIndex";

export interface IndexBuilderOptions {
  /** Go on where this index ends; the first chunk must begin at `nextOffset`. */
  readonly resumeFrom?: TranscriptIndex;
  /** Parse every line in full, as a reference and for measurements. */
  readonly parseEveryLine?: boolean;
  /** `MAX_LINE_BYTES` when left out. */
  readonly maxLineBytes?: number;
}

/**
 * Builds the index of a transcript from its bytes, in chunks of any size. A chunk's memory may be used again after `push`
 * returns. 256 KB to 1 MB is a good size: 1 MB takes less than a millisecond.
 *
 *     const builder = new IndexBuilder();
 *     for (const chunk of chunks) builder.push(chunk);
 *     const index = builder.end();
 *
 * When the file has grown, `new IndexBuilder({ resumeFrom: index })` reads on from its `nextOffset`.
 */
export class IndexBuilder {
  private readonly totals: IndexTotals;
  private readonly lines: LineIndexer;
  private readonly splitter: LineSplitter;
  private pushedTo: number;

  constructor({ resumeFrom, parseEveryLine = false, maxLineBytes }: IndexBuilderOptions = {}) {
    // A last line without newline may have grown since: it is read again.
    const from = resumeFrom?.withoutLastLine ?? resumeFrom;
    this.pushedTo = from?.bytes ?? 0;
    this.totals = new IndexTotals(from);
    this.lines = new LineIndexer(this.totals, parseEveryLine);
    this.splitter = new LineSplitter(this.lines, {
      offset: this.pushedTo,
      ...(maxLineBytes === undefined ? {} : { maxLineBytes }),
    });
  }

  /** Where in the file the next chunk must begin, bytes. */
  get nextOffset(): number {
    return this.pushedTo;
  }

  push(chunk: Uint8Array): void {
    const buffer = asBuffer(chunk);
    this.pushedTo += buffer.length;
    this.lines.beginChunk(buffer);
    this.splitter.push(buffer);
    this.lines.endChunk();
  }

  /** The file ends here. Nothing can be pushed afterwards. */
  end(): TranscriptIndex {
    this.splitter.end();
    this.lines.end();
    const { withoutLastLine } = this.lines;
    const index = this.totals.index();
    return withoutLastLine ? { ...index, withoutLastLine } : index;
  }
}
