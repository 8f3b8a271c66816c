import * as l10n from "@vscode/l10n";
import type { Agent, SessionFile, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { messageCount } from "../../index/transcriptIndex";
import { formatCount } from "../../text/formatCount";
import { adoptedArchive } from "../adoptedArchive";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";

/** Archives of resets of which nobody knows the conversation, once per agent. */
export function* archivesWithoutKey(input: FindingInput): Generator<Finding> {
  for (const agent of input.stateDir.agents) {
    // Told with the conversation that most likely lost it.
    const adopted = adoptedArchive(agent)?.window;
    const lost = agent.orphans.filter((window) => window.kind === "reset" && window.primary && window !== adopted);
    const [first] = lost;
    if (first?.primary !== undefined) yield withoutKey(input, agent, first, first.primary, lost);
  }
}

function withoutKey(
  { stateDir }: FindingInput,
  agent: Agent,
  window: Window,
  file: SessionFile,
  all: readonly Window[],
): Finding {
  const messages = all.reduce((sum, { primary }) => {
    return sum + (primary?.index === undefined ? 0 : messageCount(primary.index.roles));
  }, 0);
  return {
    code: "rotation.no-successor",
    severity: "info",
    title: l10n.t("Archives of agent {0} that nothing connects with a conversation", agent.id),
    detail: l10n.t(
      "No store row, run trace, note or neighbour in time names the conversation that they were cut from: {0}, {1}.",
      formatCount("window", all.length),
      formatCount("message", messages),
    ),
    evidence: [evidence("file-name", () => l10n.t("The newest of them is {0}.", file.name.base), { file: file.path })],
    next: l10n.t("Open them to see whose words they are; they can be read like any other window."),
    place: { file: file.path },
    subject: { stateDir: stateDir.path, agentId: agent.id, windowId: all.length === 1 ? window.windowId : undefined },
    at: window.archivedAt ?? window.lastAt,
    knownIssues: [],
  };
}
