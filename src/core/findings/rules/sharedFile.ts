import * as l10n from "@vscode/l10n";
import { evidence } from "../../evidence/evidence";
import type { Agent, Conversation, Window } from "../../conversation/model";
import { shortened } from "../../text/shortened";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import { currentWindow, storePathOf } from "../peopleConversations";
import { subjectOf } from "../subject";

const NAMED = 5;

/** Several keys that mean one transcript. Once per transcript, whatever the number of its keys. */
export function* sharedTranscripts(input: FindingInput): Generator<Finding> {
  for (const agent of input.stateDir.agents) {
    if (agent.sqlite !== undefined) continue;
    const byWindow = new Map<string, [Conversation, ...Conversation[]]>();
    for (const conversation of agent.conversations) {
      // A cron job and its latest run share theirs by design and have no such problem.
      if (!conversation.problems.some(({ code }) => code === "store.two-keys-one-file")) continue;
      const windowId = currentWindow(conversation)?.windowId;
      if (windowId === undefined) continue;
      const found = byWindow.get(windowId);
      if (found) found.push(conversation);
      else byWindow.set(windowId, [conversation]);
    }
    for (const [conversation, ...others] of byWindow.values()) {
      const window = currentWindow(conversation);
      if (window !== undefined) yield shared(input, agent, window, conversation, others);
    }
  }
}

function shared(
  input: FindingInput,
  agent: Agent,
  window: Window,
  conversation: Conversation,
  others: readonly Conversation[],
): Finding {
  const all = [conversation, ...others];
  const keys = all.slice(0, NAMED).map(({ key }) => shortened(key));
  const named = all.length > NAMED ? [...keys, "…"].join(", ") : keys.join(", ");
  const base = window.primary?.name.base ?? `${window.sessionId}.jsonl`;
  const store = storePathOf(agent, window);
  return {
    code: "row.shared-file",
    severity: "warning",
    title: l10n.t("{0} shares its transcript with another conversation", conversation.label),
    detail: l10n.t(
      "{0} rows mean {1}: {2}. What is said in one is remembered in the others, and a reset of one takes it from all.",
      all.length,
      base,
      named,
    ),
    evidence: [
      evidence(
        "store",
        () => l10n.t("These rows name the same transcript {0}: {1}.", base, named),
        store === undefined ? undefined : { file: store },
      ),
    ],
    next: l10n.t(
      "Copy the transcript before one of these conversations is reset: the reset renames the file that the others still name, and they start empty.",
    ),
    place: store === undefined ? undefined : { file: store },
    subject: subjectOf(input, conversation, window),
    at: window.lastAt,
    knownIssues: [],
  };
}
