import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import { type BranchState, type StateRange, stateRanges } from "./branchRanges";
import { parentIsMissing, ROOT, scanTree, type Tree } from "./branchTree";
import type { TranscriptItem } from "./entry";

/**
 * Which entries the conversation continues from, and which were left behind. A transcript is a tree: each entry names its
 * parent, and the active branch is the way from the last entry up to the root. What is not on it stays in the file.
 *
 * - `active`: on the way. Also everything of which we cannot tell: nothing is called abandoned on suspicion.
 * - `abandoned`: off the way; the conversation went on from an earlier entry (a retry, an edit, a side append).
 * - `detached`: the way ends at a parent that is missing, or goes in a circle; these entries are not reached.
 */
export interface BranchMap {
  /** `whole`: every entry of the file was considered. `partial`: those at hand; entries before them count as active. */
  readonly scope: "whole" | "partial";
  /** State of the entry whose line begins at byte `offset`. */
  stateAt(offset: number): BranchState;
  isActive(offset: number): boolean;
  /** Entries with more than one child, in file order. */
  readonly branchPoints: readonly BranchPoint[];
  readonly problems: readonly Problem[];
}

/** An entry from which the conversation went on in more than one way; `undefined` is the root of the file. */
export interface BranchPoint {
  readonly parentId: string | undefined;
  /** The first entry of each way, in file order. */
  readonly children: readonly {
    readonly id: string | undefined;
    readonly line: number | undefined;
    readonly offset: number;
    readonly active: boolean;
  }[];
}

/** Nothing is known of branches: everything is active. */
export const noBranches: BranchMap = branchMap("partial", [], [], []);

/** For a file of which all items are at hand. */
export function branchesOfFile(items: readonly TranscriptItem[]): BranchMap {
  const tree = scanTree(items, "missing-parents-break");
  return mapOfTree("whole", tree);
}

/**
 * For the end of a large file: a parent that is not at hand is taken for the entry right before, because it may well stand
 * on an earlier page. A leaf row whose target is not at hand could make any entry the last one: then nothing is known.
 */
export function branchesOfTail(items: readonly TranscriptItem[]): BranchMap {
  const tree = scanTree(items, "missing-parents-are-earlier");
  return tree.unknownLeafTarget ? noBranches : mapOfTree("partial", tree);
}

export function branchMap(
  scope: BranchMap["scope"],
  ranges: readonly StateRange[],
  branchPoints: readonly BranchPoint[],
  problems: readonly Problem[],
): BranchMap {
  const stateAt = (offset: number): BranchState => findRange(ranges, offset)?.state ?? "active";
  return { scope, stateAt, isActive: (offset) => stateAt(offset) === "active", branchPoints, problems };
}

function mapOfTree(scope: BranchMap["scope"], tree: Tree): BranchMap {
  const problems: Problem[] = tree.duplicates.map((node) => duplicateId(node.id, node.line, node.offset));
  const states = walk(tree, problems);
  const ranges = stateRanges(tree.nodes.map(({ offset }, index) => ({ offset, state: states[index] ?? "active" })));
  return branchMap(scope, ranges, pointsOf(tree, states), problems);
}

/** Iterative throughout: a chain of parents can be as long as the file. */
function walk(tree: Tree, problems: Problem[]): BranchState[] {
  const { nodes } = tree;
  const states = new Array<BranchState | undefined>(nodes.length);
  const told = new Set<number>();
  const tellMissing = (index: number): void => {
    const node = nodes[index];
    if (!node || node.steers || told.has(index)) return;
    told.add(index);
    problems.push(unknownParent(node.parentId, node.line, node.offset));
  };
  let reachesRoot = true;
  for (let current = tree.leaf; current !== ROOT;) {
    const node = nodes[current];
    if (!node) break;
    if (states[current] === "active") {
      problems.push(cycle(node.id, node.line, node.offset));
      reachesRoot = false;
      break;
    }
    states[current] = "active";
    if (parentIsMissing(node.parent)) {
      tellMissing(current);
      reachesRoot = false;
      break;
    }
    current = node.parent;
  }

  /** The walk that came by an entry: one that meets itself goes in a circle. */
  const walks = new Array<number | undefined>(nodes.length);
  for (let start = 0; start < nodes.length; start++) {
    if (states[start] !== undefined) continue;
    const trail: number[] = [];
    let current = start;
    let state: BranchState | undefined;
    while (state === undefined) {
      const node = nodes[current];
      if (states[current] !== undefined) {
        state = states[current] === "detached" ? "detached" : "abandoned";
        if (node && walks[current] === start) problems.push(cycle(node.id, node.line, node.offset));
      } else if (!node || parentIsMissing(node.parent)) {
        state = "detached";
        states[current] = state;
        tellMissing(current);
      } else {
        trail.push(current);
        walks[current] = start;
        states[current] = "detached"; // also what an entry of a circle becomes when the walk comes back to it
        if (node.parent === ROOT) state = reachesRoot ? "abandoned" : "detached";
        else current = node.parent;
      }
    }
    states[start] = state;
    for (const index of trail) states[index] = state;
  }

  // A row that only steers (leaf, kinds we do not know) and that nothing continues from belongs to what stands before it.
  let before: BranchState = "active";
  return nodes.map((node, index) => {
    const state = states[index] ?? "active";
    if (node.steers && state !== "active") return before;
    before = state;
    return state;
  });
}

function pointsOf(tree: Tree, states: readonly BranchState[]): BranchPoint[] {
  const children = new Map<number, number[]>();
  tree.nodes.forEach((node, index) => {
    if (node.steers || parentIsMissing(node.parent)) return;
    const siblings = children.get(node.parent);
    if (siblings) siblings.push(index);
    else children.set(node.parent, [index]);
  });
  const points: BranchPoint[] = [];
  for (const [parent, indexes] of children) {
    if (indexes.length < 2) continue;
    points.push({
      parentId: tree.nodes[parent]?.id,
      children: indexes.flatMap((index) => {
        const node = tree.nodes[index];
        return node ? [{ id: node.id, line: node.line, offset: node.offset, active: states[index] === "active" }] : [];
      }),
    });
  }
  return points;
}

function findRange(ranges: readonly StateRange[], offset: number): StateRange | undefined {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) return undefined;
    if (offset < range.from) high = middle - 1;
    else if (offset >= range.to) low = middle + 1;
    else return range;
  }
  return undefined;
}

export function cycle(id: string | undefined, line: number | undefined, offset: number): Problem {
  return {
    code: "tree.cycle",
    message: l10n.t(
      "The chain of parents goes in a circle at entry {0}; entries before it are not reached.",
      id ?? "?",
    ),
    ...(line === undefined ? {} : { line }),
    offset,
  };
}

export function unknownParent(parentId: string | undefined, line: number | undefined, offset: number): Problem {
  return {
    code: "tree.unknown-parent",
    message: l10n.t(
      "No readable entry of the file has the id {0} that this one names as its parent; entries before it are not reached.",
      parentId ?? "?",
    ),
    ...(line === undefined ? {} : { line }),
    offset,
  };
}

function duplicateId(id: string | undefined, line: number | undefined, offset: number): Problem {
  return {
    code: "tree.duplicate-id",
    message: l10n.t("Id {0} is given to more than one entry; later entries continue from the latest one.", id ?? "?"),
    ...(line === undefined ? {} : { line }),
    offset,
  };
}
