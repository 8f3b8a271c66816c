import { isUtf8 } from "node:buffer";
import * as l10n from "@vscode/l10n";
import type { LineReceiver } from "../jsonl/lineSplitter";
import { isMirror, type Position, type TranscriptEntry, type TranscriptItem } from "../transcript/entry";
import { parseLine, parseLongLine } from "../transcript/parseLine";
import { factsOfEntry } from "./entryFacts";
import { EntryId } from "./entryId";
import type { IndexTotals } from "./indexTotals";
import { MaskSearch } from "./maskSearch";
import { QuickFacts, USER } from "./quickFacts";
import { quickLook } from "./quickLook";
import type { TranscriptIndex } from "./transcriptIndex";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const nothing = Buffer.alloc(0);
const noView = new DataView(new ArrayBuffer(0));

/**
 * Adds up the lines of a transcript. Most are told by a quick look at head and tail (quickLook.ts); what that skips may be
 * damaged, so its answer is believed only when
 *
 * - the line's bytes are valid UTF-8 without NUL, which is asked natively for a whole chunk at once; and
 * - the next entry names this one as its parent. A crash leaves half a record, and the next append continues on the same
 *   line. Such a line has the head of one record and the tail of another; but whoever wrote on had read the file, and names
 *   as parent what could be read. So a line is held until the next one confirms it, and parsed in full when it does not.
 *   The last line of the file is always parsed in full.
 *
 * What stays invisible:
 *
 * - damage between head and tail that leaves the bytes valid UTF-8, such as an escape that does not exist (`\q`), a raw tab
 *   inside a text, a lost quote;
 * - half a record, when the whole one that was appended to it has the same id, as after a write that was tried again.
 *
 * The index counts such a line as the one sound entry that its head and tail show. The damage is told when a document shows the
 * line, because documents parse every line they show.
 */
export class LineIndexer implements LineReceiver {
  /** The index before a last line without `\n`, once that was met. */
  withoutLastLine: TranscriptIndex | undefined;

  private readonly held = new HeldLine();
  /** Filled by the next quick look; changes places with the held line's. */
  private facts = new QuickFacts();
  /** The id that the next entry should name as its parent. */
  private previousId = new EntryId();
  private readonly masks = new MaskSearch();
  private chunk: Buffer = nothing;
  private chunkView: DataView = noView;
  /** The bytes of the chunk from here to its last newline are UTF-8 without NUL. */
  private soundFrom = 0;

  constructor(
    private readonly totals: IndexTotals,
    private readonly parseEveryLine: boolean,
  ) {
    totals.readLatestId(this.previousId);
  }

  /** Lines of this chunk come next, and maybe one that began in an earlier chunk. */
  beginChunk(chunk: Buffer): void {
    // Between two newlines no character is cut in half.
    const from = chunk.indexOf(NEWLINE) + 1;
    const to = chunk.lastIndexOf(NEWLINE);
    const sound = !this.parseEveryLine && from < to && isSound(chunk.subarray(from, to));
    this.chunk = chunk;
    this.chunkView = viewOf(chunk);
    this.masks.beginChunk(chunk);
    this.soundFrom = sound ? from : chunk.length;
  }

  /** Nobody may look at the chunk any more. */
  endChunk(): void {
    this.held.keepCopy();
    this.chunk = nothing;
    this.chunkView = noView;
    this.masks.beginChunk(undefined);
  }

  /** No entry comes that could confirm the held one. */
  end(): void {
    if (this.held.holds) this.addHeldInFull();
  }

  line(buffer: Buffer, start: number, end: number, offset: number, ended: boolean): void {
    const { totals, held } = this;
    if (!ended) this.beginLastLine();
    totals.addLine(offset, end - start + (ended ? 1 : 0));
    let textEnd = end;
    if (buffer[end - 1] === RETURN && end > start) {
      textEnd--;
      this.tellCarriageReturns(offset);
    }
    if (textEnd === start) {
      if (held.holds) this.addHeldInFull();
      return; // a blank line says nothing
    }
    const isQuick =
      ended &&
      totals.lines > 1 && // the first line should be the header
      (buffer === this.chunk && start >= this.soundFrom
        ? quickLook(buffer, this.chunkView, start, textEnd, this.previousId, this.facts)
        : this.lookAlone(buffer, start, textEnd)) &&
      // The text of the first user message may name a cron job.
      (this.facts.kind !== USER || totals.hasUserMessage);
    if (!isQuick) {
      this.addInFull(buffer, start, end, offset, ended);
      return;
    }
    const { facts } = this;
    facts.masked = this.masks.mayHoldMask(buffer, end) && this.masks.holdsMask(buffer, start, end);
    if (held.holds) {
      if (facts.follows) totals.addQuickEntry(held.facts, held.line, held.offset);
      else this.addHeldInFull();
    }
    this.facts = held.facts;
    this.previousId = facts.id;
    held.hold(facts, buffer, start, end, offset, totals.lines);
  }

