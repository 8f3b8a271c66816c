import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../../evidence/evidence";
import type { ResetPolicy } from "../../surroundings/surroundings";
import { formatDuration } from "../../text/formatTime";
import { automaticFit } from "../automaticReset";
import { clockDoubt } from "../clockDoubt";
import { laterConfig } from "../laterConfig";
import { archiveReason, evidenceOf, iso, isOfIsolatedRun, type Moment, versionEvidence } from "../compared";
import { excluded, isNonEmpty, type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";
import { lastActivity, lastInteraction } from "../sessionClocks";
import { unknownSuccessor } from "../unjoinedBetween";

/** Nobody used the conversation for longer than the policy allows; the next message began a new one. */
export function judgeIdle(facts: RotationFacts): Judgement {
  const { at } = facts.boundary;
  if (at === undefined || archiveReason(facts.boundary) === "deleted" || isOfIsolatedRun(facts)) return silent;
  const { policy } = facts.surroundings;
  if (policy.every(({ idle }) => idle === undefined)) {
    // What is configured; the hour of a default daily reset is no evidence about idleness.
    return excluded("idle", [notInForce(), ...policy[0].evidence.filter(({ place }) => place !== undefined)]);
  }

  const readings = policy.map((each) => readingOf(facts, at, each));
  const due = readings.filter(({ verdict }) => verdict === "due");
  const texts = readings.flatMap(({ text }) => (text === undefined ? [] : [text]));
  const about = [...policy[0].evidence, ...versionEvidence(facts)];
  if (due.length === 0) {
    return readings.every(({ verdict }) => verdict === "not") && isNonEmpty(texts) ? excluded("idle", texts) : silent;
  }
  const fit = automaticFit(facts);
  if (fit.kind === "excluded") return excluded("idle", fit.because);
  const [first] = due;
  if (first?.text === undefined) return silent;
  const doubts = [...clockDoubt(facts), ...laterConfig(facts)];
  const isSure = due.length === readings.length && fit.sure && doubts.length === 0;
  if (isSure) return likely("idle", [first.text, ...about]);
  const { between } = facts.boundary;
  const others = readings.filter(({ verdict, text }) => verdict === "not" && text !== undefined);
  return possible("idle", [first.text, ...about], {
    against: [...fit.against, ...doubts, ...others.flatMap(({ text }) => (text === undefined ? [] : [text]))],
    missing:
      between === undefined
        ? [l10n.t("Which OpenClaw ran then, and with which config, is not known for sure.")]
        : [unknownSuccessor(between)],
  });
}

/** When the session first went stale by this rule; epoch ms. */
export function idleExpiry(facts: RotationFacts): number | undefined {
  const [{ idle }] = facts.surroundings.policy;
  const since = idle && clockOf(facts, idle.clock);
  return idle === undefined || since === undefined ? undefined : since.at + idle.minutes * 60_000;
}

interface Reading {
  readonly verdict: "due" | "not" | "unknown";
  readonly text: Evidence | undefined;
}

function readingOf(facts: RotationFacts, at: number, { idle }: ResetPolicy): Reading {
  if (idle === undefined) return { verdict: "not", text: notInForce() };
  const since = clockOf(facts, idle.clock);
  if (since === undefined) return { verdict: "unknown", text: undefined };
  const limit = idle.minutes * 60_000;
  const isDue = at > since.at + limit;
  // What a person did last is not later than what anybody did last, and may be earlier.
  const isBound = idle.clock === "lastInteractionAt" && lastInteraction(facts) === undefined;
  if (!isDue && isBound) return { verdict: "unknown", text: undefined };
  return { verdict: isDue ? "due" : "not", text: sentence({ since, at, limit, isDue }) };
}

function clockOf(facts: RotationFacts, clock: NonNullable<ResetPolicy["idle"]>["clock"]): Moment | undefined {
  return clock === "lastInteractionAt" ? (lastInteraction(facts) ?? lastActivity(facts)) : lastActivity(facts);
}

interface Compared {
  readonly since: Moment;
  readonly at: number;
  readonly limit: number;
  readonly isDue: boolean;
}

function sentence({ since, at, limit, isDue }: Compared): Evidence {
  return evidenceOf(since, () => {
    const values = [iso(since.at), iso(at), formatDuration(at - since.at), formatDuration(limit)];
    return isDue
      ? l10n.t("Last used {0}, reset {1}: {2} later, more than the {3} that the policy allows.", ...values)
      : l10n.t("Last used {0}, reset {1}: {2} later, within the {3} that the policy allows.", ...values);
  });
}

function notInForce(): Evidence {
  return evidence("config", () => l10n.t("No idle limit is in force for this conversation."));
}
