import * as l10n from "@vscode/l10n";
import type { FileHead } from "../conversation/model";
import { openingOf } from "../conversation/opening";
import { type Line, splitLines } from "../jsonl/splitLines";
import type { FileName } from "../names/fileName";
import type { Problem } from "../problem";
import { isMirror, type Message, type TranscriptEntry, type TranscriptItem } from "../transcript/entry";
import { parseLine } from "../transcript/parseLine";
import { leadingText } from "../transcript/speaker";
import { resetReplies } from "../transcript/wordings";
import { cutUserMessage } from "./cutMessage";
import { type FileEnds, linesWithin, unknownHead } from "./fileEnds";
import { readEnding, type ReadEnding } from "./readEnding";
import { readTrajectoryHead } from "./trajectoryHead";

/**
 * What the ends of a transcript or trajectory tell; enough to place the file before it is indexed. What lies beyond them stays
 * undefined. From a line that is longer than what was read, its head is taken: id and time stand there.
 */
export function readHeadFacts(ends: FileEnds, name: FileName): FileHead {
  if (ends.head.length === 0) return { ...unknownHead, problem: emptyFile() };
  return name.kind === "trajectory" ? readTrajectoryHead(ends) : readTranscriptHead(ends, isCompressed(name));
}

/** So many replayed messages are counted: OpenClaw puts in at most six, others that are older than their header are of forks. */
const MOST_REPLAYED = 16;
/** Messages that are older than their header by more are looked at, ms. */
const REPLAYED_BEFORE = 1_000;
/** The message that a turn began with may itself be up to 3 s older (recorded with 2026.7.35); by more than this it is not, ms. */
const TURN_BEFORE = 60_000;

function readTranscriptHead({ head, tail, tailAt }: FileEnds, compressed: boolean): FileHead {
  const lines = splitLines(head);
  const beginning = new Beginning(tail.length === 0 && !compressed);
  for (const [index, line] of lines.entries()) {
    beginning.add(line, index + 1);
    if (beginning.complete) break;
  }
  const end = tail.length > 0 ? readEnding(linesWithin(tail), tailAt) : endingOfWhole(lines, compressed);
  return {
    ...beginning.facts,
    lastAt: end?.lastAt ?? (tail.length > 0 ? lastMessageTime(tail) : undefined),
    ending: end?.ending,
  };
}

/** Reads lines from the first one on, until all is known that a beginning tells. */
class Beginning {
  facts: FileHead = unknownHead;
  private sawEntry = false;
  private sawMessage = false;
  private sawUser = false;
  /** It began with a typed command (2026.7.1+): whether that was obeyed is told by what follows at once. */
  private awaitsAnswer = false;
  /** A message that is not older than the header. */
  private sawFresh = false;
  private older = 0;
  /** Of those: up to the last that is an answer, or older than the turn that the header was written in can be. */
  private replayed = 0;

  /** `whole`: the lines are all there are; else what is cut off at the end is not damage of the file. */
  constructor(private readonly whole: boolean) {}

  get complete(): boolean {
    const { sawUser, awaitsAnswer, sawFresh, older } = this;
    return sawUser && !awaitsAnswer && this.facts.firstAt !== undefined && (sawFresh || older === MOST_REPLAYED);
  }

  add(line: Line, number: number): void {
    const items = parsed(line, number, this.facts.headerId !== undefined);
    for (const item of items) {
      if (item.kind === "entry") this.addEntry(item.entry, { line: number, offset: line.offset });
      else if (item.kind === "header" && this.facts.headerId === undefined) {
        const { id, at, version, cwd } = item.header;
        this.facts = { ...this.facts, headerId: id, headerAt: at, headerVersion: version, cwd };
      }
    }
    if (number === 1 && (line.ended || this.whole)) this.facts = { ...this.facts, problem: problemOf(items) };
    if (!line.ended && !items.some(({ kind }) => kind === "entry")) this.addCutLine(line, number);
  }

  private addEntry(entry: TranscriptEntry, place: Place): void {
    const { facts } = this;
    this.facts = {
      ...facts,
      firstEntryId: this.sawEntry ? facts.firstEntryId : entry.id,
      firstAt: facts.firstAt ?? entry.at,
    };
    this.sawEntry = true;
    if (entry.type !== "message") return;
    if (!this.sawMessage || this.awaitsAnswer) this.facts = { ...this.facts, announced: announcedBy(entry.message) };
    this.sawMessage = true;
    this.awaitsAnswer = false;
    this.addMessage(entry.message, entry.at);
    if (this.sawUser || entry.message.role !== "user") return;
    this.sawUser = true;
    const opening = openingOf(entry, place);
    this.awaitsAnswer = opening.typedCommand !== undefined && this.facts.announced === undefined;
    this.facts = { ...this.facts, opening };
  }

  private addMessage(message: Message, entryAt: number | undefined): void {
    const { headerAt } = this.facts;
    const at = message.at ?? entryAt;
    if (headerAt === undefined || at === undefined || at >= headerAt - REPLAYED_BEFORE) this.sawFresh = true;
    if (!this.sawFresh && this.older < MOST_REPLAYED) {
      this.older++;
      const isBefore = headerAt !== undefined && at !== undefined && at < headerAt - TURN_BEFORE;
      if (isBefore || message.role === "assistant") this.replayed = this.older;
    }
    this.facts = { ...this.facts, replayed: this.replayed };
  }

  /** The line goes on beyond what was read, or is the half last line of the file. */
  private addCutLine(line: Line, number: number): void {
    const [, type, id, timestamp] = headOfEntry.exec(latin1(line.bytes, 0, 512)) ?? [];
    if (type === undefined || type === "session") return;
    const at = Date.parse(timestamp ?? "");
    this.facts = {
      ...this.facts,
      firstEntryId: this.sawEntry ? this.facts.firstEntryId : id,
      firstAt: this.facts.firstAt ?? (Number.isNaN(at) ? undefined : at),
    };
    this.sawEntry = true;
    const cut = this.sawUser || type !== "message" ? undefined : cutUserMessage(line.bytes, timestamp);
    if (!cut) return;
    this.sawUser = true;
    this.facts = { ...this.facts, opening: openingOf(cut, { line: number, offset: line.offset }) };
  }
}

/** What the gateway itself wrote. Copies of what was sent to a channel are mirrors too, and may hold a model's words. */
function announcedBy(message: Message): FileHead["announced"] {
  if (message.role !== "assistant" || !isMirror(message) || message.model !== "gateway-injected") return undefined;
  const text = leadingText(message).trim();
  return resetReplies.find(({ pattern }) => pattern.test(text))?.command;
}

interface Place {
  readonly line: number;
  readonly offset: number;
}

const headOfEntry = /^\{"type":"([^"\\]+)","id":"([^"\\]+)","parentId":(?:null|"[^"\\]*"),"timestamp":"([^"\\]+)"/;
const tailOfMessage = /"timestamp":(\d{13})(?:,"[^"\\]*":(?:"[^"\\]*"|\{[^{}]*\}))*\}\}\s*$/;

function endingOfWhole(lines: readonly Line[], compressed: boolean): ReadEnding | undefined {
  // The beginning of a compressed file ends anywhere; what a last line without newline says is not its end.
  return compressed && lines.at(-1)?.ended === false ? undefined : readEnding(lines, 0);
}

/** Of a last line that is longer than the tail: the time of the message in it. */
function lastMessageTime(tail: Uint8Array): number | undefined {
  const [, milliseconds] = tailOfMessage.exec(latin1(tail, tail.length - 512, tail.length)) ?? [];
  return milliseconds === undefined ? undefined : Number(milliseconds);
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
