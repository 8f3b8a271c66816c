import * as l10n from "@vscode/l10n";
import type { CauseKind, ExecutorKind, Rotation } from "../rotation/rotation";
import type { KnownIssue } from "./knownIssue";

export interface RotationIssue extends KnownIssue {
  /** First causes that the report does not contradict. */
  readonly causes: readonly (CauseKind | "unknown")[];
  /** What else must be seen. */
  readonly fits: (rotation: Omit<Rotation, "knownIssues">) => boolean;
}

const machines: readonly ExecutorKind[] = ["heartbeat", "cron", "exec-notice", "system-event"];

/** By the chapter of what they are about: policies, failures, the index. */
export const issuesOfRotations: readonly RotationIssue[] = [
  {
    issue: 58409,
    about: () =>
      l10n.t("A heartbeat, cron or exec turn carries out the daily or idle reset of a conversation that people use."),
    affected: { from: "2026.1.1", until: "2026.3.31" },
    fixedBy: 58605,
    grade: "maintainer",
    causes: ["daily", "idle"],
    fits: ({ executedBy }) => machines.includes(executedBy.kind),
  },
  {
    issue: 70330,
    about: () =>
      l10n.t(
        "The first message after 04:00 starts anew although nobody configured a reset; a restart in the night is not the cause.",
      ),
    // Without a configured reset 2026.8.1 and later keep the conversation.
    affected: { from: "2026.1.1", until: "2026.7.35" },
    fixedBy: 111140,
    grade: "maintainer",
    causes: ["daily"],
    fits: ({ origin, executedBy }) => origin === "default" && executedBy.kind === "user-message",
  },
  {
    issue: 4099,
    about: () =>
      l10n.t(
        "A new session begins in the middle of a conversation when the notice of a finished command and a heartbeat come together, without an archive; reported as caused by them.",
      ),
    affected: { from: "2026.1.1", until: "2026.3.31" },
    fixedBy: 58605,
    grade: "reporter",
    causes: ["compaction-failure", "daily", "idle", "unknown"],
    fits: ({ archive, executedBy, to }) =>
      archive === undefined && (executedBy.kind === "exec-notice" || opensWithNotice(to)),
  },
  {
    issue: 70472,
    about: () => l10n.t("A conversation that has become too long is given a new session id when compacting it fails."),
    affected: { from: "2026.1.1", until: "2026.5.20" },
    fixedBy: 70479,
    grade: "maintainer",
    causes: ["compaction-failure"],
    fits: ({ archive }) => archive === undefined,
  },
  {
    issue: 97529,
    about: () => l10n.t("After a conflict over the order of messages the transcript is deleted instead of archived."),
    affected: { from: "2026.1.1", until: "2026.6.11" },
    fixedBy: 97544,
    grade: "maintainer",
    causes: ["role-conflict"],
    fits: ({ from, archive }) => from.primary === undefined && archive === undefined,
  },
  {
    issue: 58447,
    about: () =>
      l10n.t(
        "An error about the order of function calls deletes the transcript and the index row; reported as caused by Gemini models.",
      ),
    affected: { from: "2026.1.29", until: "2026.5.7" },
    fixedBy: undefined,
    grade: "reporter",
    causes: ["history-corruption"],
    fits: ({ archive }) => archive === undefined,
  },
  {
    issue: 99964,
    about: () =>
      l10n.t(
        "A healthy main conversation starts anew at the next message because its row looks ended and its transcript is newer.",
      ),
    affected: { from: "2026.6.5", until: "2026.7.35" },
    fixedBy: 99985,
    grade: "maintainer",
    causes: ["ended-row"],
    fits: () => true,
  },
];

function opensWithNotice(to: Rotation["to"]): boolean {
  const opening = to?.primary?.head?.opening;
  return opening?.execNotice === true || opening?.speaker === "exec-notice";
}
