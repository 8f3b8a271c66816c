export interface Own<Line> {
  readonly line: Line;
  /** No other end can be meant. */
  readonly isSole: boolean;
}

/**
 * Which of several lines that do not say what they are about is about the end at `at`. A line is about the end that is nearest to
 * it; and where another lies in reach too, it may be about that one, unless that has a nearer line of its own.
 *
 * @param others when other things of the kind ended, epoch ms
 * @param within how far a line may be from what it is about, ms
 */
export function nearestOwn<Line extends { readonly at: number }>(
  at: number,
  lines: readonly Line[],
  others: readonly number[],
  within: number,
): Own<Line> | undefined {
  let found: Own<Line> | undefined;
  for (const line of lines) {
    const distance = Math.abs(line.at - at);
    if (!(distance <= within)) continue;
    const isNearer = (other: number): boolean => Math.abs(line.at - other) < distance;
    const rivals = others.filter((other) => Math.abs(line.at - other) <= within && !hasOwnLine(other, line, lines));
    if (rivals.some(isNearer)) continue;
    const isSole = rivals.length === 0;
    const isBetter =
      found === undefined ||
      (isSole && !found.isSole) ||
      (isSole === found.isSole && distance < Math.abs(found.line.at - at));
    if (isBetter) found = { line, isSole };
  }
  return found;
}

/** Another line is nearer to it. */
function hasOwnLine<Line extends { readonly at: number }>(end: number, line: Line, lines: readonly Line[]): boolean {
  const distance = Math.abs(line.at - end);
  return lines.some((each) => each !== line && Math.abs(each.at - end) < distance);
}
