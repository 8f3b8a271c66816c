import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { endedFile, iso, lastEntry } from "./compared";
import type { RotationFacts } from "./rotationFacts";

/** Clocks of two machines differ by no more than this, ms. */
const CLOCKS_DIFFER_MS = 60_000;

/** A moment that cannot be right: whatever is reckoned from it may be wrong too. */
export function clockDoubt(facts: RotationFacts): Evidence[] {
  const { at } = facts.boundary;
  if (at === undefined) return [];
  const file = endedFile(facts.boundary);
  const place = file && { file: file.path };
  const { now } = facts;
  if (now !== undefined && at > now + CLOCKS_DIFFER_MS) {
    const say = (): string =>
      l10n.t("The reset is stamped {0}, which is still to come: a clock was wrong, then or now.", iso(at));
    return [evidence("file-name", say, place)];
  }
  const last = lastEntry(facts);
  if (last === undefined || last.at <= at + CLOCKS_DIFFER_MS) return [];
  const say = (): string =>
    l10n.t(
      "The reset is stamped {0}, before the last entry of the old transcript ({1}): a clock was wrong, or the file is another one.",
      iso(at),
      iso(last.at),
    );
  return [evidence("file-name", say, place)];
}
