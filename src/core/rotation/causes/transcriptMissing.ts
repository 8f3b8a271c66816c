import * as l10n from "@vscode/l10n";
import { evidence } from "../../evidence/evidence";
import { iso, isOfIsolatedRun, nextHeader, usable } from "../compared";
import { type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";

/** A header this much younger than the session it belongs to was not written at its start, ms. */
const YOUNGER_MS = 60_000;

/** The transcript behind a row was gone; OpenClaw began a new one under the same id, without a word. */
export function judgeTranscriptMissing(facts: RotationFacts): Judgement {
  const { archive, from, to, conversation } = facts.boundary;
  if (to === undefined || to.sessionId !== from.sessionId || isOfIsolatedRun(facts)) return silent;
  const header = nextHeader(facts);
  const same = evidence(
    "transcript",
    () => l10n.t("The next transcript has the same session id, {0}, and other messages.", to.sessionId),
    header?.place,
  );
  const row = conversation?.row;
  const started = row?.sessionId === to.sessionId ? usable(row.sessionStartedAt) : undefined;
  if (header === undefined || started === undefined || header.at - started < YOUNGER_MS) {
    return possible("transcript-missing", [same]);
  }
  const younger = evidence(
    "transcript",
    () => l10n.t("Its header is of {0}, and the session began {1}.", iso(header.at), iso(started)),
    header.place,
  );
  const confirm = archive === undefined ? likely : possible;
  return confirm("transcript-missing", [same, younger]);
}
