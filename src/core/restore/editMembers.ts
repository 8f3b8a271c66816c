import { type JsonMembers, readJsonMembers } from "./jsonMembers";

/** What one member is to be; `json` is written in the style of its surroundings, `bytes` as they are. */
export type MemberEdit =
  | { readonly name: string; readonly to: { readonly json: unknown } }
  | { readonly name: string; readonly to: { readonly bytes: Uint8Array } }
  | { readonly name: string; readonly to: undefined };

/** How an object is written down: learned from what is there. */
export interface JsonStyle {
  /** Of what stands in the object: `\n` or `\r\n` and the indentation; empty when it is all on one line. */
  readonly line: string;
  /** In front of its `}`. */
  readonly lastLine: string;
  /** One step of indentation. */
  readonly unit: string;
  /** Between key and value: `: `, `:`. */
  readonly colon: string;
  /** Between two members: a comma and what follows it. */
  readonly comma: string;
}

/** As `JSON.stringify(…, null, 2)` writes the outermost object, and so OpenClaw its index. */
export const openClawStyle: JsonStyle = { line: "\n  ", lastLine: "\n", unit: "  ", colon: ": ", comma: ",\n  " };

/**
 * Changes some members of an object and leaves every other byte as it is: order, spelling of numbers, white space. A new member
 * goes to the end, in the style of those before it. Of members with one name the last is changed, since JSON.parse takes that
 * one, and all are removed. `object` must be of these very bytes.
 */
export function editMembers(
  bytes: Uint8Array,
  object: JsonMembers,
  edits: readonly MemberEdit[],
  otherwise: JsonStyle = openClawStyle,
): Uint8Array {
  const style = styleOf(bytes, object, otherwise);
  const wanted = new Map(edits.map((edit) => [edit.name, edit.to]));
  const last = new Map(object.members.map((member) => [member.name, member]));
  const kept = object.members.flatMap((member, at) =>
    wanted.has(member.name) && wanted.get(member.name) === undefined
      ? []
      : [{ member, before: object.members[at - 1] }],
  );
  const added = [...wanted].flatMap(([name, to]) => (to === undefined || last.has(name) ? [] : [{ name, to }]));

  const pieces: Uint8Array[] = [bytes.subarray(0, object.open)];
  kept.forEach(({ member, before }, n) => {
    pieces.push(n === 0 ? firstGap(bytes, object) : bytes.subarray(before?.valueEnd, member.keyStart));
    const to = last.get(member.name) === member ? wanted.get(member.name) : undefined;
    if (to === undefined) pieces.push(bytes.subarray(member.keyStart, member.valueEnd));
    else pieces.push(bytes.subarray(member.keyStart, member.valueStart), valueBytes(to, style));
  });
  added.forEach(({ name, to }, n) => {
    const isFirst = kept.length === 0 && n === 0;
    pieces.push(encode(`${isFirst ? style.line : style.comma}${JSON.stringify(name)}${style.colon}`));
    pieces.push(valueBytes(to, style));
  });
  pieces.push(endOf(bytes, object, kept.length + added.length, style), bytes.subarray(object.close));
  return joined(pieces);
}

/** The style of an object that has members; of one that has none, as it is said. */
export function styleOf(bytes: Uint8Array, { open, close, members }: JsonMembers, otherwise: JsonStyle): JsonStyle {
  const [first, second] = members;
  const end = members.at(-1);
  if (first === undefined || end === undefined) return otherwise;
  const line = text(bytes, open, first.keyStart);
  const lastLine = text(bytes, end.valueEnd, close);
  const [inner, outer] = [afterNewline(line), afterNewline(lastLine)];
  const unit = inner !== undefined && outer !== undefined && inner.startsWith(outer) ? inner.slice(outer.length) : "";
  return {
    line,
    lastLine,
    unit: unit === "" ? "  " : unit,
    colon: text(bytes, first.keyEnd, first.valueStart),
    comma: second === undefined ? `,${line}` : text(bytes, first.valueEnd, second.keyStart),
  };
}

/** The style of a new object that is a value in this one. */
export function innerStyle({ line, unit, colon }: JsonStyle): JsonStyle {
  const inner = line.includes("\n") ? `${line}${unit}` : line;
  return { line: inner, lastLine: line, unit, colon, comma: `,${inner}` };
}

/** The members of a value that is an object; undefined for every other value. */
export function membersOf(value: Uint8Array): JsonMembers | undefined {
  const read = readJsonMembers(value);
  return read.kind === "object" ? read.object : undefined;
}

/** The first of those that stay gets what stood before the very first, without a comma. */
function firstGap(bytes: Uint8Array, { open, members }: JsonMembers): Uint8Array {
  return bytes.subarray(open, members[0]?.keyStart);
}

function endOf(bytes: Uint8Array, { open, close, members }: JsonMembers, count: number, style: JsonStyle): Uint8Array {
  const end = members.at(-1);
  if (count === 0) return end === undefined ? bytes.subarray(open, close) : new Uint8Array(0);
  return end === undefined ? encode(style.lastLine) : bytes.subarray(end.valueEnd, close);
}

function valueBytes(to: { readonly json: unknown } | { readonly bytes: Uint8Array }, style: JsonStyle): Uint8Array {
  if ("bytes" in to) return to.bytes;
  if (!style.line.includes("\n")) return encode(JSON.stringify(to.json));
  return encode(JSON.stringify(to.json, null, style.unit).replaceAll("\n", style.line));
}

/** The indentation behind the last line break; undefined when there is none. */
function afterNewline(gap: string): string | undefined {
  const at = gap.lastIndexOf("\n");
  return at === -1 ? undefined : gap.slice(at + 1);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}

function encode(value: string): Uint8Array {
  return encoder.encode(value);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
