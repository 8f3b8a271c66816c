import { isUtf8 } from "node:buffer";
import { isJsonObject } from "../config/jsonObject";
import type { Position, TranscriptItem } from "./entry";
import { LineDamage } from "./lineDamage";
import { NEWEST_VERSION, parseEntry, parseHeader } from "./parseEntry";
import { textOf } from "./parseField";
import { recordTexts } from "./recordTexts";

export interface ParseLineOptions {
  /** False for the last line of a file when no `\n` follows it: it may still be growing. */
  readonly complete: boolean;
  /** The first line of the file, where the header belongs. */
  readonly firstLine: boolean;
  /** Whether a header was seen above; when left out, it is taken to stand in the first line. */
  readonly headerAbove?: boolean;
  /** Damage is only counted: its items have a code and no words. A file may have a hundred thousand damaged lines. */
  readonly countsDamage?: boolean;
}

/**
 * What one line of a transcript says: none for an empty line, one item for a sound one; of a damaged line everything that
 * can be read, and the damage as further items. Never throws, whatever the bytes are.
 *
 * Not called for a line longer than MAX_LINE_BYTES: see `parseLongLine`.
 */
export function parseLine(bytes: Uint8Array, position: Position, options: ParseLineOptions): TranscriptItem[] {
  const line = trimmed(bytes);
  if (line.length === 0) return [];
  const damage = new LineDamage(line, position, options.countsDamage);

  let rest = line;
  if (line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf) {
    damage.byteOrderMark();
    rest = line.subarray(3);
  }
  if (!isUtf8(rest)) damage.invalidUtf8();
  const nulBytes = count(rest, 0);
  if (nulBytes > 0) damage.nulBytes(nulBytes);

  // Buffer's decoder puts U+FFFD where bytes are invalid.
  const text = Buffer.from(rest.buffer, rest.byteOffset, rest.byteLength).toString("utf8");
  const items: TranscriptItem[] = [];
  for (const record of recordTexts(text, options.countsDamage)) {
    if (record.kind === "unread") {
      damage.unreadRest(Buffer.byteLength(record.text));
      continue;
    }
    if (record.kind === "broken") {
      damage.broken(record, options.complete);
      continue;
    }
    if (record.escaped) damage.rawControlCharacters();
    items.push(
      ...itemsOf(record.value, position, damage, { ...options, firstLine: options.firstLine && items.length === 0 }),
    );
    if (items.length > 1) damage.secondRecord();
  }
  return [...items, ...damage.items];
}

/** A line that is too long to be parsed is an item with its size and its beginning. */
export function parseLongLine(first: Uint8Array, position: Position): TranscriptItem[] {
  const damage = new LineDamage(first, position);
  damage.tooLong();
  return damage.items;
}

function itemsOf(value: unknown, position: Position, damage: LineDamage, options: ParseLineOptions): TranscriptItem[] {
  if (!isJsonObject(value)) {
    damage.notObject();
    return [];
  }
  const type = textOf(value["type"]);
  if (type === "session") {
    const header = parseHeader(value);
    if (header) {
      if (!options.firstLine) damage.headerNotFirst(options.headerAbove ?? true);
      if (!Number.isInteger(header.version) || header.version < 1 || header.version > NEWEST_VERSION) {
        damage.unknownVersion(header.version);
      }
      return [{ kind: "header", position, header }];
    }
  }
  if (options.firstLine) damage.headerMissing();
  const entry = parseEntry(value);
  if (entry.type === "unknown" && (type === undefined || type === "message" || type === "session"))
    damage.unknownLayout();
  return [{ kind: "entry", position, entry }];
}

/** Without white space around it. `\r` at the end is what CRLF leaves of its newline; the index reports that once per file. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let start = 0;
  let end = bytes.length;
  while (end > start && isWhiteSpace(bytes[end - 1])) end--;
  while (start < end && isWhiteSpace(bytes[start])) start++;
  return bytes.subarray(start, end);
}

function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;
}

function count(bytes: Uint8Array, wanted: number): number {
  let found = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) found++;
  return found;
}
