import { EntryId } from "./entryId";

/** How many entries back a parent is looked for. */
const MOST = 4096;

/** Where the latest entries stand, so that a branch can tell the place of its parent. Nothing is allocated per entry. */
export class RecentEntries {
  private size = 64;
  private count = 0;
  /** 8 and 36: in `words`. 0: no id. 255: in `texts`. */
  private lengths = new Uint8Array(this.size);
  private words = new Float64Array(5 * this.size);
  private offsets = new Float64Array(this.size);
  private readonly texts = new Map<number, string>();
  private readonly wanted = new EntryId();

  /** Whether all entries that were ever pushed are remembered. */
  get isComplete(): boolean {
    return this.count <= this.size;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** `offset` is that of the entry's line, bytes; NaN when it is not known. */
  push(id: EntryId, offset: number): void {
    const slot = this.nextSlot(offset);
    this.lengths[slot] = id.length;
    if (id.length === 36) this.words.set(id.words, 5 * slot);
    else this.words[5 * slot] = id.words[0] ?? 0;
  }

  pushText(id: string | undefined, offset: number | undefined): void {
    if (id === undefined) this.wanted.clear();
    if (id === undefined || this.wanted.readText(id)) {
      this.push(this.wanted, offset ?? NaN);
      return;
    }
    const slot = this.nextSlot(offset ?? NaN);
    this.lengths[slot] = OTHER;
    this.texts.set(slot, id);
  }

  /** Whether this is the id of the latest entry. */
  latestIs(id: EntryId): boolean {
    return this.count > 0 && this.holds((this.count - 1) & (this.size - 1), id);
  }

  /** Puts the id of the latest entry into `id`, which is empty when there is none, or none that fits. */
  readLatest(id: EntryId): void {
    const slot = (this.count - 1) & (this.size - 1);
    const length = this.count === 0 ? 0 : (this.lengths[slot] ?? 0);
    id.length = length === OTHER ? 0 : length;
    id.words.set(this.words.subarray(5 * slot, 5 * slot + 5));
  }

  latestId(): string | undefined {
    return this.count === 0 ? undefined : this.textAt((this.count - 1) & (this.size - 1));
  }

  /** Offset of the latest entry with this id, bytes, when it is remembered. */
  offsetOf(id: string): number | undefined {
    const oldest = Math.max(0, this.count - this.size);
    const isWord = this.wanted.readText(id);
    for (let entry = this.count - 1; entry >= oldest; entry--) {
      const slot = entry & (this.size - 1);
      const found = isWord
        ? this.holds(slot, this.wanted)
        : this.lengths[slot] === OTHER && this.texts.get(slot) === id;
      const offset = found ? this.offsets[slot] : undefined;
      if (offset !== undefined) return Number.isNaN(offset) ? undefined : offset;
    }
    return undefined;
  }

  private nextSlot(offset: number): number {
    if (this.count === this.size && this.size < MOST) this.grow();
    const slot = this.count & (this.size - 1);
    if (this.lengths[slot] === OTHER) this.texts.delete(slot);
    this.offsets[slot] = offset;
    this.count++;
    return slot;
  }

  private holds(slot: number, id: EntryId): boolean {
    return id.length > 0 && this.lengths[slot] === id.length && id.equals(this.words, 5 * slot);
  }

  private textAt(slot: number): string | undefined {
    const length = this.lengths[slot] ?? 0;
    if (length === 0) return undefined;
    if (length === OTHER) return this.texts.get(slot);
    this.wanted.length = length;
    this.wanted.words.set(this.words.subarray(5 * slot, 5 * slot + 5));
    return this.wanted.toString();
  }

  /** Slots keep their places, because none was used twice so far. */
  private grow(): void {
    const { lengths, words, offsets } = this;
    this.size *= 2;
    this.lengths = new Uint8Array(this.size);
    this.words = new Float64Array(5 * this.size);
    this.offsets = new Float64Array(this.size);
    this.lengths.set(lengths);
    this.words.set(words);
    this.offsets.set(offsets);
  }
}

const OTHER = 255;
