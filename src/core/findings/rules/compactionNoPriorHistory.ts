import * as l10n from "@vscode/l10n";
import type { Conversation, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { isoTime } from "../../text/formatTime";
import type { FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";

/**
 * OpenClaw writes "No prior history." where a summary was asked for and nothing was left to summarise. In a conversation that
 * has earlier windows it says that these were out of sight by then.
 */
export const compactionNoPriorHistory: FindingRule = function* ({ stateDir }) {
  for (const { conversations, sqlite } of stateDir.agents) {
    if (sqlite !== undefined) continue;
    for (const conversation of conversations) {
      // Isolated runs begin with nothing by design.
      if (conversation.group === "heartbeat" || conversation.group === "cron") continue;
      for (const window of conversation.windows) {
        const line = window.primary?.index?.compactions.noPriorHistoryLine;
        if (line === undefined) continue;
        const earlier = windowsBefore(window, conversation);
        if (earlier.length === 0) continue;
        const place = windowPlace(window, line);
        yield {
          code: "compaction.no-prior-history",
          severity: "warning",
          title: l10n.t("A summary of {0} knows nothing of what was said before", conversation.label),
          detail: l10n.t(
            "The compaction in line {0} says that there is no prior history, but {1} of the conversation came before, the last of them until {2}.",
            formatNumber(line),
            formatCount("window", earlier.length),
            isoTime(lastOf(earlier)) ?? "?",
          ),
          evidence: [
            evidence(
              "transcript",
              () => l10n.t("The summary in line {0} begins by saying that there is no prior history.", line),
              place,
            ),
            ...earlier
              .slice(0, 1)
              .map((before) =>
                evidence(
                  "transcript",
                  () => l10n.t("The window before it ended at {0}.", isoTime(before.lastAt) ?? "?"),
                  windowPlace(before),
                ),
              ),
          ],
          next: l10n.t("Open the earlier windows here: what the agent no longer knows still stands in them."),
          place,
          subject: {
            stateDir: stateDir.path,
            agentId: conversation.agentId,
            key: conversation.key,
            windowId: window.windowId,
          },
          at: window.lastAt ?? window.firstAt,
          knownIssues: [],
        };
      }
    }
  }
};

/** The newest first. */
function windowsBefore({ windowId, firstAt }: Window, { windows }: Conversation): readonly Window[] {
  if (firstAt === undefined) return [];
  return windows
    .filter((other) => other.windowId !== windowId && other.firstAt !== undefined && other.firstAt < firstAt)
    .sort((one, other) => (other.firstAt ?? 0) - (one.firstAt ?? 0));
}

function lastOf([newest]: readonly Window[]): number | undefined {
  return newest?.lastAt ?? newest?.firstAt;
}
