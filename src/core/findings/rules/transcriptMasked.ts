import * as l10n from "@vscode/l10n";
import type { Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { formatNumber } from "../../text/formatSize";
import { visibleLine } from "../../text/visibleText";
import type { FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";

/**
 * OpenClaw can write a token in place of a secret before it stores a message. What was there is gone, and the model reads
 * the token instead; see openclaw/openclaw#142821.
 */
export const transcriptMasked: FindingRule = function* ({ stateDir }) {
  for (const { id: agentId, conversations, orphans } of stateDir.agents) {
    const told = [
      ...conversations.map(({ key, label, windows }) => ({ key, name: label, windows })),
      ...orphans.map((window) => ({ key: undefined, name: visibleLine(window.sessionId), windows: [window] })),
    ];
    for (const { key, name, windows } of told) {
      const masked = windows.filter(isMasked);
      const [newest] = masked;
      if (newest === undefined) continue;
      const line = newest.primary?.index?.masked.firstLine;
      const place = windowPlace(newest, line);
      const count = masked.reduce((sum, { primary }) => sum + (primary?.index?.masked.count ?? 0), 0);
      yield {
        code: "transcript.masked",
        severity: "warning",
        title: l10n.t("Words of {0} were replaced before they were stored", name),
        detail: l10n.t(
          "Messages with a token that OpenClaw wrote in place of a secret: {0}, in transcripts: {1}.",
          formatNumber(count),
          formatNumber(masked.length),
        ),
        evidence: [
          evidence(
            "transcript",
            () =>
              line === undefined
                ? l10n.t("The transcript holds such tokens.")
                : l10n.t("The first of them stands in line {0}.", formatNumber(line)),
            place,
          ),
        ],
        next: l10n.t(
          "The agent reads the tokens in place of the words and may repeat them in commands. What was replaced is not on disk; say it again in another way where it matters.",
        ),
        place,
        subject: { stateDir: stateDir.path, agentId, key, windowId: newest.windowId },
        at: newest.lastAt ?? newest.firstAt,
        knownIssues: [],
      };
    }
  }
};

function isMasked({ primary }: Window): boolean {
  return (primary?.index?.masked.count ?? 0) > 0;
}
