import type { BranchStart, TranscriptIndex } from "../index/transcriptIndex";
import type { Problem } from "../problem";
import { type BranchMap, branchMap, type BranchPoint, cycle, noBranches, unknownParent } from "./branches";
import { type BranchState, stateRanges } from "./branchRanges";

/**
 * Where entries stand that are named as parents: id → byte offset of the line. `undefined` as a value: looked for in the
 * whole file and not there. A missing key: not looked for.
 */
export type KnownPositions = ReadonlyMap<string, number | undefined>;

/**
 * The branches of a file too large to hold: between two branch starts entries follow each other, so a few places decide
 * the state of every line. Says nothing (all active) where the index does not tell: more branches than it keeps, leaf rows
 * (their targets are not in the index), and everything before a parent of which it is not known where it stands.
 *
 * The work grows with the number of branches, not with the file.
 */
export function branchesOfIndex(index: TranscriptIndex, known: KnownPositions = new Map()): BranchMap {
  if (!index.branchesComplete || (index.kinds["leaf"] ?? 0) > 0) return noBranches;
  if (index.branches.length === 0) return branchMap("whole", [], [], []);

  const runs = runsOf(index.branches, known);
  const problems: Problem[] = [];
  const end = walk(runs, problems);
  const ranges = stateRanges(stretches(runs, end));
  const scope = end === "unknown" ? "partial" : "whole";
  return branchMap(scope, ranges, pointsOf(runs), problems);
}

/** Ids whose places `branchesOfIndex` would need and that the index does not remember. */
export function unknownParents(index: TranscriptIndex): string[] {
  const ids = index.branches.flatMap(({ parentId, parentOffset }) =>
    parentId === null || parentOffset !== undefined ? [] : [parentId],
  );
  return [...new Set(ids)];
}

/** Entries that follow each other without a branch between them. */
interface Run {
  readonly from: number;
  readonly start: BranchStart | undefined;
  readonly parent: ParentPlace;
  /** The last offset that is on the active branch; `undefined` when none is. */
  activeUpTo: number | undefined;
}

type ParentPlace =
  | { readonly kind: "root" }
  | { readonly kind: "at"; readonly offset: number; readonly run: number }
  | { readonly kind: "missing" }
  | { readonly kind: "unknown" };

type WalkEnd = "root" | "gap" | "unknown";

function runsOf(starts: readonly BranchStart[], known: KnownPositions): Run[] {
  const offsets = [0, ...starts.map(({ offset }) => offset)];
  const runAt = (offset: number): number => {
    let low = 0;
    let high = offsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const placeOf = (start: BranchStart): ParentPlace => {
    if (start.parentId === null) return { kind: "root" };
    const offset = start.parentOffset ?? known.get(start.parentId);
    if (offset !== undefined) return { kind: "at", offset, run: runAt(offset) };
    return { kind: known.has(start.parentId) ? "missing" : "unknown" };
  };
  return [
    { from: 0, start: undefined, parent: { kind: "root" }, activeUpTo: undefined },
    ...starts.map((start): Run => ({ from: start.offset, start, parent: placeOf(start), activeUpTo: undefined })),
  ];
}

/** From the last entry back to the root, run by run. */
function walk(runs: readonly Run[], problems: Problem[]): WalkEnd {
  let run = runs.at(-1);
  let upTo = Number.POSITIVE_INFINITY;
  while (run) {
    if (run.activeUpTo !== undefined) {
      problems.push(cycle(run.start?.id, run.start?.line, run.from));
      return "gap";
    }
    run.activeUpTo = upTo;
    switch (run.parent.kind) {
      case "root":
        return "root";
      case "unknown":
        return "unknown";
      case "missing":
        problems.push(unknownParent(run.start?.parentId ?? undefined, run.start?.line, run.from));
        return "gap";
      case "at":
        upTo = run.parent.offset;
        run = runs[run.parent.run];
    }
  }
  return "root";
}

/** Where states change. An entry that begins right after `activeUpTo` is the first one that was left behind. */
function stretches(runs: readonly Run[], end: WalkEnd): { readonly offset: number; readonly state: BranchState }[] {
  // What stands before a parent whose place is not known may well be on the way: it counts as active.
  const certainFrom = end === "unknown" ? Math.min(...runs.filter(isActive).map(({ from }) => from)) : 0;
  return runs.flatMap((run, index) => {
    if (run.from < certainFrom) return [{ offset: run.from, state: "active" as const }];
    const left = stateOfRest(runs, index, end);
    if (run.activeUpTo === undefined) return [{ offset: run.from, state: left }];
    const active = { offset: run.from, state: "active" as const };
    return run.activeUpTo === Number.POSITIVE_INFINITY
      ? [active]
      : [active, { offset: run.activeUpTo + 1, state: left }];
  });
}

function stateOfRest(runs: readonly Run[], index: number, end: WalkEnd): BranchState {
  const seen = new Set<number>();
  for (let current = index; !seen.has(current);) {
    const run = runs[current];
    if (!run || isActive(run)) return "abandoned";
    seen.add(current);
    if (run.parent.kind === "at") current = run.parent.run;
    else if (run.parent.kind === "root") return end === "gap" ? "detached" : "abandoned";
    else return run.parent.kind === "missing" ? "detached" : "abandoned";
  }
  return "detached";
}

function isActive(run: Run): boolean {
  return run.activeUpTo !== undefined;
}

/** The entry that follows a parent in its own run is not in the index; only the branches that start elsewhere are listed. */
function pointsOf(runs: readonly Run[]): BranchPoint[] {
  const points = new Map<string | undefined, BranchPoint["children"][number][]>();
  for (const run of runs) {
    if (!run.start) continue;
    const { id, line, offset, parentId } = run.start;
    const key = parentId ?? undefined;
    const child = { id, line, offset, active: isActive(run) };
    const children = points.get(key);
    if (children) children.push(child);
    else points.set(key, [child]);
  }
  return [...points].map(([parentId, children]) => ({ parentId, children }));
}
