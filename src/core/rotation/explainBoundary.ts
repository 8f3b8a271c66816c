import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../evidence/evidence";
import { issuesOfRotation } from "../knownIssues/knownIssues";
import { formatDuration } from "../text/formatTime";
import { allCauses } from "./causes/allCauses";
import { dailyExpiry } from "./causes/daily";
import { idleExpiry } from "./causes/idle";
import { judgeRestored } from "./causes/restored";
import { endedFile, isGone, isLeftBehind, iso, usable, versionEvidence } from "./compared";
import { costOf } from "./cost";
import { executorOf } from "./executor";
import { isGoneByAge } from "./goneTranscript";
import { originOf } from "./origin";
import { ranges, versionIn } from "./ranges";
import type { Cause, Confidence, Excluded, KnownIssueMatch, Rotation } from "./rotation";
import type { RotationFacts } from "./rotationFacts";
import { unknownSuccessor } from "./unjoinedBetween";

/** Why a window ended, the likeliest cause first. What nothing speaks for is not there; with no cause at all it is unknown. */
export function explainBoundary(facts: RotationFacts): Rotation {
  const causes: Cause[] = [];
  const excluded: Excluded[] = [];
  // What the inspector set aside nobody has reset, whatever was due by then.
  for (const judge of facts.restore === undefined ? judges : [judgeRestored]) {
    const judgement = judge(facts);
    if (judgement.kind === "holds") causes.push(judgement.cause);
    else if (judgement.kind === "excluded") excluded.push(judgement.excluded);
  }
  const ranked = causes.length > 1 ? firstExpiredFirst(facts, causes.sort(byConfidence)) : causes;
  const { boundary } = facts;
  // Spelled out, and one object: there may be ten thousand of them.
  const rotation = {
    id: boundary.id,
    stateDir: boundary.stateDir,
    agentId: boundary.agentId,
    conversation: boundary.conversation,
    from: boundary.from,
    to: boundary.to,
    between: boundary.between,
    naming: boundary.naming,
    at: boundary.at,
    atFrom: boundary.atFrom,
    archive: boundary.archive,
    causes: ranked,
    excluded,
    compared: comparedOf(facts),
    missing: ranked.length > 0 ? unreadLog(facts) : missingOf(facts),
    executedBy: executorOf(facts, ranked[0]),
    origin: originOf(facts, ranked[0]),
    cost: costOf(boundary),
    surroundings: facts.surroundings,
    restore: facts.restore,
    broughtBack: facts.broughtBack,
    knownIssues: nothing as readonly KnownIssueMatch[],
  };
  rotation.knownIssues = issuesOfRotation(rotation);
  return rotation;
}

const judges = Object.values(allCauses);
const nothing: readonly never[] = [];

const ranks: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

/** Stable: among equals the order of `allCauses` stays. */
function byConfidence(a: Cause, b: Cause): number {
  return ranks[a.confidence] - ranks[b.confidence] || Number(isGuess(a)) - Number(isGuess(b));
}

/** That a file is gone fits these causes, and many another thing: retention, a hand. */
function isGuess({ cause, confidence }: Cause): boolean {
  return confidence === "possible" && (cause === "role-conflict" || cause === "history-corruption");
}

/** Daily and idle resets may both have been due: the session was stale from the earlier of the two on. */
function firstExpiredFirst(facts: RotationFacts, causes: readonly Cause[]): readonly Cause[] {
  const daily = causes.findIndex(({ cause }) => cause === "daily");
  const idle = causes.findIndex(({ cause }) => cause === "idle");
  const [dailyCause, idleCause] = [causes[daily], causes[idle]];
  if (dailyCause === undefined || idleCause === undefined) return causes;
  const [byDay, byIdleness] = [dailyExpiry(facts), idleExpiry(facts)];
  if (byDay === undefined || byIdleness === undefined) return causes;

  const idleWasFirst = byIdleness < byDay;
  const both = evidence("default", () =>
    idleWasFirst
      ? l10n.t("Both were due: the idle time was over at {0}, before the boundary of {1}.", iso(byIdleness), iso(byDay))
      : l10n.t(
          "Both were due: the boundary was at {0}, before the idle time was over at {1}.",
          iso(byDay),
          iso(byIdleness),
        ),
  );
  const told = causes.map((cause): Cause => {
    if (cause !== dailyCause && cause !== idleCause) return cause;
    if (cause.confidence === "certain") return cause;
    const [first, ...others] = cause.evidence;
    return { ...cause, evidence: [first, ...others, both] };
  });
  const sameConfidence = dailyCause.confidence === idleCause.confidence;
  if (!sameConfidence || idleWasFirst === idle < daily) return told;
  const [one, other] = [told[daily], told[idle]];
  return told.map((cause, at) => (at === daily && other ? other : at === idle && one ? one : cause));
}

