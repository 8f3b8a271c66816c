/** A line of an entry: as it was, as it is to be, or both. */
export interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** The lines of two texts, what is gone before what is new. */
export function lineDiff(before: string | undefined, after: string | undefined): readonly DiffLine[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start++;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end++;
  const same = (text: string): DiffLine => ({ mark: " ", text });
  return [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, old.length - end), next.slice(start, next.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.split("\n");
}

/** Longest common subsequence; above this many pairs of lines everything is simply gone and new. */
const MOST_PAIRS = 250_000;

function middle(old: readonly string[], next: readonly string[]): readonly DiffLine[] {
  if (old.length * next.length > MOST_PAIRS) return [...old.map(gone), ...next.map(added)];
  const width = next.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      common[i * width + j] = old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    const [was, is] = [old[i], next[j]];
    if (was !== undefined && was === is) {
      lines.push({ mark: " ", text: was });
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(was));
      i++;
    } else if (is !== undefined) {
      lines.push(added(is));
      j++;
    }
  }
  return lines;
}

function gone(text: string): DiffLine {
  return { mark: "-", text };
}

function added(text: string): DiffLine {
  return { mark: "+", text };
}
