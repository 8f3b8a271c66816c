import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../../evidence/evidence";
import { isIsolatedKey, isOfIsolatedRun, nextOpening, openingOf, versionEvidence } from "../compared";
import { parseSessionKey } from "../../names/sessionKey";
import { type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";

/** Isolated heartbeats and cron jobs take a new session for every run and leave the old one, by design. */
export function judgeIsolatedRun(facts: RotationFacts): Judgement {
  const { archive, conversation, from } = facts.boundary;
  if (archive !== undefined) return silent;
  if (conversation === undefined) return orphanOfRun(facts);
  if (!isOfIsolatedRun(facts) || !isIsolatedKey(conversation.key)) return silent;

  const isHeartbeat = parseSessionKey(conversation.key).about.kind === "heartbeat";
  const key = evidence("store", () =>
    isHeartbeat
      ? l10n.t("{0} is the key of an isolated heartbeat: every tick takes a new session.", conversation.key)
      : l10n.t("{0} is the key of a cron job: every isolated run takes a new session.", conversation.key),
  );
  return likely("isolated-run", [key, ...runs(facts), ...firstTurns(facts)], {
    against: from.kind === "missing" ? [gone(from.sessionId)] : [],
  });
}

/** Nothing names its key any more, but its first message is the prompt of a heartbeat or of a cron job. */
function orphanOfRun(facts: RotationFacts): Judgement {
  const placed = openingOf(facts.boundary.from);
  if (placed === undefined) return silent;
  const { speaker } = placed.opening;
  const isIsolatedTick = speaker === "heartbeat" && facts.surroundings.heartbeat.isolated;
  if (!isIsolatedTick && speaker !== "cron") return silent;
  const opened: NonEmpty<Evidence> = [
    evidence(
      "transcript",
      () =>
        speaker === "cron"
          ? l10n.t("The transcript begins with the prompt of a cron job.")
          : l10n.t("The transcript begins with the prompt of a heartbeat."),
      placed.place,
    ),
  ];
  const about = isIsolatedTick ? facts.surroundings.heartbeat.evidence : versionEvidence(facts);
  return possible("isolated-run", [...opened, ...about], {
    missing: [l10n.t("Nothing on disk names the conversation that this session belonged to.")],
  });
}

function runs({ cronRuns, boundary: { from, to } }: RotationFacts): Evidence[] {
  return cronRuns
    .filter(({ sessionId }) => sessionId === from.sessionId || sessionId === to?.sessionId)
    .slice(0, 2)
    .map(({ base, jobId, sessionId }) =>
      evidence("cron-run", () => l10n.t("The run log {0} of cron job {1} names session {2}.", base, jobId, sessionId)),
    );
}

function firstTurns(facts: RotationFacts): Evidence[] {
  const next = nextOpening(facts);
  const { trigger } = facts;
  return [
    ...(next === undefined
      ? []
      : [
          evidence(
            "transcript",
            () => l10n.t("The next session was opened by: {0}.", next.opening.speaker),
            next.place,
          ),
        ]),
    ...(trigger === undefined
      ? []
      : [
          evidence(
            "trajectory",
            () => l10n.t("Its run trace says that it was begun by: {0}.", trigger.trigger),
            trigger.place,
          ),
        ]),
  ];
}

function gone(sessionId: string): Evidence {
  return evidence("store", () => l10n.t("The transcript of session {0} is gone.", sessionId));
}
