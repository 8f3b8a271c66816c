import * as l10n from "@vscode/l10n";
import { evidence } from "../../evidence/evidence";
import { isLeftBehind, isOfIsolatedRun } from "../compared";
import { type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";

/** So many others, and this share of all, began within a minute: no coincidence. */
const FEWEST = 2;
const SHARE = 0.6;

/** The index was lost or replaced: everything that was in it began anew, and every old transcript was left where it was. */
export function judgeIndexLoss(facts: RotationFacts): Judgement {
  const { count, of } = facts.beganTogether;
  if (!isLeftBehind(facts) || isOfIsolatedRun(facts) || count < FEWEST || count < of * SHARE) return silent;
  const together = evidence("store", () =>
    l10n.t("Conversations of this agent that began anew within a minute of it: {0} of {1} others.", count, of),
  );
  const left = evidence(
    "file-name",
    () => l10n.t("The old transcript of session {0} was left under its own name.", facts.boundary.from.sessionId),
    facts.boundary.from.primary && { file: facts.boundary.from.primary.path },
  );
  const { rowBefore } = facts;
  if (rowBefore?.from !== "store-backup") {
    return possible("index-loss", [together, left], {
      missing: [l10n.t("A copy of the store from before (sessions.json.bak.*) would show what was in it.")],
    });
  }
  const before = evidence(
    "store-backup",
    () => l10n.t("A copy of the store from before still names session {0}.", facts.boundary.from.sessionId),
    rowBefore.place,
  );
  return likely("index-loss", [together, left, before]);
}
