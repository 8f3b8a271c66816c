import { ASSISTANT, MIRROR, type QuickFacts, type QuickModel } from "./quickFacts";

/**
 * The piece of a line that names the model that answered, with what stands before and behind it. In nearly every message of a
 * file it is the same, so it is compared with the one met last, eight bytes at a time, and taken apart only when it differs.
 */
export class ModelPiece {
  private readonly memory = Buffer.alloc(LONGEST);
  private readonly view = new DataView(this.memory.buffer, this.memory.byteOffset, this.memory.byteLength);
  private length = 0;
  private kind = ASSISTANT;
  private model: QuickModel = { provider: "", model: "" };

  /** `pattern` matches the piece from its first byte; its groups are provider and model. */
  constructor(private readonly pattern: RegExp) {}

  /** Where the piece that begins at `at` ends, or -1. */
  read(bytes: Buffer, view: DataView, at: number, end: number, out: QuickFacts): number {
    if (!this.isSame(view, at, end) && !this.learn(bytes, at, end)) return -1;
    out.kind = this.kind;
    out.model = this.model;
    return at + this.length;
  }

  private isSame(view: DataView, at: number, end: number): boolean {
    const last = this.length - 8;
    if (last < 0 || at + last + 8 > end) return false;
    for (let word = 0; word < last; word += 8) {
      if (view.getFloat64(at + word, true) !== this.view.getFloat64(word, true)) return false;
    }
    return view.getFloat64(at + last, true) === this.view.getFloat64(last, true);
  }

  private learn(bytes: Buffer, at: number, end: number): boolean {
    const text = bytes.toString("latin1", at, Math.min(end, at + LONGEST));
    const [piece, provider, model] = this.pattern.exec(text) ?? [];
    // Names beyond ASCII are left to the full parse, which decodes them.
    if (piece === undefined || provider === undefined || model === undefined || /[^\x20-\x7e]/.test(piece))
      return false;
    this.length = this.memory.write(piece, "latin1");
    this.kind = provider === "openclaw" ? MIRROR : ASSISTANT;
    this.model = { provider, model };
    return true;
  }
}

/** Longer pieces are left to the full parse, bytes. */
const LONGEST = 512;
