import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import type { RotationFacts } from "./rotationFacts";

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
