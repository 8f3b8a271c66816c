import type { TranscriptPage } from "../inspectorPort";
import { parseFileName } from "../names/parseFileName";
import type { Problem } from "../problem";
import { type BranchMap, branchesOfFile, branchesOfTail, noBranches } from "../transcript/branches";
import type { TranscriptItem } from "../transcript/entry";
import type { RenderOptions } from "./rendered";

/** By the file's name, not by what is on the page: the answer is the same for all pages, and while the file grows. */
export function isTrajectory({ title }: Pick<RenderOptions, "title">): boolean {
  return parseFileName(title.file).kind === "trajectory";
}

/**
 * The page with all damage that a document shows: of a tree (a missing parent, a circle, an id given twice) it stands right
 * behind the entry that it is about. Trajectories have no header: that it is missing is no damage there.
 */
export function pageToShow(page: TranscriptPage, options: Pick<RenderOptions, "title" | "branches">): TranscriptPage {
  if (isTrajectory(options)) {
    const items = page.items.filter((item) => item.kind !== "damage" || item.problem.code !== "header.missing");
    return { ...page, items };
  }
  const { problems } = branchesToShow(page, options);
  return problems.length === 0 ? page : { ...page, items: withDamage(page.items, problems) };
}

function withDamage(items: readonly TranscriptItem[], problems: readonly Problem[]): readonly TranscriptItem[] {
  const byOffset = new Map<number, Problem[]>();
  for (const problem of problems) {
    if (problem.offset === undefined) continue;
    const others = byOffset.get(problem.offset);
    if (others?.some(({ message }) => message === problem.message)) continue; // of many records on one line
    if (others) others.push(problem);
    else byOffset.set(problem.offset, [problem]);
  }
  return items.flatMap((item, index): readonly TranscriptItem[] => {
    const { position } = item;
    if (items[index + 1]?.position.offset === position.offset) return [item]; // more of the same line follows
    const found = byOffset.get(position.offset) ?? [];
    return [item, ...found.map((problem) => ({ kind: "damage" as const, position, problem, excerpt: "" }))];
  });
}

/** What was given, else what the page tells. A trace has no branches. */
export function branchesToShow(page: TranscriptPage, options: Pick<RenderOptions, "title" | "branches">): BranchMap {
  if (isTrajectory(options)) return noBranches;
  if (options.branches) return options.branches;
  if (page.nextPage !== undefined) return noBranches;
  return page.previousPage === undefined ? branchesOfFile(page.items) : branchesOfTail(page.items);
}
