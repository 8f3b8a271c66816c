import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NonEmpty } from "../evidence/evidence";
import type { ResetPolicy, ZoneCandidate } from "../surroundings/surroundings";
import { evidenceOf, iso, type Moment } from "./compared";

export type Daily = NonNullable<ResetPolicy["daily"]>;

/** What comes out for one zone and one policy. */
export interface Reading {
  readonly zone: ZoneCandidate;
  readonly daily: Daily | undefined;
  /** Epoch ms; NaN where there is none. */
  readonly boundary: number;
  readonly since: Moment;
  readonly at: number;
  readonly isDue: boolean;
}

/** The one that is used first, then what comes out by the clocks of other releases, each outcome once. */
export function sentences(readings: NonEmpty<Reading>): NonEmpty<Evidence> {
  const [main, ...others] = readings;
  const seen = new Set([identity(main)]);
  const distinct = others.filter((reading) => !seen.has(identity(reading)) && seen.add(identity(reading)));
  return [sentence(main), ...distinct.map(elsewhere)];
}

function identity({ zone, daily, boundary }: Reading): string {
  return `${zone.zone}\n${daily?.clock ?? ""}\n${String(boundary)}`;
}

export function sentence(reading: Reading): Evidence {
  const { zone, daily, since } = reading;
  if (daily === undefined) return notInForce();
  const say = sayings[daily.clock][reading.isDue ? "due" : "not"][zone.known ? "known" : "assumed"];
  return evidenceOf(since, () => say(...valuesOf(reading, daily)));
}

/** `{0}` last activity or start, `{1}` reset, `{2}` hour, `{3}` zone, `{4}` boundary. */
type Saying = (...values: readonly string[]) => string;

const sayings: Readonly<
  Record<Daily["clock"], Readonly<Record<"due" | "not", Readonly<Record<"known" | "assumed", Saying>>>>>
> = {
  updatedAt: {
    due: {
      known: (...values) =>
        l10n.t("Last activity {0}, reset {1}: the {2} boundary in {3} ({4}) lies between them.", ...values),
      assumed: (...values) =>
        l10n.t("Last activity {0}, reset {1}: the {2} boundary in {3} (assumed), {4}, lies between them.", ...values),
    },
    not: {
      known: (...values) =>
        l10n.t(
          "Last activity {0}, reset {1}: the last {2} boundary in {3} was {4}, before the last activity, so no daily reset was due.",
          ...values,
        ),
      assumed: (...values) =>
        l10n.t(
          "Last activity {0}, reset {1}: the last {2} boundary in {3} (assumed) was {4}, before the last activity, so no daily reset was due.",
          ...values,
        ),
    },
  },
  sessionStartedAt: {
    due: {
      known: (...values) =>
        l10n.t("The session began {0}, reset {1}: the {2} boundary in {3} ({4}) lies between them.", ...values),
      assumed: (...values) =>
        l10n.t(
          "The session began {0}, reset {1}: the {2} boundary in {3} (assumed), {4}, lies between them.",
          ...values,
        ),
    },
    not: {
      known: (...values) =>
        l10n.t(
          "The session began {0}, reset {1}: the last {2} boundary in {3} was {4}, before it began, so no daily reset was due.",
          ...values,
        ),
      assumed: (...values) =>
        l10n.t(
          "The session began {0}, reset {1}: the last {2} boundary in {3} (assumed) was {4}, before it began, so no daily reset was due.",
          ...values,
        ),
    },
  },
};

function valuesOf({ since, at, zone, boundary }: Reading, { atHour }: Daily): string[] {
  return [iso(since.at), iso(at), hour(atHour), zone.zone, iso(boundary)];
}

function elsewhere({ zone, daily, boundary, since, isDue }: Reading): Evidence {
  if (daily === undefined) {
    return evidence("default", () =>
      l10n.t("Releases in question that have no daily reset here would not have reset it."),
    );
  }
  const say = otherwise[daily.clock][isDue ? "due" : "not"];
  return evidence(zone.evidence.source, () => say(zone.zone, iso(boundary), iso(since.at)), zone.evidence.place);
}

const otherwise: Readonly<Record<Daily["clock"], Readonly<Record<"due" | "not", Saying>>>> = {
  updatedAt: {
    due: (...values) =>
      l10n.t(
        "By the last activity, which counts up to OpenClaw 2026.4.24: the boundary in {0} was {1}, after it ({2}), so a daily reset was due.",
        ...values,
      ),
    not: (...values) =>
      l10n.t(
        "By the last activity, which counts up to OpenClaw 2026.4.24: the boundary in {0} was {1}, before it ({2}), so no daily reset was due.",
        ...values,
      ),
  },
  sessionStartedAt: {
    due: (...values) =>
      l10n.t(
        "By the session's start, which counts from OpenClaw 2026.4.25 on: the boundary in {0} was {1}, after it ({2}), so a daily reset was due.",
        ...values,
      ),
    not: (...values) =>
      l10n.t(
        "By the session's start, which counts from OpenClaw 2026.4.25 on: the boundary in {0} was {1}, before it ({2}), so no daily reset was due.",
        ...values,
      ),
  },
};

function hour(atHour: number): string {
  return `${String(atHour).padStart(2, "0")}:00`;
}

export function notInForce(): Evidence {
  return evidence("config", () => l10n.t("No daily reset is in force for this conversation."));
}
