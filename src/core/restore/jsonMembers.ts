import { type Deviation, type JsonKind, type JsonListener, JsonScanner } from "../store/jsonScanner";

/** Where the members of one JSON object are in its bytes. Ends are exclusive. */
export interface JsonMembers {
  /** Just behind `{`. */
  readonly open: number;
  /** Of the `}`. */
  readonly close: number;
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  /** As JSON.parse has it: escapes resolved. */
  readonly name: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly kind: JsonKind;
}

export type JsonMembersRead =
  | { readonly kind: "object"; readonly object: JsonMembers }
  /** Nothing but white space, perhaps behind a byte order mark. */
  | { readonly kind: "empty" }
  /** Strict JSON, but a list, a number, … */
  | { readonly kind: "other" }
  /** Not strict JSON; undefined: it ends too early. */
  | { readonly kind: "broken"; readonly deviation: Deviation | undefined };

/**
 * Finds the members of an object without making a tree of it: an index of 40 MB stays 40 MB. Only strict JSON passes, since an
 * edit of anything else could mean something else to OpenClaw than to us. A byte order mark in front is left to its owner.
 */
export function readJsonMembers(bytes: Uint8Array): JsonMembersRead {
  const start = hasByteOrderMark(bytes) ? 3 : 0;
  const collector = new MemberCollector(bytes, start);
  const scanner = new JsonScanner(collector, 1);
  scanner.push(bytes.subarray(start));
  const outcome = scanner.end();
  if (outcome === "empty") return { kind: "empty" };
  if (outcome !== "complete" || scanner.deviation !== undefined) return brokenAt(scanner.deviation, start);
  if (collector.namesFailed) return { kind: "broken", deviation: undefined };
  if (collector.kind !== "object") return { kind: "other" };
  return { kind: "object", object: { open: collector.open, close: collector.close, members: collector.members } };
}

export function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function brokenAt(deviation: Deviation | undefined, start: number): JsonMembersRead {
  return { kind: "broken", deviation: deviation && { ...deviation, offset: deviation.offset + start } };
}

class MemberCollector implements JsonListener {
  kind: JsonKind | undefined;
  open = 0;
  close = 0;
  namesFailed = false;
  readonly members: JsonMember[] = [];

  private name = "";
  private keyAt = 0;
  private keyTo = 0;
  private valueAt = 0;
  private valueKind: JsonKind = "scalar";

  constructor(
    private readonly bytes: Uint8Array,
    private readonly base: number,
  ) {}

  keyStart(_depth: number, at: number): void {
    this.keyAt = this.base + at;
  }

  keyEnd(_depth: number, at: number): void {
    this.keyTo = this.base + at;
    this.name = this.textOf(this.bytes.subarray(this.keyAt, this.keyTo));
  }

  valueStart(depth: number, at: number, kind: JsonKind): void {
    if (depth === 0) {
      this.kind = kind;
      this.open = this.base + at + 1;
      return;
    }
    this.valueAt = this.base + at;
    this.valueKind = kind;
  }

  valueEnd(depth: number, at: number): void {
    if (depth === 0) {
      this.close = this.base + at - 1;
      return;
    }
    this.members.push({
      name: this.name,
      keyStart: this.keyAt,
      keyEnd: this.keyTo,
      valueStart: this.valueAt,
      valueEnd: this.base + at,
      kind: this.valueKind,
    });
  }

  private textOf(key: Uint8Array): string {
    try {
      const name: unknown = JSON.parse(decoder.decode(key));
      if (typeof name === "string") return name;
    } catch {
      // Reported below.
    }
    this.namesFailed = true;
    return "";
  }
}

// Bytes that are no UTF-8 become U+FFFD, as OpenClaw reads them.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
