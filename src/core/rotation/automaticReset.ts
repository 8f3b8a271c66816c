import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../evidence/evidence";
import { isMachineTurn, iso, isGone, isLeftBehind, namedFile, openingAtBoundary, versionEvidence } from "./compared";
import { ranges, versionIn } from "./ranges";
import type { RotationFacts } from "./rotationFacts";

/** Whether what is on disk looks as a daily or idle reset leaves it. */
export type Fit =
  | { readonly kind: "fits"; readonly sure: boolean; readonly against: readonly Evidence[] }
  | { readonly kind: "excluded"; readonly because: NonEmpty<Evidence> };

export function automaticFit(facts: RotationFacts): Fit {
  const left = traces(facts);
  if (left.kind === "excluded") return left;
  const turn = firstTurn(facts);
  if (turn.kind === "excluded") return turn;
  const guessed = guessedJoin(facts);
  return {
    kind: "fits",
    sure: left.sure && turn.sure && guessed.length === 0 && !isFirstTurnLost(facts),
    against: [...left.against, ...turn.against, ...guessed],
  };
}

/** The policy of a conversation says little about a transcript that is only taken for one of its own. */
function guessedJoin({ boundary: { from } }: RotationFacts): Evidence[] {
  const { join } = from;
  return join?.rung === "only-conversation" ? [evidence("store", () => join.evidence)] : [];
}

/** Whose turn came first might speak against it, and cannot be told any more. */
function isFirstTurnLost({ boundary: { between, naming, to } }: RotationFacts): boolean {
  return between !== undefined || (naming?.toSessionId !== undefined && to?.primary === undefined);
}

const fits: Fit = { kind: "fits", sure: true, against: [] };

/** Which releases archive the old transcript, and which leave it. */
function traces(facts: RotationFacts): Fit {
  const { archive, from } = facts.boundary;
  if (archive !== undefined) {
    if (versionIn(facts, ranges.automaticOrphan) !== "yes") return fits;
    return excludedBy(
      facts,
      namedFile(archive, (base) =>
        l10n.t("{0} is an archive; up to OpenClaw 2026.3.6 a daily or idle reset makes none.", base),
      ),
    );
  }
  if (isGone(facts)) return { kind: "fits", sure: false, against: [] };
  if (!isLeftBehind(facts)) return fits;
  if (versionIn(facts, ranges.automaticOrphan) === "yes" || versionIn(facts, ranges.agentCallOrphan) === "yes")
    return fits;
  const file = from.primary;
  if (versionIn(facts, ranges.agentCallKeeps) === "yes" && file !== undefined) {
    return excludedBy(
      facts,
      namedFile(file, (base) =>
        l10n.t("{0} still has its own name; OpenClaw 2026.3.7 to 2026.4.29 renames it at a daily or idle reset.", base),
      ),
    );
  }
  return { kind: "fits", sure: false, against: [] };
}

/** Whose turn came first: heartbeats, cron jobs and notices reset nothing from 2026.4.1 on. */
function firstTurn(facts: RotationFacts): Fit {
  const placed = openingAtBoundary(facts);
  if (placed === undefined || !isMachineTurn(placed.opening)) return fits;
  // A command that OpenClaw answers itself leaves no user message (2026.5.18): then another turn came first.
  if ((facts.boundary.to?.primary?.index?.roles.mirror ?? 0) > 0) return fits;
  const { opening, place } = placed;
  const keeps = versionIn(facts, ranges.machineTurnsKeep);
  if (keeps === "no") return fits;
  const text = evidence(
    "transcript",
    () =>
      l10n.t(
        "The next transcript was opened by a machine's turn ({0}, {1}); from OpenClaw 2026.4.1 on such a turn resets nothing by policy.",
        opening.speaker,
        opening.at === undefined ? l10n.t("unknown time") : iso(opening.at),
      ),
    place,
  );
  if (keeps === "yes") return excludedBy(facts, text);
  return { kind: "fits", sure: false, against: [text] };
}

function excludedBy(facts: RotationFacts, because: Evidence): Fit {
  return { kind: "excluded", because: [because, ...versionEvidence(facts)] };
}
