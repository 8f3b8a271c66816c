import * as l10n from "@vscode/l10n";
import type { Conversation } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { conversationLabel } from "../../names/conversationLabel";
import { parseSessionKey } from "../../names/sessionKey";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { visibleLine } from "../../text/visibleText";
import type { FindingRule } from "../findingInput";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { versionOfConversation } from "../versionNow";

/**
 * `agent:main:main:heartbeat:heartbeat`: OpenClaw appended the suffix to a key that had it already (2026.3.22 to 2026.4.9), and
 * each such key is a conversation of its own.
 */
export const heartbeatNestedKey: FindingRule = function* (input) {
  const { stateDir } = input;
  for (const { id: agentId, conversations, roots, sqlite } of stateDir.agents) {
    if (sqlite !== undefined) continue;
    for (const [baseKey, nested] of nestedByBase(conversations)) {
      const [deepest] = nested;
      if (deepest === undefined) continue;
      const store = roots[0]?.storePath;
      const place = store === undefined ? undefined : { file: store };
      const windows = nested.reduce((sum, { conversation }) => sum + conversation.windows.length, 0);
      yield {
        code: "heartbeat.nested-key",
        severity: "warning",
        title: l10n.t("The heartbeat of {0} runs under keys that pile up", conversationLabel(baseKey)),
        detail: l10n.t(
          'Keys with more than one ":heartbeat" at the end: {0}, up to {1} of them in a row; {2} under these keys.',
          formatNumber(nested.length),
          formatNumber(deepest.nesting),
          formatCount("window", windows),
        ),
        evidence: [
          evidence("store", () => l10n.t("The longest key is {0}.", shownKey(deepest.conversation.key)), place),
        ],
        next: l10n.t(
          "Update OpenClaw to 2026.4.10 or later. The conversations under the longer keys are no longer used; what they hold can still be read here.",
        ),
        place,
        subject: { stateDir: stateDir.path, agentId, key: deepest.conversation.key },
        at: deepest.conversation.lastActivityAt,
        knownIssues: issuesOfFinding("heartbeat.nested-key", {
          version: versionOfConversation(input, deepest.conversation),
        }),
      };
    }
  }
};

interface Nested {
  readonly conversation: Conversation;
  readonly nesting: number;
}

/** The deepest first. */
function nestedByBase(conversations: readonly Conversation[]): ReadonlyMap<string, readonly Nested[]> {
  const byBase = new Map<string, Nested[]>();
  for (const conversation of conversations) {
    if (conversation.group !== "heartbeat") continue;
    const { about } = parseSessionKey(conversation.key);
    if (about.kind !== "heartbeat" || about.nesting < 2) continue;
    const known = byBase.get(about.base.key) ?? [];
    known.push({ conversation, nesting: about.nesting });
    byBase.set(about.base.key, known);
  }
  for (const nested of byBase.values()) nested.sort((one, other) => other.nesting - one.nesting);
  return byBase;
}

/** A store may hold any key. */
function shownKey(written: string): string {
  const key = visibleLine(written);
  return key.length <= 300 ? key : `${key.slice(0, 100)} … ${key.slice(-100)}`;
}
