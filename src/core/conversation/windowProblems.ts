import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import { headerIdOf, idOfName } from "./fileFacts";
import type { Join, SessionFile } from "./model";
import { nothing, type WindowDraft } from "./windowDraft";

/** What is wrong with a window's files, and with what is known of them. */
export function windowProblems({ files, joins, undecided }: WindowDraft): readonly Problem[] {
  let found: Problem[] | undefined;
  for (const file of files) {
    if (isFlawless(file)) continue;
    found ??= [];
    found.push(...fileProblems(file));
  }
  const disagreement = disagreementProblem(joins, undecided);
  if (disagreement !== undefined) (found ??= []).push(disagreement);
  return found ?? nothing;
}

function isFlawless(file: SessionFile): boolean {
  const { problem, index, head } = file;
  if (problem !== undefined || (index === undefined ? head?.problem !== undefined : index.problems.length > 0))
    return false;
  return headerIdOf(file) === undefined || headerIdOf(file) === idOfName(file);
}

function fileProblems(file: SessionFile): readonly Problem[] {
  const found: Problem[] = [];
  if (file.problem !== undefined) found.push(file.problem);
  // The index repeats what the head found, with everything behind it.
  if (file.index !== undefined) found.push(...file.index.problems);
  else if (file.head?.problem !== undefined) found.push(file.head.problem);
  const differs = idDiffers(file);
  if (differs !== undefined) found.push(differs);
  return found.map((problem) => (problem.file === undefined ? { ...problem, file: file.path } : problem));
}

function idDiffers(file: SessionFile): Problem | undefined {
  const [claimed, actual] = [idOfName(file), headerIdOf(file)];
  if (actual === undefined || claimed === actual) return undefined;
  return {
    code: "header.id-differs",
    message: l10n.t(
      "The name of {0} says session {1}, its header says {2}. The header counts. OpenClaw 2026.3.28–5.7 leaves such files: its sessions.reset gives the new session the file of the old one. Take care when restoring: a copy under the id of the name may overwrite another conversation.",
      file.name.base,
      claimed,
      actual,
    ),
    file: file.path,
    line: 1,
  };
}

function disagreementProblem(joins: readonly Join[], undecided: Join["disagreeing"]): Problem | undefined {
  const [join] = joins;
  const against = join?.disagreeing ?? undecided;
  if (against.length === 0) return undefined;
  const said = against.map(({ evidence }) => evidence).join(" ");
  return {
    code: "join.disagreement",
    message:
      join === undefined
        ? l10n.t("Evidence names more than one conversation, so this transcript was given to none. {0}", said)
        : l10n.t("Not all evidence names {0}. It was followed: {1} Against it: {2}", join.key, join.evidence, said),
  };
}
