import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { formatCount } from "../text/formatCount";
import type { RotationFacts } from "./rotationFacts";

/** A restart after a failure puts the last messages into the next transcript again (2026.4.29–7.35). */
export function replayedRows({ boundary: { to } }: RotationFacts): Evidence[] {
  const file = to?.primary;
  const count = file?.head?.replayed ?? 0;
  if (file === undefined || count === 0) return [];
  return [
    evidence(
      "transcript",
      () =>
        l10n.t(
          "The next transcript begins with what is older than its header ({0}): a restart put it in again.",
          formatCount("message", count),
        ),
      { file: file.path, line: 2 },
    ),
  ];
}
