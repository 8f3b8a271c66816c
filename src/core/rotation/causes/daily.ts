import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../../evidence/evidence";
import { dailyBoundaryBefore } from "../../surroundings/dailyBoundary";
import { zoneOfOffset } from "../../surroundings/zoneOffset";
import { boundaryBefore } from "../rememberedBoundary";
import { archiveReason, isOfIsolatedRun, type Moment, versionEvidence } from "../compared";
import { automaticFit } from "../automaticReset";
import { clockDoubt } from "../clockDoubt";
import { laterConfig } from "../laterConfig";
import { excluded, type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";
import { type Daily, notInForce, type Reading, sentence, sentences } from "../dailyReadings";
import { lastActivity, mtimeDoubt, sessionStart } from "../sessionClocks";
import { unknownSuccessor } from "../unjoinedBetween";

/** More zones than these are not spelled out. */
const MOST_ZONES = 6;

/**
 * The boundary of OpenClaw's day lay between the last activity (up to 2026.4.24) or the start of the session (2026.4.25+) and
 * the first turn after it. Files alone never name it, so it is never certain.
 */
export function judgeDaily(facts: RotationFacts): Judgement {
  const { at } = facts.boundary;
  if (at === undefined || archiveReason(facts.boundary) === "deleted" || isOfIsolatedRun(facts)) return silent;
  const { policy } = facts.surroundings;
  if (policy.every(({ daily }) => daily === undefined)) return excluded("daily", [notInForce(), ...policy[0].evidence]);

  const readings = readingsOf(facts, at);
  if (readings === undefined) return silent;
  const [main] = readings;
  const relevant = main.zone.known ? readings.filter(({ zone }) => zone === main.zone) : readings;
  const due = relevant.filter(({ isDue }) => isDue);
  // Zones that the gateway did not run in say nothing for or against it; the report tells what would be there.
  const [text, ...others] = sentences([main, ...readings.slice(1).filter(({ zone }) => zone === main.zone)]);
  const anywhere = main.zone.known ? undefined : dueAnywhere(facts, at);
  if (due.length === 0) {
    // Where the gateway may have run somewhere else altogether, these zones exclude nothing.
    return anywhere === undefined || anywhere === "nowhere" ? excluded("daily", [text, ...others]) : silent;
  }

  const fit = automaticFit(facts);
  if (fit.kind === "excluded") return excluded("daily", fit.because);
  const against = [
    ...fit.against,
    ...mtimeDoubt(facts, main.boundary),
    ...startDoubt(facts),
    ...clockDoubt(facts),
    ...laterConfig(facts),
  ];
  const about = [...others, ...aboutSurroundings(facts, main)];
  if (!main.isDue) {
    const [assumed] = due;
    if (assumed === undefined) return silent;
    return possible("daily", [sentence(assumed), ...about], { against: [text, ...against], missing: missing(facts) });
  }
  const isPlaceKnown = anywhere === undefined || anywhere === "everywhere";
  const isSure = isPlaceKnown && due.length === relevant.length && against.length === 0 && fit.sure;
  const confirm = isSure ? likely : possible;
  return confirm("daily", [text, ...about], { against, missing: isSure ? [] : missing(facts) });
}

/** When the session first went stale by this rule, by the assumptions that are used; epoch ms. */
export function dailyExpiry(facts: RotationFacts): number | undefined {
  const [{ daily }] = facts.surroundings.policy;
  const [{ zone }] = facts.surroundings.zone;
  const since = daily && clockOf(facts, daily.clock);
  if (daily === undefined || since === undefined) return undefined;
  // The first boundary after it is at most a day away, and an hour more where clocks are put back.
  for (const hours of [24, 25, 26]) {
    const next = boundaryBefore(since.at + hours * 3_600_000, daily.atHour, zone);
    if (next > since.at) return next;
  }
  return undefined;
}

/** Undefined when one of them cannot be worked out. */
function readingsOf(facts: RotationFacts, at: number): NonEmpty<Reading> | undefined {
  const { zone: zones, policy: policies } = facts.surroundings;
  const readings: Reading[] = [];
  for (const { daily } of policies) {
    const since = daily && clockOf(facts, daily.clock);
    if (daily !== undefined && since === undefined) return undefined;
    for (const zone of zones.slice(0, MOST_ZONES)) {
      const boundary = daily === undefined ? Number.NaN : boundaryBefore(at, daily.atHour, zone.zone);
      const isDue = since !== undefined && since.at < boundary;
      readings.push({ zone, daily, boundary, since: since ?? { at, place: undefined }, at, isDue });
    }
  }
  const [first, ...others] = readings;
  return first === undefined ? undefined : [first, ...others];
}

/** Whether it would have been due wherever on earth the gateway ran: whole hours stand for all zones. */
function dueAnywhere(facts: RotationFacts, at: number): "everywhere" | "nowhere" | "somewhere" {
  let [due, not] = [false, false];
  for (const { daily } of facts.surroundings.policy) {
    const since = daily && clockOf(facts, daily.clock);
    if (daily === undefined || since === undefined) {
      not = true;
      continue;
    }
    for (const zone of zonesOfTheEarth) {
      if (since.at < dailyBoundaryBefore(at, daily.atHour, zone)) due = true;
      else not = true;
    }
  }
  if (due && not) return "somewhere";
  return due ? "everywhere" : "nowhere";
}

const zonesOfTheEarth: readonly string[] = Array.from(
  { length: 27 },
  (_, index) => zoneOfOffset((index - 12) * 60) ?? "UTC",
);

function clockOf(facts: RotationFacts, clock: Daily["clock"]): Moment | undefined {
  return clock === "updatedAt" ? lastActivity(facts) : (sessionStart(facts) ?? lastActivity(facts));
}

function aboutSurroundings(facts: RotationFacts, { zone }: Reading): Evidence[] {
  return [...facts.surroundings.policy[0].evidence, zone.evidence, ...versionEvidence(facts)];
}

/** After a restore the header is older than the session that OpenClaw sees. */
function startDoubt(facts: RotationFacts): Evidence[] {
  const { from, at } = facts.boundary;
  if (facts.rowBefore !== undefined || at === undefined) return [];
  const earlier = [from.primary, ...from.copies].find(
    (file) => file?.name.kind === "archive" && file.name.reason === "reset" && (file.name.at ?? Infinity) < at,
  );
  if (earlier === undefined) return [];
  return [
    evidence(
      "file-name",
      () =>
        l10n.t(
          "{0} says that this session was set aside before and brought back; when it began anew then is not known.",
          earlier.name.base,
        ),
      { file: earlier.path },
    ),
  ];
}

function missing({ surroundings: { zone, version }, boundary: { between } }: RotationFacts): string[] {
  const sentences: string[] = between === undefined ? [] : [unknownSuccessor(between)];
  if (!zone[0].known) {
    sentences.push(l10n.t("The time zone of the gateway is not known; its log of that day says it with every line."));
  }
  if (version.kind === "unknown") {
    sentences.push(l10n.t("Which OpenClaw ran then is not known; the gateway's log of that day says it."));
  }
  return sentences;
}
