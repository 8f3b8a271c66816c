import type { TranscriptIndex } from "../index/transcriptIndex";
import type { Problem } from "../problem";
import { branchesOfIndex } from "./branchesOfIndex";

/** So many problems of the tree are told, as the index tells so many of lines. */
const MOST_PROBLEMS = 50;

/**
 * What is wrong with a transcript as far as its index tells: with its lines, and with the tree that its entries form. Ids that
 * were given twice are not in the index; documents tell those.
 */
export function problemsOfIndex(index: TranscriptIndex): readonly Problem[] {
  const { problems } = index.branches.length === 0 ? nothing : branchesOfIndex(index);
  return problems.length === 0 ? index.problems : [...index.problems, ...problems.slice(0, MOST_PROBLEMS)];
}

const nothing = { problems: [] };
