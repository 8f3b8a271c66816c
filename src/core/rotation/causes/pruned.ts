import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../../evidence/evidence";
import { formatDuration } from "../../text/formatTime";
import { archiveReason, iso, versionEvidence } from "../compared";
import { certain, excluded, type Judgement, likely, possible, silent } from "../judgement";
import { loggedSweep } from "../logLines";
import { ranges, versionIn } from "../ranges";
import { mostEntries, pruneAfter } from "../retention";
import type { RotationFacts } from "../rotationFacts";
import { lastActivity } from "../sessionClocks";

/** OpenClaw removed it by itself: not used for too long, or one of too many. */
export function judgePruned(facts: RotationFacts): Judgement {
  const { at } = facts.boundary;
  if (archiveReason(facts.boundary) !== "deleted") return silent;
  const swept = loggedSweep(facts);
  const since = lastActivity(facts);
  if (at === undefined || since === undefined) {
    return swept === undefined ? silent : possible("pruned", [swept.line, ...versionEvidence(facts)]);
  }

  const limit = pruneAfter(facts);
  const isOld = at - since.at > limit;
  const isMany = facts.beganTogether.of + 1 >= mostEntries(facts);
  const age = evidence(
    "transcript",
    () => {
      const values = [iso(since.at), iso(at), formatDuration(at - since.at), formatDuration(limit)];
      return isOld
        ? l10n.t(
            "Last used {0}, removed {1}: {2} later, more than the {3} after which OpenClaw removes sessions.",
            ...values,
          )
        : l10n.t("Last used {0}, removed {1}: {2} later; OpenClaw removes sessions after {3}.", ...values);
    },
    since.place,
  );
  const compared: NonEmpty<Evidence> = [age, ...configured(facts), ...versionEvidence(facts)];
  // A sweep names no session: it took this one only if it was old enough, or one of too many.
  if (swept !== undefined) {
    const isCap = swept.event.kind === "capped";
    if (!isCap && !isOld) return excluded("pruned", [age, swept.line]);
    const isMeant = swept.isSole && (isCap ? isMany : isOld);
    if (!isMeant) return possible("pruned", [swept.line, ...compared]);
    // By the row's own time it is removed, and a row may be younger than the last message.
    const isSure = !isCap && facts.rowBefore?.row.updatedAt !== undefined;
    return isSure ? certain("pruned", swept.line, compared) : likely("pruned", [swept.line, ...compared]);
  }
  if (!isOld && !isMany) return excluded("pruned", [age]);
  if (isOld && versionIn(facts, ranges.maintenanceEnforces) === "yes") return likely("pruned", compared);
  return possible("pruned", compared, {
    missing: [l10n.t("The gateway's log says when it prunes or caps its sessions.")],
  });
}

function configured({ config }: RotationFacts): Evidence[] {
  const setting = config?.maintenance.pruneAfter;
  if (setting === undefined) return [];
  return [
    evidence("config", () => l10n.t("session.maintenance.pruneAfter is {0}.", String(setting.value)), setting.place),
  ];
}
