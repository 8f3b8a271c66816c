import type { RestoreFiles, WritableFile } from "../restoreFiles";
import type { JournalLine } from "../restoreJournal";
import { isSoundPlan } from "./soundPlan";

/** What a journal tells. */
export interface Journal {
  readonly lines: readonly JournalLine[];
  /** Lines in its middle that nobody wrote like this, from 1: the file was damaged. */
  readonly damaged: readonly number[];
  /** It ends in the middle of a line: what is added must begin a new one. */
  readonly torn: boolean;
}

/**
 * A line that was cut off is a line that was not written: the last one, or one with an empty line behind it (which is what
 * whoever goes on writes first). Any other that cannot be read is damage.
 */
export function parseJournal(text: string): Journal {
  const rows = text.split("\n");
  const last = rows.length - 1;
  const lines: JournalLine[] = [];
  const damaged: number[] = [];
  let torn = rows[last] !== "";
  rows.forEach((row, at) => {
    if (row === "") return;
    const line = parseLine(row);
    const cutOff = at === last;
    if (line !== undefined && !cutOff) lines.push(line);
    else if (cutOff || (at === last - 1 && rows[last] === "")) torn = true;
    else if (rows[at + 1] !== "") damaged.push(at + 1);
  });
  return { lines, damaged, torn };
}

export const emptyJournal: Journal = { lines: [], damaged: [], torn: false };

/** Adds lines to a journal, each on the disk before the next thing is done. */
export interface JournalWriter {
  /** What it tells by now. */
  readonly lines: readonly JournalLine[];
  write(line: JournalLine): Promise<void>;
  close(): Promise<void>;
}

export function openJournal(files: RestoreFiles, path: string, before: Journal): JournalWriter {
  let file: WritableFile | undefined;
  let unsure = before.torn;
  const lines = [...before.lines];
  return {
    lines,
    async write(line) {
      const text = `${unsure ? "\n\n" : ""}${JSON.stringify(line)}\n`;
      // Until it is on the disk, part of it may be: what comes next must not be joined to that.
      unsure = true;
      file ??= await files.append(path);
      await file.write(new TextEncoder().encode(text));
      await file.sync();
      unsure = false;
      lines.push(line);
    },
    async close() {
      const open = file;
      file = undefined;
      // Every line is on the disk already: nothing can get lost here.
      await open?.close().catch(() => undefined);
    },
  };
}

function parseLine(row: string): JournalLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch {
    return undefined;
  }
  return isJournalLine(value) ? value : undefined;
}

function isJournalLine(value: unknown): value is JournalLine {
  if (typeof value !== "object" || value === null) return false;
  const line = value as Readonly<Record<string, unknown>>;
  const isAt = typeof line["at"] === "number";
  switch (line["event"]) {
    case "planned":
      return isSoundPlan(line["plan"]) && typeof line["tool"] === "string";
    case "begun":
      return isAt;
    case "changing":
    case "changed":
      return typeof line["n"] === "number";
    case "verified":
      return isAt && isTexts(line["verified"]);
    case "finished":
    case "taken-back":
      return isAt && isTexts(line["notes"]);
    case "turned-back":
      return isAt && typeof line["why"] === "string";
    case "undone":
      return isAt && typeof line["by"] === "string";
    default:
      return false;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
