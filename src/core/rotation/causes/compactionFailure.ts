import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../../evidence/evidence";
import { formatCount } from "../../text/formatCount";
import { endedFile, isGone, isLeftBehind, isOfIsolatedRun, placeOfEnd, versionEvidence } from "../compared";
import { excluded, isNonEmpty, type Judgement, likely, possible, silent } from "../judgement";
import { loggedEvent } from "../logLines";
import { namedByLog } from "../namedByLog";
import { ranges, versionIn } from "../ranges";
import { replayedRows } from "../replayedRows";
import type { RotationFacts } from "../rotationFacts";

/** This much of the window used is near its limit. */
const NEAR_LIMIT = 0.85;

/** The context was too long, compacting it failed, and OpenClaw started anew (up to 2026.5.20). The old transcript is left as it is. */
export function judgeCompactionFailure(facts: RotationFacts): Judgement {
  const line = loggedEvent(facts, ["compaction-failed"]);
  const signs: readonly Evidence[] = [...endingSigns(facts), ...replayedRows(facts)];
  if (line !== undefined) {
    const how = { range: ranges.compactionRestart, leaves: "in-place", more: signs } as const;
    return namedByLog(facts, "compaction-failure", line, how);
  }
  if (!isLeftBehind(facts) && !isGone(facts)) return silent;
  if (!isNonEmpty(signs)) return silent;

  const preserved = loggedEvent(facts, ["mapping-preserved"]);
  if (preserved !== undefined) return excluded("compaction-failure", [preserved.line]);
  const range = versionIn(facts, ranges.compactionRestart);
  if (range === "no") {
    const say = (): string => l10n.t("From OpenClaw 2026.5.22 on a failed compaction keeps the session.");
    return excluded("compaction-failure", [evidence("default", say), ...versionEvidence(facts)]);
  }
  const hasReason = overflowed(facts) || (isReplayed(facts) && !isOfIsolatedRun(facts));
  if (range === "yes" && hasReason && isLeftBehind(facts)) {
    return likely("compaction-failure", [...signs, ...versionEvidence(facts)]);
  }
  return possible("compaction-failure", [...signs, ...versionEvidence(facts)], {
    missing: [l10n.t("The gateway's log names a compaction that failed.")],
  });
}

function overflowed({ boundary }: RotationFacts): boolean {
  return endedFile(boundary)?.head?.ending?.error === "overflow";
}

function isReplayed({ boundary: { to } }: RotationFacts): boolean {
  return (to?.primary?.head?.replayed ?? 0) > 0;
}

/** The last rows: an answer that failed because the context was too long, attempts to compact it, a window that is full. */
function endingSigns(facts: RotationFacts): Evidence[] {
  const file = endedFile(facts.boundary);
  const ending = file?.head?.ending;
  if (file === undefined || ending === undefined) return [];
  const place = placeOfEnd(file);
  const signs: Evidence[] = [];
  if (ending.error === "overflow") {
    signs.push(
      evidence("transcript", () => l10n.t("The old transcript ends with an error: the context was too long."), place),
    );
  }
  const limit = facts.rowBefore?.row.contextTokens ?? facts.boundary.conversation?.row?.contextTokens;
  const { inputTokens } = ending;
  if (inputTokens !== undefined && limit !== undefined && limit > 0 && inputTokens >= limit * NEAR_LIMIT) {
    signs.push(
      evidence(
        "transcript",
        () =>
          l10n.t(
            "Its last answer counted {0} of input; the limit is {1}.",
            formatCount("token", inputTokens),
            formatCount("token", limit),
          ),
        place,
      ),
    );
  }
  if (ending.compactions > 0 && (ending.stopReason === "error" || ending.unanswered)) {
    signs.push(
      evidence(
        "transcript",
        () => l10n.t("It ends without an answer; compactions near its end: {0}.", ending.compactions),
        place,
      ),
    );
  }
  return signs;
}