  blank(offset: number, count: number): void {
    if (this.held.holds) this.addHeldInFull();
    this.totals.addBlankLines(offset, count);
  }

  tooLong(first: Buffer, offset: number, bytes: number, ended: boolean): void {
    if (ended) this.end();
    else this.beginLastLine();
    this.totals.addLine(offset, bytes + (ended ? 1 : 0));
    this.addItems(parseLongLine(first, { line: this.totals.lines, offset, bytes }), nothing);
  }

  private beginLastLine(): void {
    this.end();
    this.withoutLastLine = this.totals.index();
  }

  /** For a line that began in an earlier chunk, and where not the whole chunk is sound. */
  private lookAlone(buffer: Buffer, start: number, end: number): boolean {
    if (this.parseEveryLine || !isSound(buffer.subarray(start, end))) return false;
    return quickLook(buffer, viewOf(buffer), start, end, this.previousId, this.facts);
  }

  private addInFull(buffer: Buffer, start: number, end: number, offset: number, ended: boolean): void {
    const { totals, held } = this;
    const position = { line: totals.lines, offset, bytes: end - start };
    const bytes = buffer.subarray(start, end);
    let items = this.parse(bytes, position, ended);
    if (held.holds) {
      const next = items.find((item) => item.kind === "entry");
      const confirmed = next?.kind === "entry" && next.entry.parentId === held.facts.id.toString();
      if (confirmed) totals.addQuickEntry(held.facts, held.line, held.offset);
      else {
        this.addHeldInFull();
        items = this.parse(bytes, position, ended); // a header may have come to light
      }
    }
    held.holds = false;
    this.addItems(items, bytes);
  }

  private addHeldInFull(): void {
    const { buffer, start, end, offset, line } = this.held;
    const bytes = buffer.subarray(start, end);
    this.held.holds = false;
    this.addItems(this.parse(bytes, { line, offset, bytes: end - start }, true), bytes);
  }

  private parse(bytes: Buffer, position: Position, complete: boolean): TranscriptItem[] {
    const headerAbove = this.totals.header !== undefined;
    return parseLine(bytes, position, {
      complete,
      firstLine: position.line === 1,
      headerAbove,
      countsDamage: this.totals.countsProblems,
    });
  }

  /** `bytes`: of the line they stand on. */
  private addItems(items: readonly TranscriptItem[], bytes: Buffer): void {
    const spoken = items.find((item) => item.kind === "entry" && isSpoken(item.entry));
    if (spoken?.position.line !== undefined && this.masks.holdsMask(bytes, 0, bytes.length)) {
      this.totals.addMasked(spoken.position.line);
    }
    for (const item of items) {
      switch (item.kind) {
        case "header":
          this.totals.addHeader(item.header, item.position.line ?? 0);
          break;
        case "entry":
          this.totals.addEntry(factsOfEntry(item.entry), item.position.line ?? 0, item.position.offset);
          break;
        case "damage":
          this.totals.addProblem(item.problem);
      }
    }
    this.totals.readLatestId(this.previousId);
  }

  /** Once for the whole file: it was written or converted by something else than OpenClaw. */
  private tellCarriageReturns(offset: number): void {
    if (this.totals.hasCarriageReturns) return;
    if (this.held.holds) this.addHeldInFull(); // its problems come first
    this.totals.hasCarriageReturns = true;
    this.totals.addProblem({
      code: "line.carriage-returns",
      message: l10n.t("Lines end with a carriage return before the newline; they were read without it."),
      line: this.totals.lines,
      offset,
    });
  }
}

/** A line with the answer of a quick look that is still to be confirmed. */
class HeldLine {
  holds = false;
  facts = new QuickFacts();
  buffer: Buffer = nothing;
  start = 0;
  end = 0;
  offset = 0;
  line = 0;
  private memory: Buffer = nothing;

  hold(facts: QuickFacts, buffer: Buffer, start: number, end: number, offset: number, line: number): void {
    this.holds = true;
    this.facts = facts;
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.offset = offset;
    this.line = line;
  }

  /** The memory the line lies in is about to be used for something else. */
  keepCopy(): void {
    if (!this.holds || this.buffer === this.memory) return;
    const bytes = this.end - this.start;
    if (this.memory.length < bytes) this.memory = Buffer.allocUnsafeSlow(Math.max(bytes, 4096));
    this.buffer.copy(this.memory, 0, this.start, this.end);
    this.buffer = this.memory;
    this.start = 0;
    this.end = bytes;
  }
}

/** A message of a person, a model or a tool. */
function isSpoken(entry: TranscriptEntry): boolean {
  if (entry.type !== "message") return false;
  const { role } = entry.message;
  return role === "user" || role === "toolResult" || (role === "assistant" && !isMirror(entry.message));
}

function isSound(bytes: Buffer): boolean {
  return isUtf8(bytes) && bytes.indexOf(0) === -1;
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
