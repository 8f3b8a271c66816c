import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { iso, usable } from "./compared";
import type { RotationFacts } from "./rotationFacts";

/** The call writes the row a few milliseconds before the archive has its stamp (recorded: 3 ms), ms. */
const WITH_THE_RENAME_MS = 2_000;

/**
 * The row as `sessions.reset` leaves it up to 2026.3.24 until the next answer: written with the rename, its counts zero, and without
 * a transcript. A turn that resets names its transcript at once and has no counts (both recorded with 2026.3.13).
 */
export function emptiedRow({ boundary }: RotationFacts): Evidence | undefined {
  const { conversation, to, at } = boundary;
  const row = conversation?.row;
  const written = usable(row?.updatedAt);
  if (row === undefined || to === undefined || at === undefined || written === undefined) return undefined;
  if (row.sessionId !== to.sessionId || to.primary !== undefined || row.sessionFile !== undefined) return undefined;
  if (Math.abs(written - at) > WITH_THE_RENAME_MS) return undefined;
  const isZero = row.totalTokens === 0 && row.rest["inputTokens"] === 0 && row.rest["outputTokens"] === 0;
  if (!isZero || row.rest["totalTokensFresh"] !== true) return undefined;
  return evidence("store", () =>
    l10n.t(
      "The store row of {0} was written at {1}, with the reset of {2}; its counts are zero and it names no transcript, as sessions.reset leaves it up to OpenClaw 2026.3.24. A turn names its transcript at once.",
      row.key,
      iso(written),
      iso(at),
    ),
  );
}
