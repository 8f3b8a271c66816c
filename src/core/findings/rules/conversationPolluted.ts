import * as l10n from "@vscode/l10n";
import type { Conversation, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import type { TraceContext } from "../../rotation/rotationFacts";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { isoTime } from "../../text/formatTime";
import type { FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { versionOfConversation } from "../versionNow";

/** Fewer turns of machines are nothing to speak of. */
const FEWEST = 20;

/** A conversation of people in which more than half of the turns came from machines: heartbeats, cron, finished commands. */
export const conversationPolluted: FindingRule = function* (input) {
  const { stateDir } = input;
  const contexts = newestByKey(input.evidence.traceContexts);
  for (const { conversations, sqlite } of stateDir.agents) {
    if (sqlite !== undefined) continue;
    for (const conversation of conversations) {
      if (conversation.group !== "people") continue;
      const all = turnsOf(conversation.windows);
      if (all.machine < FEWEST || 2 * all.machine <= all.user) continue;
      const worst = worstOf(conversation);
      const place = worst === undefined ? undefined : windowPlace(worst);
      const context = contexts.get(conversation.key);
      yield {
        code: "conversation.polluted",
        severity: "warning",
        title: l10n.t("Most turns in {0} are from machines, not from people", conversation.label),
        detail: [
          l10n.t(
            "{0} of {1} turns were not sent by a person ({2} %): {3} from heartbeats, {4} others.",
            formatNumber(all.machine),
            formatNumber(all.user),
            formatNumber(Math.round((100 * all.machine) / all.user)),
            formatNumber(all.heartbeat),
            formatNumber(all.machine - all.heartbeat),
          ),
          ...(context === undefined ? [] : [ofContext(context)]),
        ].join(" "),
        evidence: [
          evidence("transcript", () => ofWindow(worst), place),
          ...(context === undefined ? [] : [evidence("trajectory", () => ofContext(context), context.place)]),
        ],
        next: l10n.t(
          'Give machines a session of their own: "agents.defaults.heartbeat.isolatedSession" set to true (OpenClaw 2026.3.24 to 2026.7.35), cron jobs with "sessionTarget": "isolated"; or turn the heartbeat off with "every": "0m".',
        ),
        place,
        subject: {
          stateDir: stateDir.path,
          agentId: conversation.agentId,
          key: conversation.key,
          windowId: worst?.windowId,
        },
        at: conversation.lastActivityAt,
        knownIssues: issuesOfFinding("conversation.polluted", { version: versionOfConversation(input, conversation) }),
      };
    }
  }
};

interface Turns {
  readonly user: number;
  readonly machine: number;
  readonly heartbeat: number;
}

function turnsOf(windows: readonly Window[]): Turns {
  let [user, machine, heartbeat] = [0, 0, 0];
  for (const { primary } of windows) {
    const roles = primary?.index?.roles;
    if (roles === undefined) continue;
    user += roles.user;
    machine += roles.machine;
    heartbeat += roles.heartbeat;
  }
  return { user, machine, heartbeat };
}

/** The window with the most turns of machines. */
function worstOf({ windows }: Conversation): Window | undefined {
  return windows.reduce<Window | undefined>((worst, window) => {
    return machineTurns(window) > (worst === undefined ? 0 : machineTurns(worst)) ? window : worst;
  }, undefined);
}

function machineTurns({ primary }: Window): number {
  return primary?.index?.roles.machine ?? 0;
}

function ofWindow(window: Window | undefined): string {
  const { user, machine, heartbeat } = turnsOf(window === undefined ? [] : [window]);
  return l10n.t(
    "Most of them stand in one transcript: {0} of its {1} turns, {2} from heartbeats.",
    formatNumber(machine),
    formatNumber(user),
    formatNumber(heartbeat),
  );
}

function newestByKey(contexts: readonly TraceContext[]): ReadonlyMap<string, TraceContext> {
  const byKey = new Map<string, TraceContext>();
  for (const context of contexts) {
    const known = byKey.get(context.sessionKey);
    if (context.unreadBytes === undefined && (known === undefined || context.at >= known.at)) {
      byKey.set(context.sessionKey, context);
    }
  }
  return byKey;
}

function ofContext({ at, messages, heartbeatPrompts }: TraceContext): string {
  return l10n.t(
    "At {0} the model was given {1}, {2} of them prompts of heartbeats.",
    isoTime(at) ?? "?",
    formatCount("message", messages),
    formatNumber(heartbeatPrompts),
  );
}
