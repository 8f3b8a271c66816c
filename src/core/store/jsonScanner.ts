/**
 * A JSON grammar over bytes that arrive in chunks: no tree, no text, memory for one token. It tells its listener where keys
 * and values begin and end, and goes on where it safely can after something that is not strict JSON, remembering the first
 * such place: comments, trailing or missing commas, single quotes, bare words, raw control characters, a byte order mark.
 */
export interface JsonListener {
  /**
   * A key, or a value, begins or ends at absolute byte offset `at` (ends exclusive, quotes included). `depth` counts the
   * containers around it: 0 is the document, 1 a member of the outermost object.
   */
  keyStart(depth: number, at: number): void;
  keyEnd(depth: number, at: number): void;
  valueStart(depth: number, at: number, kind: JsonKind): void;
  valueEnd(depth: number, at: number): void;
}

export type JsonKind = "object" | "array" | "scalar";

/** What is not strict JSON, and where. Line from 1. */
export interface Deviation {
  readonly what:
    | "byte order mark"
    | "comment"
    | "trailing comma"
    | "missing comma"
    | "single quotes"
    | "bare word"
    | "control character"
    | "escape"
    | "unexpected byte"
    | "text after the end";
  readonly offset: number;
  readonly line: number;
  /** The byte that was met there. */
  readonly byte: number;
}

