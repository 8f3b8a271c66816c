import type { FileName } from "../names/fileName";
import { parseFileName } from "../names/parseFileName";

/**
 * Names in the folder of kept copies. A copy is called as its original was, and `2~<original>`, `3~…` where copies of one name
 * differ: a live transcript that was kept twice. What stands at the end of a name, `.zst` above all, stays there.
 */

/** Bytes of UTF-8: file systems take 255, and names of records and temporary files are longer than the copy's. */
const LONGEST_NAME = 200;
const RECORD = ".kept.json";
const TEMPORARY = /^\.keeping-(\d{13})-[0-9a-f-]{36}\.tmp$/;

/** The names a copy may get, in the order in which they are tried. */
export function nameFor(original: string, attempt: number): string {
  const name = shortEnough(original);
  return attempt < 2 ? name : `${attempt}~${name}`;
}

/** Of a copy: where its record is. */
export function recordName(copy: string): string {
  return copy + RECORD;
}

/** The copy that a record tells of; undefined for what is no record's name. */
export function copyOfRecord(base: string): string | undefined {
  return base.endsWith(RECORD) && base.length > RECORD.length ? base.slice(0, -RECORD.length) : undefined;
}

/** `2~a.jsonl` → `a.jsonl`. */
export function originalOf(base: string): string {
  return base.replace(/^[1-9]\d{0,3}~/, "");
}

/** By the grammar of names, as the original; only transcripts and run traces are shown. */
export function parseKeptName(base: string): FileName {
  if (isAside(base)) return { kind: "side", base, role: "temporary" };
  const name = parseFileName(originalOf(base));
  return { ...name, base };
}

/** @param nonce a UUID */
export function temporaryName(now: number, nonce: string): string {
  return `.keeping-${Math.trunc(now).toString().padStart(13, "0")}-${nonce}.tmp`;
}

/** When a temporary file of ours was begun, epoch ms; undefined for every other name. */
export function temporaryBegun(base: string): number | undefined {
  const at = TEMPORARY.exec(base)?.[1];
  return at === undefined ? undefined : Number(at);
}

/** Name for a damaged record that is moved aside. */
export function damagedName(record: string, nonce: string): string {
  return `${record}.damaged-${nonce}`;
}

/** No copy: a record, a damaged one, a temporary file. */
function isAside(base: string): boolean {
  return copyOfRecord(base) !== undefined || /\.kept\.json\.damaged-[0-9a-f-]{36}$/.test(base) || base.startsWith(".");
}

/** The end tells what a file is, the beginning whose. What is cut out is in the record. */
function shortEnough(name: string): string {
  const bytes = new TextEncoder();
  if (bytes.encode(name).length <= LONGEST_NAME) return name;
  const letters = Array.from(name);
  const end = letters.slice(-80);
  while (bytes.encode(end.join("")).length > LONGEST_NAME / 2) end.shift();
  const begin = letters.slice(0, 80);
  while (bytes.encode(begin.join("")).length > LONGEST_NAME / 2 - 3) begin.pop();
  return `${begin.join("")}…${end.join("")}`;
}
