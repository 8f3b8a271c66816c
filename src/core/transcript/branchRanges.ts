export type BranchState = "active" | "abandoned" | "detached";

/** A stretch of the file in which every entry has the same state: bytes from `from` up to, not including, `to`. */
export interface StateRange {
  readonly from: number;
  readonly to: number;
  readonly state: BranchState;
}

/**
 * Stretches of equal state, for entries in file order. The last stretch has no end, so that entries appended later
 * belong to it until the map is made anew.
 */
export function stateRanges(
  entries: readonly { readonly offset: number; readonly state: BranchState }[],
): StateRange[] {
  const ranges: { from: number; to: number; state: BranchState }[] = [];
  for (const { offset, state } of entries) {
    const last = ranges.at(-1);
    if (last?.state === state) continue;
    if (last) last.to = offset;
    ranges.push({ from: offset, to: Number.POSITIVE_INFINITY, state });
  }
  return ranges;
}
