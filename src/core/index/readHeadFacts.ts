import * as l10n from "@vscode/l10n";
import type { FileHead } from "../conversation/model";
import { parseOpening } from "../conversation/opening";
import { type Line, splitLines } from "../jsonl/splitLines";
import type { FileName } from "../names/fileName";
import type { Problem } from "../problem";
import type { TranscriptEntry, TranscriptItem } from "../transcript/entry";
import { parseLine } from "../transcript/parseLine";
import { type FileEnds, linesWithin, unknownHead } from "./fileEnds";
import { readTrajectoryHead } from "./trajectoryHead";

/**
 * What the ends of a transcript or trajectory tell; enough to place the file before it is indexed. What lies beyond them stays
 * undefined. From a line that is longer than what was read, its head is taken: id and time stand there.
 */
export function readHeadFacts(ends: FileEnds, name: FileName): FileHead {
  if (ends.head.length === 0) return { ...unknownHead, problem: emptyFile() };
  return name.kind === "trajectory" ? readTrajectoryHead(ends) : readTranscriptHead(ends, isCompressed(name));
}

function readTranscriptHead({ head, tail }: FileEnds, compressed: boolean): FileHead {
  const lines = splitLines(head);
  const beginning = new Beginning(tail.length === 0 && !compressed);
  for (const [index, line] of lines.entries()) {
    beginning.add(line, index + 1);
    if (beginning.complete) break;
  }
  return {
    ...beginning.facts,
    lastAt: tail.length > 0 ? lastTimeOf(linesWithin(tail), tail) : lastTimeOfWhole(lines, compressed),
  };
}

/** Reads lines from the first one on, until all is known that a beginning tells. */
class Beginning {
  facts: FileHead = unknownHead;
  private sawEntry = false;
  private sawUser = false;

  /** `whole`: the lines are all there are; else what is cut off at the end is not damage of the file. */
  constructor(private readonly whole: boolean) {}

  get complete(): boolean {
    return this.sawUser && this.facts.firstAt !== undefined;
  }

  add(line: Line, number: number): void {
    const items = parsed(line, number, this.facts.headerId !== undefined);
    for (const item of items) {
      if (item.kind === "entry") this.addEntry(item.entry);
      else if (item.kind === "header" && this.facts.headerId === undefined) {
        const { id, at, version, cwd } = item.header;
        this.facts = { ...this.facts, headerId: id, headerAt: at, headerVersion: version, cwd };
      }
    }
    if (number === 1 && (line.ended || this.whole)) this.facts = { ...this.facts, problem: problemOf(items) };
    if (!line.ended && !items.some(({ kind }) => kind === "entry")) this.addCutLine(line);
  }

  private addEntry(entry: TranscriptEntry): void {
    const { facts } = this;
    this.facts = {
      ...facts,
      firstEntryId: this.sawEntry ? facts.firstEntryId : entry.id,
      firstAt: facts.firstAt ?? entry.at,
    };
    this.sawEntry = true;
    if (this.sawUser || entry.type !== "message" || entry.message.role !== "user") return;
    this.sawUser = true;
    const [first] = entry.message.blocks;
    if (first?.kind === "text") this.facts = { ...this.facts, opening: parseOpening(first.text) };
  }

  /** The line goes on beyond what was read, or is the half last line of the file. */
  private addCutLine(line: Line): void {
    const [, type, id, timestamp] = headOfEntry.exec(latin1(line.bytes, 0, 512)) ?? [];
    if (type === undefined || type === "session") return;
    const at = Date.parse(timestamp ?? "");
    this.facts = {
      ...this.facts,
      firstEntryId: this.sawEntry ? this.facts.firstEntryId : id,
      firstAt: this.facts.firstAt ?? (Number.isNaN(at) ? undefined : at),
    };
    this.sawEntry = true;
  }
}

const headOfEntry = /^\{"type":"([^"\\]+)","id":"([^"\\]+)","parentId":(?:null|"[^"\\]*"),"timestamp":"([^"\\]+)"/;
const tailOfMessage = /"timestamp":(\d{13})(?:,"[^"\\]*":(?:"[^"\\]*"|\{[^{}]*\}))*\}\}\s*$/;

function lastTimeOfWhole(lines: readonly Line[], compressed: boolean): number | undefined {
  // The beginning of a compressed file ends anywhere; what a last line without newline says is not its end.
  return compressed && lines.at(-1)?.ended === false ? undefined : lastTimeOf(lines, undefined);
}

/** The time of the last entry that has one; of a line longer than `tail`, that of the message in it. */
function lastTimeOf(lines: readonly Line[], tail: Uint8Array | undefined): number | undefined {
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    const at = line && timesOf(parsed(line, undefined, true)).at(-1);
    if (at !== undefined) return at;
  }
  if (!tail) return undefined;
  const [, milliseconds] = tailOfMessage.exec(latin1(tail, tail.length - 512, tail.length)) ?? [];
  return milliseconds === undefined ? undefined : Number(milliseconds);
}

function timesOf(items: readonly TranscriptItem[]): number[] {
  return items.flatMap((item) => (item.kind === "entry" && item.entry.at !== undefined ? [item.entry.at] : []));
}

function parsed(line: Line, number: number | undefined, headerAbove: boolean): TranscriptItem[] {
  const position = { line: number, offset: line.offset, bytes: line.length };
  return parseLine(line.bytes, position, { complete: line.ended, firstLine: number === 1, headerAbove });
}

function problemOf(items: readonly TranscriptItem[]): Problem | undefined {
  for (const item of items) if (item.kind === "damage") return item.problem;
  return undefined;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1", Math.max(0, from), to);
}

function isCompressed(name: FileName): boolean {
  return name.kind === "archive" && name.zst;
}

function emptyFile(): Problem {
  return { code: "file.empty", message: l10n.t("The file is empty."), line: 1, offset: 0 };
}
