import { distinctProblems, type Problem } from "../problem";
import { problemsOfIndex } from "../transcript/problemsOfIndex";
import type { SessionFile, Window } from "./model";
import { nothing } from "./windowDraft";

/**
 * Everything wrong with a window, each problem once: what its files hold, the shown one first, then what is known of them
 * together (`window.problems`). What a file's problem is about is always named.
 */
export function problemsOfWindow(window: Window): readonly Problem[] {
  let found: Problem[] | undefined;
  for (const file of filesOf(window)) {
    const ofFile = problemsOfFile(file);
    if (ofFile.length > 0) (found ??= []).push(...ofFile);
  }
  if (found === undefined && window.problems.length === 0) return nothing;
  return distinctProblems([...(found ?? nothing), ...window.problems]);
}

/** How many there are: an index names the first fifty problems of its file, and counts them all. */
export function problemCountOfWindow(window: Window): number {
  let count = problemsOfWindow(window).length;
  for (const { index } of filesOf(window)) count += (index?.problemCount ?? 0) - (index?.problems.length ?? 0);
  return count;
}

/** What is wrong with one file: that it cannot be read, or what is damaged in it as far as it was read. */
export function problemsOfFile(file: SessionFile): readonly Problem[] {
  const { problem, index, head, path, kept } = file;
  const mayBeDamaged = index ? index.problems.length > 0 || index.branches.length > 0 : head?.problem !== undefined;
  if (problem === undefined && kept?.problem === undefined && !mayBeDamaged) return nothing;
  const known = knownProblems.get(file);
  if (known !== undefined) return known;
  // The index repeats what the head found, with everything behind it.
  const damage = index ? problemsOfIndex(index) : head?.problem ? [head.problem] : nothing;
  const ofFile = [problem, kept?.problem].filter((each) => each !== undefined);
  const all = ofFile.length > 0 ? [...ofFile, ...damage] : damage;
  const found = all.map((each) => (each.file === undefined ? { ...each, file: path } : each));
  knownProblems.set(file, found);
  return found;
}

/** Views ask again and again, and what the index tells of branches takes a walk through them. */
const knownProblems = new WeakMap<SessionFile, readonly Problem[]>();

function filesOf({ primary, copies, trajectories }: Window): readonly SessionFile[] {
  return [...(primary ? [primary] : nothing), ...copies, ...trajectories];
}
