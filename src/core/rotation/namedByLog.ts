import * as l10n from "@vscode/l10n";
import type { VersionRange } from "../locations/versionRange";
import { type Evidence, evidence } from "../evidence/evidence";
import { endedFile, isLeftBehind, namedFile, versionEvidence } from "./compared";
import { certain, type Doubts, excluded, type Judgement, likely, possible } from "./judgement";
import type { OwnLine } from "./logLines";
import { versionIn } from "./ranges";
import type { CauseKind } from "./rotation";
import type { RotationFacts } from "./rotationFacts";

/** How the failure that a line tells of leaves the old transcript. */
export type Leaves = "in-place" | "no-file" | "anything";

/**
 * A line of the log that names the cause. Anybody's words can get into a log, so it is certain only where the release that ran
 * writes such a line, no other end can be meant and the files are as the failure leaves them.
 */
export function namedByLog(
  facts: RotationFacts,
  cause: CauseKind,
  { line, isSole }: OwnLine,
  {
    range,
    leaves,
    more = [],
  }: { readonly range: VersionRange; readonly leaves: Leaves; readonly more?: readonly Evidence[] },
): Judgement {
  const inRange = versionIn(facts, range);
  if (inRange === "no") return excluded(cause, [notOfThisRelease(range), ...versionEvidence(facts)]);
  const about = [...more, ...versionEvidence(facts)];
  const against = contradictions(facts, leaves);
  if (!isSole || against.length > 0) {
    return possible(cause, [line, ...about], { against, missing: isSole ? [] : [otherMeant()] });
  }
  const doubts: Doubts = inRange === "yes" ? {} : { missing: [whichRelease()] };
  return inRange === "yes" ? certain(cause, line, more) : likely(cause, [line, ...about], doubts);
}

export function otherMeant(): string {
  return l10n.t("The line names no session, and another one ended within seconds: it may be about that.");
}

export function whichRelease(): string {
  return l10n.t("Which OpenClaw ran then is not known; only some releases do this.");
}

function notOfThisRelease({ from, until }: VersionRange): Evidence {
  return evidence("default", () =>
    until === undefined
      ? l10n.t("Only OpenClaw {0} and later does this.", from)
      : l10n.t("Only OpenClaw {0} to {1} does this.", from, until),
  );
}

function contradictions(facts: RotationFacts, leaves: Leaves): readonly Evidence[] {
  const { archive } = facts.boundary;
  if (leaves === "anything") return [];
  if (archive !== undefined) {
    return [namedFile(archive, (base) => l10n.t("{0} is an archive; such a failure makes none.", base))];
  }
  const file = endedFile(facts.boundary);
  if (leaves === "in-place" || file === undefined || !isLeftBehind(facts)) return [];
  return [namedFile(file, (base) => l10n.t("{0} is still there; such a failure removes it.", base))];
}
