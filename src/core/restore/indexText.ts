import { Buffer } from "node:buffer";
import {
  editMembers,
  innerStyle,
  type JsonStyle,
  type MemberEdit,
  membersOf,
  openClawStyle,
  styleOf,
} from "./editMembers";
import { JsonScanner } from "../store/jsonScanner";
import { type JsonMember, type JsonMembers, readJsonMembers } from "./jsonMembers";

/** OpenClaw's index as bytes, with the place of every entry. */
export interface IndexText {
  readonly bytes: Uint8Array;
  readonly object: JsonMembers;
}

/** Why an index cannot be edited without changing what is not ours. Lines from 1. */
export type IndexRefusal =
  | { readonly why: "not-json"; readonly line: number | undefined }
  | { readonly why: "not-object" }
  | { readonly why: "duplicate-key"; readonly key: string };

/** A field of an entry and what it is to be; undefined: it goes. */
export interface FieldEdit {
  readonly name: string;
  readonly value: unknown;
}

/** What becomes of one entry. Edits of an entry that does not exist (or is no object) make a new one of their values. */
export type IndexEdit =
  | { readonly key: string; readonly edits: readonly FieldEdit[] }
  /** The entry `like`, edited, as a new entry. */
  | { readonly key: string; readonly like: string; readonly edits: readonly FieldEdit[] }
  | { readonly key: string; readonly removed: true };

/** `bytes` undefined or empty: there is no index yet, and the first entry makes one as OpenClaw writes it. */
export function openIndex(bytes: Uint8Array | undefined): IndexText | IndexRefusal {
  const read = readJsonMembers(bytes ?? new Uint8Array(0));
  switch (read.kind) {
    case "empty":
      return { bytes: nothing, object: { open: 1, close: 1, members: [] } };
    case "other":
      return { why: "not-object" };
    case "broken":
      return { why: "not-json", line: read.deviation?.line };
    case "object": {
      const twice = duplicateOf(read.object.members);
      // OpenClaw reads the last of the two and drops the others with its next write: which one is meant is for people to say.
      if (twice !== undefined) return { why: "duplicate-key", key: twice };
      return { bytes: bytes ?? nothing, object: read.object };
    }
  }
}

/** The text of an entry, byte for byte. */
export function entryBytes({ bytes, object }: IndexText, key: string): Uint8Array | undefined {
  const member = object.members.find(({ name }) => name === key);
  return member && bytes.subarray(member.valueStart, member.valueEnd);
}

/** The same parsed; undefined when there is none, or it is no object. */
export function entryFields(index: IndexText, key: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = entryBytes(index, key);
  return bytes && fieldsOf(bytes);
}

/** Whether a value nests deeper than any entry that OpenClaw wrote; what takes such a value apart runs out of stack. */
export function isDeep(value: Uint8Array): boolean {
  let deepest = 0;
  const nothingToDo = (): void => undefined;
  const listener = { keyStart: nothingToDo, keyEnd: nothingToDo, valueEnd: nothingToDo };
  const valueStart = (depth: number): void => {
    if (depth > deepest) deepest = depth;
  };
  new JsonScanner({ ...listener, valueStart }, MOST_DEPTH + 1).push(value);
  return deepest > MOST_DEPTH;
}

const MOST_DEPTH = 200;

/**
 * The index with some entries changed and nothing else: what is not named keeps its bytes, and so do the fields of an entry that
 * are not named. Reads its own result and throws when it does not say exactly what was asked for.
 */
export function editIndex(index: IndexText, edits: readonly IndexEdit[]): IndexText {
  const style = styleOf(index.bytes, index.object, openClawStyle);
  const members = edits.map((edit): MemberEdit => {
    if ("removed" in edit) return { name: edit.key, to: undefined };
    return {
      name: edit.key,
      to: editedEntry(entryBytes(index, "like" in edit ? edit.like : edit.key), edit.edits, style),
    };
  });
  const after = openIndex(editMembers(index.bytes, index.object, members));
  if ("why" in after) throw new Error(`The edited index cannot be read back: ${after.why}.`);
  verify(index, edits, after);
  return after;
}

const nothing = new TextEncoder().encode("{}");

function editedEntry(
  before: Uint8Array | undefined,
  edits: readonly FieldEdit[],
  style: JsonStyle,
): { readonly json: unknown } | { readonly bytes: Uint8Array } {
  const object = before && membersOf(before);
  if (before === undefined || object === undefined) return { json: newEntry(edits) };
  const fields = edits.map(({ name, value }): MemberEdit => ({
    name,
    to: value === undefined ? undefined : { json: value },
  }));
  return { bytes: editMembers(before, object, fields, innerStyle(style)) };
}

function newEntry(edits: readonly FieldEdit[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(edits.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

function duplicateOf(members: readonly JsonMember[]): string | undefined {
  const seen = new Set<string>();
  for (const { name } of members) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

function verify(before: IndexText, edits: readonly IndexEdit[], after: IndexText): void {
  const edited = new Map(edits.map((edit) => [edit.key, edit]));
  const others = [before, after].map(({ bytes, object }) =>
    object.members
      .filter(({ name }) => !edited.has(name))
      .map(({ keyStart, valueEnd }) => bytes.subarray(keyStart, valueEnd)),
  );
  const [was = [], is = []] = others;
  if (was.length !== is.length || was.some((bytes, n) => !isSame(bytes, is[n]))) {
    throw new Error("The edited index differs in an entry that was not to be changed.");
  }
  for (const edit of edited.values()) verifyEntry(before, after, edit);
}

function verifyEntry(before: IndexText, after: IndexText, edit: IndexEdit): void {
  const is = entryFields(after, edit.key);
  if ("removed" in edit) {
    if (entryBytes(after, edit.key) !== undefined) throw new Error("An entry that was to be removed is still there.");
    return;
  }
  const fields = new Map(Object.entries(entryFields(before, "like" in edit ? edit.like : edit.key) ?? {}));
  for (const { name, value } of edit.edits) {
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
  }
  if (is === undefined || JSON.stringify(Object.fromEntries(fields)) !== JSON.stringify(is)) {
    throw new Error("The edited entry does not say what was asked for.");
  }
}

function fieldsOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = JSON.parse(decoder.decode(bytes));
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}

const decoder = new TextDecoder();
