const HOUR = 60 * 60_000;

export interface BusiestHour {
  readonly count: number;
  /** Epoch ms of the first of them. */
  readonly from: number;
}

/** The sixty minutes with the most of these moments (epoch ms, any order); undefined when there are none. */
export function busiestHour(moments: readonly number[]): BusiestHour | undefined {
  const sorted = moments.filter((at) => Number.isFinite(at)).sort((one, other) => one - other);
  let best: BusiestHour | undefined;
  let first = 0;
  sorted.forEach((at, index) => {
    while (at - (sorted[first] ?? at) >= HOUR) first++;
    const count = index - first + 1;
    if (count > (best?.count ?? 0)) best = { count, from: sorted[first] ?? at };
  });
  return best;
}
