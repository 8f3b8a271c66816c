import * as l10n from "@vscode/l10n";
import type { Evidence } from "../evidence/evidence";
import type { HeartbeatSchedule, ResetPolicy, VersionFact, ZoneCandidate } from "../surroundings/surroundings";
import { formatDuration } from "../text/formatTime";
import { visibleLine } from "../text/visibleText";
import { type Report, writeNewEvidence } from "./report";
import type { ReportWriter } from "./reportWriter";
import { verdictInZone } from "./zoneVerdict";

/** What the verdict depends on besides the files of the session, each with where it was learned. */
export function writeSurroundings(writer: ReportWriter, report: Report): void {
  const { version, zone, policy, heartbeat } = report.rotation.surroundings;
  const fact = (sentence: string, evidence: readonly Evidence[]): void => {
    writer.text("  ", sentence);
    writeNewEvidence(writer, report, "  + ", evidence);
  };
  writer.heading(l10n.t("Surroundings"));
  fact(versionSentence(version), version.kind === "unknown" ? [] : version.evidence);

  const [used, ...others] = zone;
  fact(zoneSentence(used), [used.evidence]);
  const { causes } = report.rotation;
  for (const other of others) {
    const verdict = verdictInZone(report.rotation, other.zone);
    // What a record names does not hang on the zone.
    if (verdict === undefined || causes[0]?.confidence === "certain") continue;
    writer.text("  · ", verdict);
  }

  const [first, ...otherPolicies] = policy;
  fact(policySentence(first), first.evidence);
  for (const other of otherPolicies) {
    // Where only the clock differs by version, the evidence says so.
    if (policySentence(other) === policySentence(first)) writeNewEvidence(writer, report, "  + ", other.evidence);
    else fact(otherPolicySentence(other), other.evidence);
  }
  fact(heartbeatSentence(heartbeat), heartbeat.evidence);
}

function versionSentence(version: VersionFact): string {
  switch (version.kind) {
    case "exact":
      return l10n.t("OpenClaw {0} was running.", visibleLine(version.version, 40));
    case "unknown":
      return l10n.t("Which version of OpenClaw was running is not known.");
    case "range": {
      const [from, until] = [version.from, version.until].map((each) => each && visibleLine(each, 40));
      if (from && from === until) return l10n.t("OpenClaw {0} was running.", from);
      if (from && until) return l10n.t("A version of OpenClaw from {0} to {1} was running.", from, until);
      if (from) return l10n.t("OpenClaw {0} or a newer version was running.", from);
      if (until) return l10n.t("OpenClaw {0} or an older version was running.", until);
      return l10n.t("Which version of OpenClaw was running is not known.");
    }
  }
}

function zoneSentence({ zone, known }: ZoneCandidate): string {
  const name = visibleLine(zone, 60);
  return known
    ? l10n.t("The gateway's clock was in the zone {0}.", name)
    : l10n.t("The gateway's clock is assumed to have been in the zone {0}; nothing of that time tells.", name);
}

function policySentence({ daily, idle, isDefault }: ResetPolicy): string {
  const minutes = idle && formatDuration(idle.minutes * 60_000);
  const hour = daily && hourText(daily.atHour);
  if (hour !== undefined && minutes !== undefined) {
    return isDefault
      ? l10n.t("Reset policy, by default: daily at {0}, or after {1} without a word.", hour, minutes)
      : l10n.t("Reset policy, as configured: daily at {0}, or after {1} without a word.", hour, minutes);
  }
  if (hour !== undefined) {
    return isDefault
      ? l10n.t("Reset policy, by default: daily at {0}.", hour)
      : l10n.t("Reset policy, as configured: daily at {0}.", hour);
  }
  if (minutes !== undefined) {
    return isDefault
      ? l10n.t("Reset policy, by default: after {0} without a word.", minutes)
      : l10n.t("Reset policy, as configured: after {0} without a word.", minutes);
  }
  return isDefault ? l10n.t("Reset policy, by default: never.") : l10n.t("Reset policy, as configured: never.");
}

function otherPolicySentence(policy: ResetPolicy): string {
  const { daily, idle } = policy;
  const minutes = idle && formatDuration(idle.minutes * 60_000);
  const hour = daily && hourText(daily.atHour);
  if (hour !== undefined && minutes !== undefined) {
    return l10n.t("With another version it would be: daily at {0}, or after {1} without a word.", hour, minutes);
  }
  if (hour !== undefined) return l10n.t("With another version it would be: daily at {0}.", hour);
  if (minutes !== undefined) return l10n.t("With another version it would be: after {0} without a word.", minutes);
  return l10n.t("With another version it would be: never.");
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

function heartbeatSentence({ on, everyMs, isolated }: HeartbeatSchedule): string {
  if (!on) return l10n.t("No heartbeat was running.");
  if (everyMs === undefined) {
    return isolated
      ? l10n.t("A heartbeat was running, in sessions of its own.")
      : l10n.t("A heartbeat was running, in the main conversation.");
  }
  const every = formatDuration(everyMs);
  return isolated
    ? l10n.t("A heartbeat was running every {0}, in sessions of its own.", every)
    : l10n.t("A heartbeat was running every {0}, in the main conversation.", every);
}
