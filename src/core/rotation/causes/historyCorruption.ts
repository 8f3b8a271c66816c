import * as l10n from "@vscode/l10n";
import { isGone, isOfIsolatedRun, versionEvidence } from "../compared";
import { goneTranscript, isGoneByAge } from "../goneTranscript";
import { type Judgement, possible, silent } from "../judgement";
import { loggedEvent } from "../logLines";
import { namedByLog } from "../namedByLog";
import { ranges, versionIn } from "../ranges";
import type { RotationFacts } from "../rotationFacts";

/** A history that Gemini refused was thrown away, transcript and row (up to 2026.5.7). */
export function judgeHistoryCorruption(facts: RotationFacts): Judgement {
  const line = loggedEvent(facts, ["history-corrupted"]);
  if (line !== undefined) {
    return namedByLog(facts, "history-corruption", line, { range: ranges.corruptionUnlinks, leaves: "no-file" });
  }
  if (isGoneByAge(facts.boundary.at, facts)) return silent;
  if (!isGone(facts) || isOfIsolatedRun(facts) || versionIn(facts, ranges.corruptionUnlinks) === "no") return silent;
  return possible("history-corruption", [goneTranscript(facts), ...versionEvidence(facts)], {
    missing: [l10n.t("Only the gateway's log tells a corrupted history from a file that somebody removed.")],
  });
}
