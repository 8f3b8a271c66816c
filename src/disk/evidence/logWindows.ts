/** A stretch of time to look at, epoch ms, both ends included. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export interface Margins {
  /** Milliseconds before and after a moment. */
  readonly before: number;
  readonly after: number;
  /** Longer windows are not put together: each is read up to a limit of its own. */
  readonly longest: number;
}

/** What is looked at around one moment, epoch ms. */
export interface MomentWindow extends TimeWindow {
  readonly at: number;
}

/** Moments whose windows overlap. */
export interface MomentsWindow extends TimeWindow {
  /** Newest first. */
  readonly moments: readonly MomentWindow[];
}

/**
 * Windows around moments, newest first, none of which overlap. Moments that are no numbers are left out.
 *
 *     windowsAround([100, 150, 900], { before: 60, after: 20, longest: 200 })  →  840 to 920 around 900, 40 to 170 around 150 and 100
 */
export function windowsAround(
  moments: readonly number[],
  { before, after, longest }: Margins,
): readonly MomentsWindow[] {
  const sorted = [...new Set(moments)].filter((at) => Number.isFinite(at)).sort((one, other) => other - one);
  const windows: { from: number; to: number; moments: MomentWindow[] }[] = [];
  for (const at of sorted) {
    const moment = { at, from: at - before, to: at + after };
    const last = windows.at(-1);
    if (last === undefined || moment.to < last.from) {
      windows.push({ from: moment.from, to: moment.to, moments: [moment] });
    } else if (last.to - moment.from <= longest) {
      last.from = moment.from;
      last.moments.push(moment);
    } else if (moment.from < last.from) {
      windows.push({ from: moment.from, to: last.from - 1, moments: [moment] });
    }
  }
  return windows;
}

/** What is left of a stretch of time without others. */
export function without(whole: TimeWindow, gaps: readonly TimeWindow[]): readonly TimeWindow[] {
  const left: TimeWindow[] = [];
  let { from } = whole;
  for (const gap of [...gaps].sort((one, other) => one.from - other.from)) {
    if (gap.to < from) continue;
    if (gap.from > whole.to) break;
    if (gap.from > from) left.push({ from, to: gap.from - 1 });
    from = gap.to + 1;
  }
  if (from <= whole.to) left.push({ from, to: whole.to });
  return left;
}
