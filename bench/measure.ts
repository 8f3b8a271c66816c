/**
 * Median times in ms of several pieces of work, done in turn (a b c a b c …): what slows the machine down for a while then hits
 * all of them alike. One round that is not counted comes first, so that everything is compiled and in the system's cache.
 */
export async function alternately<Name extends string>(
  rounds: number,
  work: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(work) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const began = performance.now();
      await work[name]();
      if (round > 0) times.get(name)?.push(performance.now() - began);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.slice(Math.max(0, middle - 1), middle + 1);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : (low + high) / 2;
}

/** Calls `work` with a function that it should call often; the result is how far the memory of the process grew at most, MB. */
export async function memoryGrowth(work: (look: () => void) => unknown): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  await work(() => {
    most = Math.max(most, process.memoryUsage.rss());
  });
  return (most - before) / 1_000_000;
}
