import * as l10n from "@vscode/l10n";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { formatDuration } from "../../text/formatTime";
import { toldTime } from "../../text/toldTime";
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
    next: nextOf(told.code, { hasTrace: trace !== undefined, isSure: signs.some(({ weight }) => weight === "strong") }),
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
  const from = toldTime(after) ?? l10n.t("an unknown time");
  const length = formatDuration(until - after);
  const sentences = [
    isOpen
      ? l10n.t("The last saved entry is of {0}; nothing was saved in the {1} since.", from, length)
      : l10n.t("Nothing was saved from {0} to {1} ({2}).", from, toldTime(until) ?? l10n.t("an unknown time"), length),
  ];
  const stamp = window.archivedAt;
  if (stamp !== undefined && stamp > after) {
    sentences.push(
      l10n.t(
        "The archive is stamped {0}: that is when it was renamed, not until when it was written.",
        toldTime(stamp) ?? l10n.t("an unknown time"),
      ),
    );
  }
  if (signs.every(({ weight }) => weight !== "strong")) {
    sentences.push(
      l10n.t(
        "Whether words were lost cannot be told from what is left: a run that never ended (a compaction, for example) looks the same as a command that leaves no entry. A log of the gateway of that time would tell.",
      ),
    );
  }
  return sentences.join(" ");
}

interface Known {
  readonly hasTrace: boolean;
  /** Something was said for sure. */
  readonly isSure: boolean;
}

function nextOf(code: Finding["code"], { hasTrace, isSure }: Known): string {
  const words = hasTrace
    ? l10n.t("The run trace holds what the transcript lacks: copy it, as it is cleaned up with the session.")
    : isSure
      ? l10n.t(
          "What was said in that time is not in any transcript; what tools wrote (files, memory notes) is still there.",
        )
      : l10n.t(
          "If you miss something that was said in that time: no transcript holds it; what tools wrote (files, memory notes) is still there.",
        );
  if (code !== "saving.stopped") return words;
  return `${l10n.t("Restart the gateway: until then nothing more is saved, and new messages are lost as well.")} ${words}`;
}

export function hasSign({ signs }: Gap, kind: Sign["kind"]): boolean {
  return signs.some((sign) => sign.kind === kind);
}