const enum State {
  /** A value must follow: the document, after a colon. */
  Value,
  /** After `[`: a value or `]`. */
  FirstElement,
  /** After `,` in an array. */
  NextElement,
  /** After `{`: a key or `}`. */
  FirstKey,
  /** After `,` in an object. */
  NextKey,
  Colon,
  AfterValue,
  String,
  Escape,
  Hex,
  Bare,
  Slash,
  LineComment,
  BlockComment,
  BlockCommentStar,
  Done,
  Failed,
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Longer bare words are no numbers anybody wrote; their text is not kept, so that memory stays bounded. */
const MAX_BARE_LENGTH = 1024;

/** Deeper than any index and than any value people could read; keeps a file of nothing but brackets small in memory. */
const MAX_DEPTH = 1_000_000;

export class JsonScanner {
  /** The first thing that is not strict JSON; what follows was read as well as it could be. */
  deviation: Deviation | undefined;
  /** Line of the byte that is read now, from 1. Strict JSON has no raw newlines inside strings. */
  line = 1;

  private state = State.Value;
  /** Containers that are open, by depth: 1 for objects, 0 for arrays. */
  private containers = new Uint8Array(64);
  private depth = 0;
  private quote = QUOTE;
  private isKey = false;
  private hexDigits = 0;
  private bare = "";
  private beforeComment = State.Value;
  /** Absolute offset of the current chunk. */
  private base = 0;

  /** Members deeper than `reportedDepth` are checked and not reported. */
  constructor(
    private readonly listener: JsonListener,
    private readonly reportedDepth: number,
  ) {}

  /** `complete`: one whole value was read. `cut`: it ended before its end. `empty`: nothing but white space. `failed`: stopped at the deviation. */
  end(): "complete" | "cut" | "empty" | "failed" {
    if (this.state === State.Bare && this.depth === 0) this.endBare(this.base);
    if (this.state === State.Failed) return "failed";
    if (this.state === State.Done || (this.state === State.LineComment && this.beforeComment === State.Done))
      return "complete";
    return this.state === State.Value && this.depth === 0 ? "empty" : "cut";
  }

  push(chunk: Uint8Array): void {
    let i = 0;
    const length = chunk.length;
    while (i < length && this.state !== State.Failed) {
      if (this.state === State.String) i = this.skipString(chunk, i);
      if (i >= length) break;
      const byte = chunk[i] ?? 0;
      // A byte that ends a bare word is looked at again as what follows the word.
      if (this.step(byte, this.base + i)) i++;
    }
    this.base += length;
  }

  /** Runs over the plain part of a string: nearly all bytes of a large index. Returns the index of the first other byte. */
  private skipString(chunk: Uint8Array, from: number): number {
    const { quote } = this;
    const { length } = chunk;
    let i = from;
    for (; i < length; i++) {
      const byte = chunk[i] as number;
      if (byte === quote || byte === BACKSLASH || byte < 0x20) break;
    }
    return i;
  }

  /** Returns false when the byte has to be looked at again in the new state. */
  private step(byte: number, at: number): boolean {
    switch (this.state) {
      case State.String:
        this.stringByte(byte, at);
        return true;
      case State.Escape:
        this.state = State.String;
        if (byte === 0x75 /* u */) {
          this.state = State.Hex;
          this.hexDigits = 0;
        } else if (!isEscapable(byte)) this.deviate("escape", at, byte);
        return true;
      case State.Hex:
        if (!isHexDigit(byte)) {
          this.deviate("escape", at, byte);
          this.state = State.String;
          return false;
        }
        if (++this.hexDigits === 4) this.state = State.String;
        return true;
      case State.Bare:
        if (isBareByte(byte)) {
          if (this.bare.length < MAX_BARE_LENGTH) this.bare += String.fromCharCode(byte);
          return true;
        }
        this.endBare(at);
        return false;
      case State.Slash:
        this.state = byte === 0x2f ? State.LineComment : byte === 0x2a ? State.BlockComment : State.Failed;
        return true;
      case State.LineComment:
        if (byte !== NEWLINE) return true;
        this.state = this.beforeComment;
        return false;
      case State.BlockComment:
      case State.BlockCommentStar:
        if (byte === NEWLINE) this.line++;
        if (this.state === State.BlockCommentStar && byte === 0x2f) this.state = this.beforeComment;
        else this.state = byte === 0x2a ? State.BlockCommentStar : State.BlockComment;
        return true;
      case State.Value:
      case State.FirstElement:
      case State.NextElement:
      case State.FirstKey:
      case State.NextKey:
      case State.Colon:
      case State.AfterValue:
      case State.Done:
      case State.Failed:
        return this.structureByte(byte, at);
    }
  }

  private stringByte(byte: number, at: number): void {
    if (byte === this.quote) this.endToken(at + 1);
    else if (byte === BACKSLASH) this.state = State.Escape;
    else {
      this.deviate("control character", at, byte);
      if (byte === NEWLINE) this.line++;
    }
  }

  /** Between tokens. */
  private structureByte(byte: number, at: number): boolean {
    if (byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09) {
      if (byte === NEWLINE) this.line++;
      return true;
    }
    if (byte === 0x2f /* / */) {
      this.deviate("comment", at, byte);
      this.beforeComment = this.state;
      this.state = State.Slash;
      return true;
    }
    if (this.state === State.AfterValue) return this.afterValue(byte, at);
    if (this.state === State.Value) this.valueByte(byte, at);
    else if (this.state === State.FirstKey || this.state === State.NextKey) this.keyByte(byte, at);
    else if (this.state === State.FirstElement || this.state === State.NextElement) this.elementByte(byte, at);
    else if (this.state === State.Colon && byte === 0x3a) this.state = State.Value;
    else if (this.state === State.Done) {
      this.deviate("text after the end", at, byte);
      this.state = State.Failed;
    } else this.fail(at, byte);
    return true;
  }

  private valueByte(byte: number, at: number): void {
    if (at < 3 && this.depth === 0 && byte === byteOrderMark[at]) this.deviate("byte order mark", at, byte);
    else this.startValue(byte, at);
  }

  private elementByte(byte: number, at: number): void {
    if (byte !== 0x5d /* ] */) {
      this.startValue(byte, at);
      return;
    }
    if (this.state === State.NextElement) this.deviate("trailing comma", at, byte);
    this.close(byte, at);
  }

  private keyByte(byte: number, at: number): void {
    if (byte !== 0x7d /* } */) {
      this.startKey(byte, at);
      return;
    }
    if (this.state === State.NextKey) this.deviate("trailing comma", at, byte);
    this.close(byte, at);
  }

  private afterValue(byte: number, at: number): boolean {
    const inObject = this.containers[this.depth - 1] === 1;
    if (byte === 0x2c /* , */) this.state = inObject ? State.NextKey : State.NextElement;
    else if (byte === 0x7d || byte === 0x5d) this.close(byte, at);
    else if (byte === QUOTE || byte === APOSTROPHE || byte === 0x7b || byte === 0x5b) {
      this.deviate("missing comma", at, byte);
      this.state = inObject ? State.NextKey : State.NextElement;
      return false;
    } else this.fail(at, byte);
    return true;
  }

  private startKey(byte: number, at: number): void {
    this.isKey = true;
    if (!this.startToken(byte, at)) return;
    if (this.depth <= this.reportedDepth) this.listener.keyStart(this.depth, at);
  }

  private startValue(byte: number, at: number): void {
    if (byte === 0x7b || byte === 0x5b) {
      if (this.depth === MAX_DEPTH) {
        this.fail(at, byte);
        return;
      }
      if (this.depth <= this.reportedDepth)
        this.listener.valueStart(this.depth, at, byte === 0x7b ? "object" : "array");
      if (this.depth === this.containers.length) this.growContainers();
      this.containers[this.depth++] = byte === 0x7b ? 1 : 0;
      this.state = byte === 0x7b ? State.FirstKey : State.FirstElement;
      return;
    }
    this.isKey = false;
    if (!this.startToken(byte, at)) return;
    if (this.depth <= this.reportedDepth) this.listener.valueStart(this.depth, at, "scalar");
  }

  private startToken(byte: number, at: number): boolean {
    if (byte === QUOTE || byte === APOSTROPHE) {
      if (byte === APOSTROPHE) this.deviate("single quotes", at, byte);
      this.quote = byte;
      this.state = State.String;
      return true;
    }
    if (!isBareByte(byte)) {
      this.fail(at, byte);
      return false;
    }
    this.bare = String.fromCharCode(byte);
    this.state = State.Bare;
    return true;
  }

  private endBare(at: number): void {
    if (this.isKey || !strictScalar.test(this.bare))
      this.deviate("bare word", at - this.bare.length, this.bare.charCodeAt(0));
    this.endToken(at);
  }

  private endToken(at: number): void {
    if (this.isKey) {
      this.state = State.Colon;
      if (this.depth <= this.reportedDepth) this.listener.keyEnd(this.depth, at);
    } else this.endValue(at);
  }

  private endValue(at: number): void {
    this.state = this.depth === 0 ? State.Done : State.AfterValue;
    if (this.depth <= this.reportedDepth) this.listener.valueEnd(this.depth, at);
  }

  private close(byte: number, at: number): void {
    if (this.containers[this.depth - 1] !== (byte === 0x7d ? 1 : 0)) {
      this.fail(at, byte);
      return;
    }
    this.depth--;
    this.endValue(at + 1);
  }

  private growContainers(): void {
    const larger = new Uint8Array(this.containers.length * 2);
    larger.set(this.containers);
    this.containers = larger;
  }

  private fail(at: number, byte: number): void {
    this.deviate("unexpected byte", at, byte);
    this.state = State.Failed;
  }

  private deviate(what: Deviation["what"], offset: number, byte: number): void {
    this.deviation ??= { what, offset, line: this.line, byte };
  }
}

const strictScalar = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;

/** Letters, digits, `_ $ + - .` and everything outside ASCII: what JSON5 allows in numbers and bare keys, generously. */
function isBareByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x2b ||
    byte === 0x5f ||
    byte === 0x24 ||
    byte >= 0x80
  );
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46);
}

/** `" \ / b f n r t` */
function isEscapable(byte: number): boolean {
  return [0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74].includes(byte);
}
