/** Things with a time, in order of time, so that those around a moment are found without looking at all of them. */
export class Timed<Item extends { readonly at: number }> {
  readonly #items: readonly Item[];

  /** What has no usable time is left out. */
  constructor(items: readonly Item[]) {
    const usable = items.filter(({ at }) => Number.isFinite(at));
    this.#items = isSorted(usable) ? usable : [...usable].sort((a, b) => a.at - b.at);
  }

  /** From one moment to another, both included; the first `limit` of them. */
  between(from: number, to: number, limit: number): readonly Item[] {
    const begin = this.#firstFrom(from);
    let end = begin;
    while (end - begin < limit && (this.#items[end]?.at ?? Infinity) <= to) end++;
    return begin === end ? none : this.#items.slice(begin, end);
  }

  /** From `before` ms earlier to `after` ms later; where that is more than `limit`, those nearest to the moment. In order of time. */
  around(moment: number, before: number, after: number, limit: number): readonly Item[] {
    const from = this.#firstFrom(moment);
    let [begin, end] = [from, from];
    while (end - begin < limit) {
      const [earlier, later] = [this.#items[begin - 1], this.#items[end]];
      const back = earlier === undefined ? Infinity : moment - earlier.at;
      const on = later === undefined ? Infinity : later.at - moment;
      if (back > before && on > after) break;
      if (on <= after && (on <= back || back > before)) end++;
      else begin--;
    }
    return begin === end ? none : this.#items.slice(begin, end);
  }

  firstFrom(moment: number): Item | undefined {
    return this.#items[this.#firstFrom(moment)];
  }

  #firstFrom(moment: number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#items[middle]?.at ?? Infinity) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const none: readonly never[] = [];

function isSorted(items: readonly { readonly at: number }[]): boolean {
  return items.every(({ at }, index) => index === 0 || at >= (items[index - 1]?.at ?? -Infinity));
}
