import * as l10n from "@vscode/l10n";
import type { FindingCode } from "../findings/finding";
import type { Sign } from "../findings/gap";
import type { KnownIssue } from "./knownIssue";

/** What a finding rests on, as far as a report is recognised by it. */
export type FindingMark =
  | Sign["kind"]
  /** The index was there and held nothing, or less than its files. */
  | "index-empty"
  /** NUL bytes, or half a line, at the end of a transcript. */
  | "torn-tail"
  /** Lines in the middle that are no JSON. */
  | "malformed-line"
  /** The transcript begins later than the run trace of its session. */
  | "trace-is-older"
  /** The current transcript of a conversation that was reset does not exist. */
  | "no-successor-file";

export interface FindingIssue extends KnownIssue {
  readonly codes: readonly FindingCode[];
  /** All of them must be there. Absent: the code is enough. */
  readonly marks?: readonly FindingMark[];
}

export const issuesOfFindings: readonly FindingIssue[] = [
  {
    issue: 46250,
    about: () =>
      l10n.t(
        "After a reset nothing more is written to disk, for hours; reported as a lock that was held too long, in 2026.3.12.",
      ),
    affected: { from: "2026.3.7", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "inferred",
    codes: ["rotation.no-successor"],
    marks: ["no-successor-file"],
  },
  {
    issue: 46250,
    about: () =>
      l10n.t(
        "After a reset nothing more is written to disk, for hours; reported as a lock that was held too long, in 2026.3.12.",
      ),
    affected: { from: "2026.3.7", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "inferred",
    codes: ["hole", "saving.stopped"],
    marks: ["lock-released"],
  },
  {
    issue: 78273,
    about: () =>
      l10n.t(
        "The transcript stops growing while the session goes on; reported for sessions that run in the Claude command line, in 2026.5.4.",
      ),
    affected: { from: "2026.4.22", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "reporter",
    codes: ["hole", "saving.stopped"],
    marks: ["trajectory"],
  },
  {
    issue: 104323,
    about: () =>
      l10n.t(
        "A transcript lacks the first messages that its run trace has; reported as a write that failed without a word, in 2026.7.1-beta.2.",
      ),
    affected: { from: "2026.4.22", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "reporter",
    codes: ["row.transcript-young"],
    marks: ["trace-is-older"],
  },
  {
    issue: 66522,
    about: () => l10n.t("The session index is found empty or rebuilt while thousands of transcripts lie beside it."),
    affected: { from: "2026.1.1", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "reporter",
    codes: ["index.lost"],
    marks: ["index-empty"],
  },
  {
    issue: 89245,
    about: () =>
      l10n.t(
        "The index points to a transcript that is not there; reported also as a false alarm of OpenClaw's own check.",
      ),
    affected: { from: "2026.1.1", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "reporter",
    codes: ["row.transcript-missing"],
  },
  {
    issue: 119887,
    about: () => l10n.t("A transcript ends in NUL bytes or in half a line, as after a crash or a full disk."),
    affected: { from: "2026.1.1", until: "2026.7.35" },
    fixedBy: 120041,
    grade: "maintainer",
    codes: ["transcript.damaged"],
    marks: ["torn-tail"],
  },
  {
    issue: 98106,
    about: () => l10n.t("Lines of a transcript that cannot be read are left out without a word."),
    affected: { from: "2026.1.1", until: "2026.6.11" },
    fixedBy: 98669,
    grade: "maintainer",
    codes: ["transcript.damaged"],
    marks: ["malformed-line"],
  },
  {
    issue: 84218,
    about: () =>
      l10n.t(
        "An isolated heartbeat still sends what earlier ticks said; reported as context kept under the stable key, in 2026.5.18.",
      ),
    affected: { from: "2026.3.22", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "reporter",
    codes: ["heartbeat.not-isolated"],
  },
  {
    issue: 59493,
    about: () =>
      l10n.t("The suffix of isolated heartbeats is appended again and again, each time for a new conversation."),
    affected: { from: "2026.3.22", until: "2026.4.9" },
    fixedBy: undefined,
    grade: "reporter",
    codes: ["heartbeat.nested-key"],
  },
  {
    issue: 60080,
    about: () => l10n.t("Heartbeat and cron turns fill the main conversation, as they run in it by default."),
    affected: { from: "2026.1.1", until: "2026.7.35" },
    fixedBy: undefined,
    grade: "maintainer",
    codes: ["conversation.polluted"],
  },
  {
    issue: 4099,
    about: () =>
      l10n.t(
        "The notice of a finished command and a heartbeat meet where a new session begins; reported as the cause, in 2026.1.24.",
      ),
    affected: { from: "2026.1.1", until: "2026.3.31" },
    fixedBy: 58605,
    grade: "reporter",
    codes: ["seam.exec-and-heartbeat"],
  },
  {
    issue: 70472,
    about: () =>
      l10n.t(
        "A conversation that has become too long fails to be compacted again and again, until it is given a new session.",
      ),
    affected: { from: "2026.1.1", until: "2026.5.20" },
    fixedBy: 70479,
    grade: "maintainer",
    codes: ["compaction.loop"],
  },
];
