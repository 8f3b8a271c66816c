import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../../evidence/evidence";
import { archiveReason, endedFile, isGone, isOfIsolatedRun, placeOfEnd, versionEvidence } from "../compared";
import { isNonEmpty, type Judgement, likely, possible, silent } from "../judgement";
import { loggedEvent } from "../logLines";
import { namedByLog } from "../namedByLog";
import { ranges, versionIn } from "../ranges";
import { replayedRows } from "../replayedRows";
import type { RotationFacts } from "../rotationFacts";
import { goneTranscript, isGoneByAge } from "../goneTranscript";

/** The provider refused the order of messages, and OpenClaw started anew: the old transcript was unlinked, later archived. */
export function judgeRoleConflict(facts: RotationFacts): Judgement {
  const signs: readonly Evidence[] = [...conflictAtEnd(facts), ...replayedRows(facts)];
  const line = loggedEvent(facts, ["role-conflict"]);
  if (line !== undefined) {
    const leaves = versionIn(facts, ranges.roleConflictUnlinks) === "yes" ? "no-file" : "anything";
    return namedByLog(facts, "role-conflict", line, { range: ranges.roleConflict, leaves, more: signs });
  }
  if (isOfIsolatedRun(facts)) return silent;

  if (archiveReason(facts.boundary) === "reset") {
    const archives = versionIn(facts, ranges.roleConflictArchives);
    if (conflictAtEnd(facts).length === 0 || archives === "no" || !isNonEmpty(signs)) return silent;
    const confirm = archives === "yes" ? likely : possible;
    return confirm("role-conflict", [...signs, ...versionEvidence(facts)]);
  }
  if (isGoneByAge(facts.boundary.at, facts) && !isNonEmpty(signs)) return silent;
  if (!isGone(facts) || versionIn(facts, ranges.roleConflictUnlinks) === "no") return silent;
  return possible("role-conflict", [goneTranscript(facts), ...signs, ...versionEvidence(facts)], {
    missing: [l10n.t("Only the gateway's log tells a conflict of roles from a file that somebody removed.")],
  });
}

function conflictAtEnd({ boundary }: RotationFacts): Evidence[] {
  const file = endedFile(boundary);
  if (file?.head?.ending?.error !== "role-order") return [];
  const say = (): string =>
    l10n.t("The old transcript ends with an error: the provider refused the order of messages.");
  return [evidence("transcript", say, placeOfEnd(file))];
}
