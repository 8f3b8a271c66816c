import * as l10n from "@vscode/l10n";
import type { Opening } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { firstCause, type Rotation } from "../../rotation/rotation";
import { formatDuration, isoTime } from "../../text/formatTime";
import type { FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";
import { issuesOfFinding } from "../../knownIssues/knownIssues";

/** Shorter, and somebody was in the middle of it. */
const MID_CONVERSATION_MS = 60 * 60_000;

/**
 * A conversation goes on in a new session whose first turn is the notice of a finished command together with a heartbeat, and
 * the old transcript was not archived (2026.1; reported as openclaw/openclaw#4099).
 */
export const seamExecAndHeartbeat: FindingRule = function* ({ stateDir, rotations }) {
  for (const rotation of rotations) {
    const { conversation, from, to } = rotation;
    const opening = to?.primary?.head?.opening;
    if (to === undefined || opening === undefined || !isNoticeWithHeartbeat(opening)) continue;
    if (conversation?.group !== "people" || rotation.archive !== undefined || isByDesign(rotation)) continue;
    const at = rotation.at ?? opening.at;
    const gap = at === undefined || from.lastAt === undefined ? undefined : at - from.lastAt;
    const isMidConversation = gap !== undefined && gap >= 0 && gap < MID_CONVERSATION_MS;
    const before = windowPlace(from);
    const after = windowPlace(to, opening.line, opening.offset);
    const ending = from.primary?.head?.ending;
    yield {
      code: "seam.exec-and-heartbeat",
      severity: isMidConversation || firstCause(rotation) === "unknown" ? "warning" : "info",
      title: l10n.t("{0} goes on in a new session that a finished command and a heartbeat opened", conversation.label),
      detail: [
        gap === undefined
          ? l10n.t("The new session begins at {0}.", isoTime(at) ?? "?")
          : l10n.t(
              "The new session begins at {0}, {1} after the last entry of the old one.",
              isoTime(at) ?? "?",
              formatDuration(gap),
            ),
        l10n.t("The old transcript was not archived; it lies beside the new one and nothing refers to it."),
        ...(ending?.error === "overflow" ? [l10n.t("Its last answer ended because the context was too long.")] : []),
        ...(ending?.unanswered === true ? [l10n.t("Its last message has no answer.")] : []),
      ].join(" "),
      evidence: [
        evidence(
          "transcript",
          () =>
            opening.execNotice || opening.speaker === "exec-notice"
              ? l10n.t("The first turn of the new session is a heartbeat with the notice of a finished command.")
              : l10n.t("The first turn of the new session is a heartbeat with system events."),
          after,
        ),
        evidence("transcript", () => l10n.t("The old transcript ends at {0}.", isoTime(from.lastAt) ?? "?"), before),
      ],
      next: l10n.t(
        "Open the old transcript here. The turn that opened the new session did not choose to; read the explanation of this reset for what did.",
      ),
      place: after,
      subject: {
        stateDir: stateDir.path,
        agentId: rotation.agentId,
        key: conversation.key,
        windowId: to.windowId,
        rotationId: rotation.id,
      },
      at,
      knownIssues: issuesOfFinding("seam.exec-and-heartbeat", { version: rotation.surroundings.version }),
    };
  }
};

/** The notice of a finished command wakes the heartbeat, and its text may take the place of the heartbeat's own prompt. */
function isNoticeWithHeartbeat({ speaker, heartbeat, execNotice, systemEvents }: Opening): boolean {
  if (heartbeat || speaker === "heartbeat") return execNotice || systemEvents;
  return speaker === "exec-notice" && systemEvents;
}

function isByDesign(rotation: Rotation): boolean {
  return firstCause(rotation) === "isolated-run";
}
