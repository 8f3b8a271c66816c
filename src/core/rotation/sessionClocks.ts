import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { endedFile, iso, lastEntry, lastUserMessage, type Moment, oldHeader, usable } from "./compared";
import { ranges, versionIn } from "./ranges";
import type { RotationFacts, RowBefore } from "./rotationFacts";

/** The clocks that OpenClaw judges a session by, as far as they can still be told. */

/** `updatedAt` up to 2026.4.24: the row as it was, or the last entry when that is later (a kept row may be older). */
export function lastActivity(facts: RotationFacts): Moment | undefined {
  const entry = lastEntry(facts);
  const { rowBefore, boundary } = facts;
  const row = usable(rowBefore?.row.updatedAt);
  if (row === undefined || (boundary.at !== undefined && row > boundary.at)) return entry;
  return entry === undefined || row > entry.at ? ofRow(row, rowBefore) : entry;
}

/** `sessionStartedAt` (2026.4.25+), else the header's time, as OpenClaw itself falls back. */
export function sessionStart(facts: RotationFacts): Moment | undefined {
  const row = usable(facts.rowBefore?.row.sessionStartedAt);
  return row === undefined ? oldHeader(facts) : ofRow(row, facts.rowBefore);
}

/** `lastInteractionAt` (2026.4.25+): what a person did last. Undefined when only the last entry of anybody is known. */
export function lastInteraction(facts: RotationFacts): Moment | undefined {
  const { rowBefore } = facts;
  const row = usable(rowBefore?.row.lastInteractionAt);
  const user = lastUserMessage(facts);
  if (row === undefined) return user;
  return user === undefined || row > user.at ? ofRow(row, rowBefore) : user;
}

function ofRow(at: number, rowBefore: RowBefore | undefined): Moment {
  if (rowBefore === undefined) return { at, place: undefined };
  const { from, place, keptAt } = rowBefore;
  return { at, place, source: from, recordedAt: from === "reset-record" ? keptAt : undefined };
}

/**
 * The file was touched after its last entry, and by that time the rule would not have applied. Times of files move with
 * copies, and with heartbeats that were cut off again, so this decides nothing and is said.
 */
export function mtimeDoubt(facts: RotationFacts, boundary: number): Evidence[] {
  const file = endedFile(facts.boundary);
  const entry = lastEntry(facts);
  const { at } = facts.boundary;
  if (file === undefined || entry === undefined || at === undefined) return [];
  const touched = usable(file.mtimeMs);
  if (touched === undefined || touched > at || touched < entry.at + 1_000) return [];
  if (entry.at >= boundary || touched < boundary) return [];
  if (facts.surroundings.policy.every(({ daily }) => daily?.clock !== "updatedAt")) return [];
  const cut = versionIn(facts, ranges.heartbeatCut) !== "no";
  return [
    evidence(
      "file-attributes",
      () =>
        cut
          ? l10n.t(
              "The file was last touched {0}, after its last entry of {1}. Copying does that, and so does a heartbeat that was cut off again (OpenClaw 2026.2.23 to 2026.4.5), which would count as activity.",
              iso(touched),
              iso(entry.at),
            )
          : l10n.t(
              "The file was last touched {0}, after its last entry of {1}. Copying does that.",
              iso(touched),
              iso(entry.at),
            ),
      { file: file.path },
    ),
  ];
}
