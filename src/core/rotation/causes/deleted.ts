import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../../evidence/evidence";
import { archiveReason } from "../compared";
import { certain, type Judgement, likely, possible, silent } from "../judgement";
import { loggedCall, loggedSweep } from "../logLines";
import { otherMeant } from "../namedByLog";
import { mostEntries } from "../retention";
import type { RotationFacts } from "../rotationFacts";
import { judgePruned } from "./pruned";

/** Somebody deleted the session: `sessions.delete`, or a tool that renames a transcript the same way. */
export function judgeDeleted(facts: RotationFacts): Judgement {
  const { archive } = facts.boundary;
  if (archive === undefined || archiveReason(facts.boundary) !== "deleted") return silent;
  const named = nameOf(facts);
  const call = loggedCall(facts, "sessions.delete", "deleted");
  if (call?.isSole === true) return certain("deleted", call.line, named);
  if (call !== undefined) return possible("deleted", [call.line, ...named], { missing: [otherMeant()] });

  const swept = loggedSweep(facts);
  const pruned = judgePruned(facts);
  const missing = [l10n.t("The gateway's log would tell a call of sessions.delete from OpenClaw's own clean-up.")];
  if (pruned.kind !== "excluded" || swept !== undefined) {
    return possible("deleted", named, { against: swept === undefined ? [] : [swept.line], missing });
  }
  return likely("deleted", [...named, ...pruned.excluded.because], { missing });
}

function nameOf(facts: RotationFacts): NonEmpty<Evidence> {
  const { archive } = facts.boundary;
  const place = archive && { file: archive.path };
  const base = archive?.name.base ?? "";
  const isDream = archive?.name.kind === "archive" && archive.name.stampForm === "epoch";
  const said = evidence(
    "file-name",
    () =>
      isDream
        ? l10n.t("{0} is named as the memory plugin names transcripts that it cleans up.", base)
        : l10n.t("{0} says that the session was deleted, not reset.", base),
    place,
  );
  const most = mostEntries(facts);
  return [
    said,
    evidence("default", () =>
      l10n.t(
        "By itself OpenClaw deletes what is too old, and the oldest where there are more than {0} sessions (others now: {1}).",
        most,
        facts.beganTogether.of,
      ),
    ),
  ];
}
