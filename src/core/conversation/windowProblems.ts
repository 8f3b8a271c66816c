import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import { shortened } from "../text/shortened";
import { headerIdOf, idOfName } from "./fileFacts";
import type { Join, SessionFile } from "./model";
import { nothing, type WindowDraft } from "./windowDraft";

/** What is wrong with what is known of a window. What its files hold, problemsOfWindow.ts tells. */
export function windowProblems({ files, joins, undecided }: WindowDraft): readonly Problem[] {
  let found: Problem[] | undefined;
  for (const file of files) {
    const differs = idDiffers(file);
    if (differs !== undefined) (found ??= []).push(differs);
  }
  const disagreement = disagreementProblem(joins, undecided);
  if (disagreement !== undefined) (found ??= []).push(disagreement);
  return found ?? nothing;
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
      shortened(actual),
    ),
    file: file.path,
    line: 1,
  };
}

function disagreementProblem(joins: readonly Join[], undecided: Join["disagreeing"]): Problem | undefined {
  const [join] = joins;
  const against = join?.disagreeing ?? undecided;
  if (against.length === 0) return undefined;
  const said = shortened(against.map(({ evidence }) => evidence).join(" "), 2000);
  return {
    code: "join.disagreement",
    message:
      join === undefined
        ? l10n.t("Evidence names more than one conversation, so this transcript was given to none. {0}", said)
        : l10n.t(
            "Not all evidence names {0}. It was followed: {1} Against it: {2}",
            shortened(join.key),
            shortened(join.evidence, 1000),
            said,
          ),
  };
}