/** What was looked at in any case. */
function comparedOf(facts: RotationFacts): NonEmpty<Evidence> {
  const { from, to, at, archive, between } = facts.boundary;
  const file = endedFile(facts.boundary);
  const ended = evidence(
    archive === undefined ? "transcript" : "file-name",
    () =>
      at === undefined
        ? l10n.t("Session {0} ended; nothing tells when.", from.sessionId)
        : l10n.t("Session {0} ended {1}.", from.sessionId, iso(at)),
    file && { file: file.path },
  );
  const firstAt = usable(to?.firstAt);
  const next =
    to === undefined
      ? evidence("transcript", () =>
          between === undefined ? l10n.t("Nothing tells which session followed it.") : unknownSuccessor(between),
        )
      : evidence(
          "transcript",
          () =>
            firstAt === undefined
              ? l10n.t("Session {0} followed it.", to.sessionId)
              : at === undefined
                ? l10n.t("Session {0} followed it, from {1} on.", to.sessionId, iso(firstAt))
                : l10n.t(
                    "Session {0} followed it; its first entry is of {1}, {2} later.",
                    to.sessionId,
                    iso(firstAt),
                    formatDuration(firstAt - at),
                  ),
          to.primary && { file: to.primary.path, line: 2 },
        );
  return [ended, next, ...seenEvidence(facts), ...versionEvidence(facts), ...logEvidence(facts)];
}

/** What was seen names more than the files do. */
function seenEvidence({ boundary: { from, naming } }: RotationFacts): Evidence[] {
  if (naming === undefined) return [];
  const { key, fromSessionId, toSessionId, recordedAt } = naming;
  const say = (): string =>
    fromSessionId === from.sessionId && toSessionId !== undefined
      ? l10n.t("The inspector saw session {0} of {1} followed by session {2}.", fromSessionId, key, toSessionId)
      : l10n.t("The inspector saw session {0} as one of {1}.", from.sessionId, key);
  return [evidence("reset-record", say, undefined, recordedAt)];
}

function logEvidence({ logs, logCovers }: RotationFacts): Evidence[] {
  if (logCovers === undefined) return [];
  return [
    evidence(
      "log",
      () => l10n.t("The gateway's log covers that time; lines around it that were looked at: {0}.", logs.length),
      { file: logCovers.file },
    ),
  ];
}

function unreadLog({ logUnread }: RotationFacts): readonly string[] {
  if (logUnread === undefined) return nothing;
  return [
    l10n.t(
      "{0} says too much around that time to be read whole: only what is nearest to it was read, so that a line is missing proves nothing.",
      logUnread.file,
    ),
  ];
}

function missingOf(facts: RotationFacts): string[] {
  const { boundary, surroundings, logCovers } = facts;
  const missing: string[] = [];
  if (boundary.conversation === undefined) {
    missing.push(
      l10n.t("Nothing on disk names the conversation of this session: a run trace would, or a copy of the store."),
    );
  }
  if (boundary.conversation === undefined && isLeftBehind(facts) && versionIn(facts, ranges.agentCallOrphan) !== "no") {
    missing.push(
      l10n.t(
        "From OpenClaw 2026.5.18 on an agent call (openclaw agent) leaves a stale session's transcript like this, because of the daily boundary or the idle limit of its conversation; without its key that cannot be checked.",
      ),
    );
  }
  if (isGone(facts) && isGoneByAge(boundary.at, facts)) {
    missing.push(
      l10n.t(
        "Nothing is left of its transcript. That is ordinary: OpenClaw deletes archives, after 30 days where nothing is configured.",
      ),
    );
  }
  if (boundary.between !== undefined) missing.push(unknownSuccessor(boundary.between));
  if (boundary.at === undefined) missing.push(l10n.t("Nothing on disk tells when it ended."));
  if (surroundings.version.kind === "unknown") missing.push(l10n.t("Which OpenClaw ran then is not known."));
  missing.push(...unreadLog(facts));
  if (logCovers === undefined && facts.logUnread === undefined) {
    missing.push(l10n.t("No log of the gateway covers that time; OpenClaw deletes its logs after a day."));
  }
  missing.push(
    l10n.t(
      "Nothing that the inspector keeps while it watches names a cause, nor does a line of OpenClaw's command-logger hook.",
    ),
  );
  return missing;
}
