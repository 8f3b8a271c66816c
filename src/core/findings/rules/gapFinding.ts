import * as l10n from "@vscode/l10n";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { formatDuration, isoTime } from "../../text/formatTime";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import type { Gap, Sign } from "../gap";
import { subjectOf } from "../subject";
import { versionOfConversation } from "../versionNow";

/** What `hole` and `saving.stopped` say in the same way. */
export function gapFinding(input: FindingInput, gap: Gap, told: Pick<Finding, "code" | "severity" | "title">): Finding {
  const { conversation, window, signs } = gap;
  const [first, ...others] = signs;
  const trace = signs.find(({ kind }) => kind === "trajectory")?.evidence.place;
  return {
    ...told,
    detail: detailOf(gap),
    evidence: [first.evidence, ...others.map(({ evidence }) => evidence)],
    next: nextOf(told.code, trace !== undefined),
    place: trace ?? (window.primary === undefined ? undefined : { file: window.primary.path }),
    subject: subjectOf(input, conversation, window),
    at: gap.after,
    knownIssues: issuesOfFinding(told.code, {
      version: versionOfConversation(input, conversation),
      marks: signs.map(({ kind }) => kind),
    }),
  };
}

function detailOf({ window, after, until, isOpen, signs }: Gap): string {
  const from = isoTime(after) ?? l10n.t("an unknown time");
  const length = formatDuration(until - after);
  const sentences = [
    isOpen
      ? l10n.t("The last saved entry is of {0}; nothing was saved in the {1} since.", from, length)
      : l10n.t("Nothing was saved from {0} to {1} ({2}).", from, isoTime(until) ?? l10n.t("an unknown time"), length),
  ];
  const stamp = window.archivedAt;
  if (stamp !== undefined && stamp > after) {
    sentences.push(
      l10n.t(
        "The archive is stamped {0}: that is when it was renamed, not until when it was written.",
        isoTime(stamp) ?? l10n.t("an unknown time"),
      ),
    );
  }
  if (signs.every(({ weight }) => weight !== "strong")) {
    sentences.push(
      l10n.t("A command that leaves no entry, or a message that was not meant for the agent, looks the same."),
    );
  }
  return sentences.join(" ");
}

function nextOf(code: Finding["code"], hasTrace: boolean): string {
  const words = hasTrace
    ? l10n.t("The run trace holds what the transcript lacks: copy it, as it is cleaned up with the session.")
    : l10n.t(
        "What was said in that time is not in any transcript; what tools wrote (files, memory notes) is still there.",
      );
  if (code !== "saving.stopped") return words;
  return `${l10n.t("Restart the gateway: until then nothing more is saved, and new messages are lost as well.")} ${words}`;
}

export function hasSign({ signs }: Gap, kind: Sign["kind"]): boolean {
  return signs.some((sign) => sign.kind === kind);
}
