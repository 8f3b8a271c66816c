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

  const runs = runsOf(index, known);
  const problems: Problem[] = [];
  const end = walk(runs, problems);
  const ranges = stateRanges(stretches(runs, end, problems));
  const scope = end === "unknown" ? "partial" : "whole";
  return branchMap(scope, ranges, pointsOf(runs), problems);
}

/** Ids whose places `branchesOfIndex` would need and that the index does not remember. */
export function unknownParents(index: TranscriptIndex): string[] {
  const ids = index.branches.flatMap(({ parentId, parentOffset, parentMissing }) =>
    parentId === null || parentOffset !== undefined || parentMissing === true ? [] : [parentId],
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

function runsOf({ branches: starts, firstEntryId }: TranscriptIndex, known: KnownPositions): Run[] {
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
    // Where OpenClaw has cut a transcript (`sessions.compact` with `maxLines`), the first entry left still names its parent.
    if (start.id === firstEntryId && start === starts[0]) return { kind: "root" };
    const offset = start.parentOffset ?? known.get(start.parentId);
    if (offset !== undefined) return { kind: "at", offset, run: runAt(offset) };
    return { kind: start.parentMissing === true || known.has(start.parentId) ? "missing" : "unknown" };
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
function stretches(
  runs: readonly Run[],
  end: WalkEnd,
  problems: Problem[],
): { readonly offset: number; readonly state: BranchState }[] {
  const rest = statesOfRest(runs, end, problems);
  // What stands before a parent whose place is not known may well be on the way: it counts as active.
  const certainFrom = end === "unknown" ? Math.min(...runs.filter(isActive).map(({ from }) => from)) : 0;
  return runs.flatMap((run, index) => {
    if (run.from < certainFrom) return [{ offset: run.from, state: "active" as const }];
    const left = rest[index] ?? "abandoned";
    if (run.activeUpTo === undefined) return [{ offset: run.from, state: left }];
    const active = { offset: run.from, state: "active" as const };
    return run.activeUpTo === Number.POSITIVE_INFINITY
      ? [active]
      : [active, { offset: run.activeUpTo + 1, state: left }];
  });
}

/** What is off the active branch in each run. Each run is passed once, so that ten thousand branches are no long work. */
function statesOfRest(runs: readonly Run[], end: WalkEnd, problems: Problem[]): readonly BranchState[] {
  const states = runs.map((run): BranchState | undefined => (isActive(run) ? "abandoned" : undefined));
  runs.forEach((_, first) => {
    const trail = new Set<number>();
    let state = states[first];
    for (let current = first; state === undefined;) {
      const run = runs[current];
      trail.add(current);
      if (!run || run.parent.kind === "unknown") state = "abandoned";
      else if (run.parent.kind === "root") state = end === "gap" ? "detached" : "abandoned";
      else if (run.parent.kind === "missing") {
        state = "detached";
        problems.push(unknownParent(run.start?.parentId ?? undefined, run.start?.line, run.from));
      } else {
        current = run.parent.run;
        if (trail.has(current)) {
          const circle = runs[current];
          state = "detached";
          problems.push(cycle(circle?.start?.id, circle?.start?.line, circle?.from ?? 0));
        } else state = states[current];
      }
    }
    for (const index of trail) states[index] = state;
  });
  return states.map((state) => state ?? "abandoned");
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
