/** One line of the final table. */
export interface Row {
  /** What was measured, and against what. */
  readonly what: string;
  /** The bound, for people: `≥ 4×`, `≤ 100 MB`; `–` for figures that are only told. */
  readonly required: string;
  /** The figure: a ratio where there is something to compare with. */
  readonly measured: string;
  /** Undefined where nothing is required. */
  readonly ok: boolean | undefined;
}

/** What every `*.bench.ts` exports as its default. It runs in a process of its own. */
export type Bench = () => Promise<readonly Row[]>;

/** `atLeast("a vs b", 6.93, 4)`: b took 6.93 times as long as a, and should take at least 4 times as long. */
export function atLeast(what: string, ratio: number, bound: number): Row {
  return { what, required: `≥ ${bound}×`, measured: `${ratio.toFixed(2)}×`, ok: ratio >= bound };
}

export function atMost(what: string, ratio: number, bound: number): Row {
  return { what, required: `≤ ${bound}×`, measured: `${ratio.toFixed(2)}×`, ok: ratio <= bound };
}

/** For absolute figures: `atMostOf("activation", 12.3, 30, "ms")`. */
export function atMostOf(what: string, value: number, bound: number, unit: string): Row {
  return { what, required: `≤ ${bound} ${unit}`, measured: `${value.toFixed(1)} ${unit}`, ok: value <= bound };
}

export function told(what: string, measured: string): Row {
  return { what, required: "–", measured, ok: undefined };
}
