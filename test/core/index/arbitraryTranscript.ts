import fc from "fast-check";
import { type Fields, id, lookAlike, own, record, time, usually } from "./arbitraryRecord";

/**
 * Transcripts: records in order, put into words in more than one way, and with all the damage that a crash or an editor leaves.
 */
export interface Transcript {
  readonly bytes: Buffer;
  /** Where to cut it into chunks: any numbers. */
  readonly cuts: readonly number[];
}

type Order = "as written" | "ids last" | "reversed" | "rotated";

interface Layout {
  readonly rootOrder: Order;
  readonly messageOrder: Order;
  readonly extra: unknown;
  readonly spaces: "none" | "behind" | "around";
  readonly escapes: boolean;
}

const orders = ["ids last", "reversed", "rotated"] as const;
const layout: fc.Arbitrary<Layout> = fc.record({
  rootOrder: usually<Order>(12, fc.constant("as written"), fc.constantFrom(...orders)),
  messageOrder: usually<Order>(20, fc.constant("as written"), fc.constantFrom(...orders)),
  extra: usually<unknown>(8, fc.constant(undefined), lookAlike),
  spaces: usually<Layout["spaces"]>(20, fc.constant("none"), fc.constantFrom("behind", "around")),
  escapes: usually(30, fc.constant(false), fc.constant(true)),
});

const damages = [
  "half, no newline",
  "half, no newline",
  "no newline",
  "half",
  "twice",
  "NULs before",
  "NULs inside",
  "NULs behind",
  "a line of NULs",
  "invalid UTF-8",
  "carriage return",
  "byte order mark",
  "empty line",
  "not JSON",
  "not an object",
] as const;
type Damage = (typeof damages)[number] | "none";

type Parent = "previous" | "null" | "earlier" | "unknown" | "absent";

interface Step {
  readonly record: Fields;
  readonly id: string;
  readonly timestamp: unknown;
  readonly parent: Parent;
  readonly layout: Layout;
  readonly damage: Damage;
  /** Decides where: any number. */
  readonly at: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  record,
  id,
  timestamp: time,
  parent: usually<Parent>(12, fc.constant("previous"), fc.constantFrom("null", "earlier", "unknown", "absent")),
  layout,
  damage: usually<Damage>(9, fc.constant("none"), fc.constantFrom(...damages)),
  at: fc.nat(100_000),
});

const header = '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:02.556Z","cwd":"/w"}\n';

export const arbitraryTranscript: fc.Arbitrary<Transcript> = fc
  .record({
    beginning: usually(6, fc.constant(header), fc.constantFrom('{"type":"session","id":"s1"}\r\n', "")),
    steps: fc.array(step, { maxLength: 12 }),
    lastNewline: usually(6, fc.constant(true), fc.constant(false)),
    cuts: fc.oneof(fc.constant([]), fc.array(fc.nat(6_000), { maxLength: 4 })),
  })
  .map(({ beginning, steps, lastNewline, cuts }) => {
    const bytes = Buffer.concat([Buffer.from(beginning), ...written(steps)]);
    const cutOff = !lastNewline && bytes.at(-1) === 0x0a;
    const transcript = { bytes: cutOff ? bytes.subarray(0, -1) : bytes, cuts };
    return { ...transcript, [fc.toStringMethod]: () => drawn(transcript) };
  });

/** As text, for the report of a failing property. */
function drawn({ bytes, cuts }: Transcript): string {
  return `cut at [${cuts.join()}]:\n${bytes.toString("utf8").replaceAll("\0", "␀").replaceAll("\r", "␍")}<end>`;
}

function written(steps: readonly Step[]): Buffer[] {
  const ids: string[] = [];
  let readable: string | null = null;
  return steps.map((each) => {
    const line = lineOf(each, readable, ids);
    // Whoever writes on has read the file: what is left as half a record is never named as a parent.
    const isHalf = each.damage === "half" || each.damage === "half, no newline";
    if (!isHalf && each.record["type"] !== "session") {
      readable = each.id;
      ids.push(each.id);
    }
    return damaged(Buffer.from(line), each);
  });
}

function lineOf(
  { record, id, timestamp, parent, layout, at }: Step,
  previous: string | null,
  ids: readonly string[],
): string {
  const parents: Record<Parent, string | null | undefined> = {
    previous,
    null: null,
    earlier: ids[at % Math.max(1, ids.length)] ?? null,
    unknown: "ffffffff",
    absent: undefined,
  };
  const known: Fields = { ID: id, PARENT: parents[parent], TIME: timestamp };
  const fields: Fields = {};
  for (const [name, value] of Object.entries(record)) {
    fields[name] = typeof value === "string" && value in known ? known[value] : value;
  }
  if (layout.extra !== undefined) fields["extra"] = layout.extra;
  const { message } = fields;
  if (typeof message === "object" && message !== null) {
    fields["message"] = reordered(message as Fields, layout.messageOrder);
  }
  const json = JSON.stringify(reordered(fields, layout.rootOrder));
  const spaced = layout.spaces === "none" ? json : withSpaces(json, layout.spaces);
  return layout.escapes ? spaced.replaceAll("a", "\\u0061") : spaced;
}

function withSpaces(json: string, spaces: "behind" | "around"): string {
  const lines = JSON.stringify(JSON.parse(json), undefined, " ");
  return lines.replaceAll(/\n */g, spaces === "behind" ? "" : " \t");
}

function reordered(fields: Fields, order: Order): Fields {
  const entries = Object.entries(fields);
  if (order === "reversed") entries.reverse();
  if (order === "ids last") entries.sort(([a], [b]) => Number(a in own) - Number(b in own));
  if (order === "rotated") entries.push(...entries.splice(0, Math.ceil(entries.length / 2)));
  return Object.fromEntries(entries);
}

function damaged(line: Buffer, { damage, at }: Step): Buffer {
  const newline = Buffer.from("\n");
  const middle = at % Math.max(1, line.length);
  const nul = Buffer.alloc(1 + (at % 284));
  switch (damage) {
    case "none":
      return Buffer.concat([line, newline]);
    case "half, no newline":
      return line.subarray(0, middle);
    case "half":
      return Buffer.concat([line.subarray(0, middle), newline]);
    case "no newline":
      return line;
    case "twice":
      return Buffer.concat([line, newline, line, newline]);
    case "NULs before":
      return Buffer.concat([nul, line, newline]);
    case "NULs inside":
      return Buffer.concat([line.subarray(0, middle), nul, line.subarray(middle), newline]);
    case "NULs behind":
      return Buffer.concat([line, nul, newline]);
    case "a line of NULs":
      return Buffer.concat([line, newline, nul, newline]);
    case "invalid UTF-8": {
      const broken = Buffer.concat([line, newline]);
      broken[middle] = 0xff;
      return broken;
    }
    case "carriage return":
      return Buffer.concat([line, Buffer.from("\r\n")]);
    case "byte order mark":
      return Buffer.concat([Buffer.from("\ufeff"), line, newline]);
    case "empty line":
      return Buffer.concat([line, Buffer.from("\n\n \n")]);
    case "not JSON":
      return Buffer.concat([line, newline, Buffer.from("} what is this\n")]);
    case "not an object":
      return Buffer.concat([line, newline, Buffer.from("[1,2]\n")]);
  }
}
