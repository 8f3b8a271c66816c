import type { TranscriptPage } from "../inspectorPort";
import { parseFileName } from "../names/parseFileName";
import { type BranchMap, branchesOfFile, branchesOfTail, noBranches } from "../transcript/branches";
import type { RenderOptions } from "./rendered";

/** By the file's name, not by what is on the page: the answer is the same for all pages, and while the file grows. */
export function isTrajectory({ title }: Pick<RenderOptions, "title">): boolean {
  return parseFileName(title.file).kind === "trajectory";
}

/** Trajectories have no header: that it is missing is no damage there. */
export function pageToShow(page: TranscriptPage, options: RenderOptions): TranscriptPage {
  if (!isTrajectory(options)) return page;
  const items = page.items.filter((item) => item.kind !== "damage" || item.problem.code !== "header.missing");
  return { ...page, items };
}

/** What was given, else what the page tells. A trace has no branches. */
export function branchesToShow(page: TranscriptPage, options: RenderOptions): BranchMap {
  if (isTrajectory(options)) return noBranches;
  if (options.branches) return options.branches;
  if (page.nextPage !== undefined) return noBranches;
  return page.previousPage === undefined ? branchesOfFile(page.items) : branchesOfTail(page.items);
}
