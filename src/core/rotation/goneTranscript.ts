import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { parseDuration } from "../surroundings/duration";
import type { RotationFacts } from "./rotationFacts";

const DAY_MS = 86_400_000;

/**
 * Archives are deleted by age, and old ones by hand: of what ended longer ago than OpenClaw keeps archives, a transcript that is not
 * there says nothing about how it ended. The same where nothing tells when that was.
 */
export function isGoneByAge(at: number | undefined, { config, now }: Pick<RotationFacts, "config" | "now">): boolean {
  if (now === undefined) return false;
  const { resetArchiveRetention, pruneAfter } = config?.maintenance ?? {};
  if (resetArchiveRetention?.value === false) return false;
  const written = resetArchiveRetention?.value ?? pruneAfter?.value;
  const age = written === undefined ? undefined : parseDuration(written, "d");
  return at === undefined || now - at > (age === undefined || age <= 0 ? 30 * DAY_MS : age);
}

/** A session that is named and of which no transcript and no archive is left. */
export function goneTranscript({ boundary: { from } }: RotationFacts): Evidence {
  const [trace] = from.trajectories;
  return trace === undefined
    ? evidence("store", () =>
        l10n.t(
          "Session {0} is named by the store, and neither a transcript nor an archive of it is there.",
          from.sessionId,
        ),
      )
    : evidence(
        "trajectory",
        () =>
          l10n.t(
            "Session {0} left a run trace, and neither a transcript nor an archive of it is there.",
            from.sessionId,
          ),
        { file: trace.path },
      );
}
