import type { Ending } from "../conversation/model";
import type { Line } from "../jsonl/splitLines";
import { isMirror, type MessageEntry, type TranscriptEntry } from "../transcript/entry";
import { topicOfError } from "../transcript/errorWordings";
import { parseLine } from "../transcript/parseLine";
import { speakerOf } from "../transcript/speaker";

/** The end of a transcript: what it tells, and the time of the last entry that has one (epoch ms). */
export interface ReadEnding {
  readonly ending: Ending;
  readonly lastAt: number | undefined;
}

/**
 * Reads lines from the last one back. Nearly always the last answer stands among the last few; of those before only the lines
 * are parsed that may be a person's, and compactions are counted by how they begin. `from`: byte offset of the first line's
 * bytes in the file, where it is known.
 */
export function readEnding(lines: readonly Line[], from: number | undefined): ReadEnding {
  const found = new Found();
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (!line) continue;
    if (!found.needs(line.bytes)) {
      if (isCompaction(line.bytes)) found.compactions++;
      continue;
    }
    const position = { line: undefined, offset: line.offset, bytes: line.length };
    const items = parseLine(line.bytes, position, { complete: line.ended, firstLine: false, headerAbove: true });
    for (const item of items.reverse()) {
      if (item.kind === "entry") found.add(item.entry, from === undefined ? undefined : from + line.offset);
    }
  }
  return { ending: found.ending(), lastAt: found.lastAt };
}

class Found {
  compactions = 0;
  lastAt: number | undefined;
  private sawEntry = false;
  private offset: number | undefined;
  private message: MessageEntry | undefined;
  private answer: MessageEntry | undefined;
  private lastUserAt: number | undefined;

  /** Whether a line has to be parsed for what is not known yet. */
  needs(bytes: Uint8Array): boolean {
    if (!this.sawEntry || this.lastAt === undefined || !this.message) return true;
    if (!beginsWith(bytes, RECORD)) return true;
    if (this.lastUserAt === undefined && includes(bytes, USER)) return true;
    return !this.answer && includes(bytes, ASSISTANT);
  }

  /** Entries come from the last one back. */
  add(entry: TranscriptEntry, offset: number | undefined): void {
    if (!this.sawEntry) this.offset = offset;
    this.sawEntry = true;
    this.lastAt ??= entry.at;
    if (entry.type === "compaction") this.compactions++;
    if (entry.type !== "message") return;
    const { message } = entry;
    this.message ??= entry;
    if (message.role === "assistant" && !isMirror(message)) this.answer ??= entry;
    if (message.role === "user" && this.lastUserAt === undefined && speakerOf(entry).kind === "user") {
      this.lastUserAt = entry.at;
    }
  }

  ending(): Ending {
    const speaker = this.message && speakerOf(this.message).kind;
    const answer = this.answer?.message.role === "assistant" ? this.answer.message : undefined;
    const { usage, errorMessage } = answer ?? {};
    const failed = answer?.stopReason === "error" || errorMessage !== undefined;
    return {
      speaker,
      stopReason: answer?.stopReason,
      error: failed ? (topicOfError(errorMessage ?? "") ?? "other") : undefined,
      inputTokens: usage && usage.input + usage.cacheRead + usage.cacheWrite,
      unanswered: speaker === "user",
      compactions: this.compactions,
      lastUserAt: this.lastUserAt,
      offset: this.offset,
    };
  }
}

/** How all records begin that OpenClaw writes. */
const RECORD = Buffer.from('{"type":"');
const COMPACTION = Buffer.from('{"type":"compaction"');
const USER = Buffer.from('"role":"user"');
const ASSISTANT = Buffer.from('"role":"assistant"');

function isCompaction(bytes: Uint8Array): boolean {
  return beginsWith(bytes, COMPACTION);
}

function beginsWith(bytes: Uint8Array, beginning: Buffer): boolean {
  return beginning.equals(bytes.subarray(0, beginning.length));
}

function includes(bytes: Uint8Array, piece: Buffer): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(piece);
}
