import { arePlain } from "./bytePattern";

/**
 * The id of an entry as OpenClaw writes it, 8 hex digits or a UUID of 36 characters, held as numbers of eight bytes each:
 * comparing two takes one step, and none is allocated. Ids of other lengths do not fit; then the entry is parsed in full.
 */
export class EntryId {
  /** 8 or 36; 0 for none. */
  length = 0;
  /** Word 0 for 8 characters; for 36 the bytes from 0, 8, 16, 24 and 28 on. */
  readonly words = new Float64Array(5);

  /** Reads the id that ends with a quote. False when there is none that fits. */
  read(bytes: Uint8Array, view: DataView, at: number): boolean {
    if (bytes[at + 8] === QUOTE) {
      if (!arePlain(view, at)) return false;
      this.length = 8;
      this.words[0] = view.getFloat64(at, true);
      return true;
    }
    if (bytes[at + 36] !== QUOTE) return false;
    for (let word = 0; word < 5; word++) {
      const wordAt = at + Math.min(8 * word, 28);
      if (!arePlain(view, wordAt)) return false;
      this.words[word] = view.getFloat64(wordAt, true);
    }
    this.length = 36;
    return true;
  }

  readText(text: string): boolean {
    const bytes = Buffer.from(`${text}"`, "latin1");
    const fits = (text.length === 8 || text.length === 36) && bytes.toString("latin1") === `${text}"`;
    if (!fits || !this.read(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0)) return false;
    return this.length === text.length;
  }

  clear(): void {
    this.length = 0;
  }

  /** Whether this id stands in `words` from `at` on. */
  equals(words: Float64Array, at: number): boolean {
    const last = this.length === 36 ? 5 : 1;
    for (let word = 0; word < last; word++) if (this.words[word] !== words[at + word]) return false;
    return true;
  }

  toString(): string {
    const bytes = Buffer.from(this.words.buffer);
    if (this.length === 8) return bytes.toString("latin1", 0, 8);
    return this.length === 36 ? bytes.toString("latin1", 0, 28) + bytes.toString("latin1", 32, 40) : "";
  }
}

const QUOTE = 0x22;
