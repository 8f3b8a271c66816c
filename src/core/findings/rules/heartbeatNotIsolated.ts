import * as l10n from "@vscode/l10n";
import type { Conversation, StateDir } from "../../conversation/model";
import { type Evidence, evidence, type NonEmpty } from "../../evidence/evidence";
import type { LogRecord } from "../../log/logRecord";
import type { TraceContext } from "../../rotation/rotationFacts";
import { formatCount } from "../../text/formatCount";
import { formatBytes, formatNumber } from "../../text/formatSize";
import { formatDuration, isoTime } from "../../text/formatTime";
import { visibleLine } from "../../text/visibleText";
import { busiestHour } from "../busiestHour";
import { contextTroubles, ofLog } from "../contextTroubles";
import type { Finding } from "../finding";
import type { FindingInput, FindingRule } from "../findingInput";
import { type InputGrowth, inputGrowth } from "../inputGrowth";
import { tokenBudget } from "../tokenBudget";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { versionOfConversation } from "../versionNow";

/**
 * With `heartbeat.isolatedSession` every tick gets a session of its own under `<key>:heartbeat` (OpenClaw 2026.3.22–7.35). It is
 * not isolated when the model is given the messages of earlier ticks nonetheless; only run traces and usage tell.
 */
export const heartbeatNotIsolated: FindingRule = function* (input) {
  const contexts = contextsByKey(input.evidence.traceContexts);
  const troubles = contextTroubles(input.evidence.logs);
  for (const { conversations, sqlite } of input.stateDir.agents) {
    if (sqlite !== undefined) continue;
    for (const conversation of conversations) {
      if (conversation.group !== "heartbeat") continue;
      const ticks = contexts.get(conversation.key) ?? [];
      const finding = findingOf(conversation, ticks, troubles.get(conversation.key) ?? [], input);
      if (finding !== undefined) yield finding;
    }
  }
};

function contextsByKey(contexts: readonly TraceContext[]): ReadonlyMap<string, readonly TraceContext[]> {
  const byKey = new Map<string, TraceContext[]>();
  for (const context of contexts) {
    const known = byKey.get(context.sessionKey);
    if (known === undefined) byKey.set(context.sessionKey, [context]);
    else known.push(context);
  }
  return byKey;
}

function findingOf(
  conversation: Conversation,
  ticks: readonly TraceContext[],
  troubles: readonly LogRecord[],
  input: FindingInput,
): Finding | undefined {
  const { stateDir } = input;
  const replaying = ticks.filter(holdsEarlierTicks);
  const largest = largestOf(replaying);
  const growth = inputGrowth(conversation, ticks);
  const subject = { stateDir: stateDir.path, agentId: conversation.agentId, key: conversation.key };
  const knownIssues = () =>
    issuesOfFinding("heartbeat.not-isolated", { version: versionOfConversation(input, conversation) });
  if (largest !== undefined) {
    const { sentences, evidence: compared } = ofReplay(largest, replaying, ticks, conversation, stateDir, troubles);
    return {
      code: "heartbeat.not-isolated",
      severity: "warning",
      title: l10n.t("{0} is not isolated: earlier ticks are sent to the model again", conversation.label),
      detail: [...sentences, ...ofGrowth(growth), ...ofTroubles(troubles), ...ofRestarts(conversation, stateDir)].join(
        " ",
      ),
      evidence: [...compared, ...ofLog(troubles)],
      next: next(),
      place: largest.place,
      subject,
      at: replaying.at(-1)?.at,
      knownIssues: knownIssues(),
    };
  }
  if (growth === undefined) return undefined;
  return {
    code: "heartbeat.not-isolated",
    severity: "warning",
    title: l10n.t("{0} seems not to be isolated: its input grows from tick to tick", conversation.label),
    detail: [...ofGrowth(growth), ...ofTroubles(troubles), ...ofRestarts(conversation, stateDir)].join(" "),
    evidence: [...growth.evidence, ...ofLog(troubles)],
    next: next(),
    place: growth.evidence[0].place,
    subject,
    at: growth.to,
    knownIssues: knownIssues(),
  };
}

/** What was only measured is counted too: over 1 MB no first tick has. */
function holdsEarlierTicks({ heartbeatPrompts, carriedOver, unreadBytes }: TraceContext): boolean {
  return heartbeatPrompts > 1 || carriedOver > 0 || unreadBytes !== undefined;
}

function largestOf(contexts: readonly TraceContext[]): TraceContext | undefined {
  return contexts.reduce<TraceContext | undefined>(
    (largest, context) => (largest === undefined || sizeOf(context) >= sizeOf(largest) ? context : largest),
    undefined,
  );
}

function sizeOf({ characters, unreadBytes }: TraceContext): number {
  return unreadBytes ?? characters;
}

/** A token has about so many characters. */
const CHARACTERS_PER_TOKEN = 4;

function ofReplay(
  largest: TraceContext,
  replaying: readonly TraceContext[],
  ticks: readonly TraceContext[],
  conversation: Conversation,
  stateDir: StateDir,
  troubles: readonly LogRecord[],
): { readonly sentences: readonly string[]; readonly evidence: NonEmpty<Evidence> } {
  const at = isoTime(largest.at) ?? "?";
  const often = l10n.t(
    "Recorded ticks that held more than their own prompt: {0} of {1}.",
    formatNumber(replaying.length),
    formatNumber(ticks.length),
  );
  if (largest.unreadBytes !== undefined) {
    const size = formatBytes(largest.unreadBytes);
    const measured = l10n.t(
      "What the model was given at {0} takes {1} in the run trace and was not counted.",
      at,
      size,
    );
    return { sentences: [measured, often], evidence: [evidence("trajectory", () => measured, largest.place)] };
  }
  const { messages, heartbeatPrompts, carriedOver, roles, characters, inputTokens } = largest;
  const given = l10n.t(
    "At {0} the model was given {1}; prompts of earlier heartbeats among them: {2}.",
    at,
    formatCount("message", messages),
    formatNumber(Math.max(0, heartbeatPrompts - 1)),
  );
  const estimated = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  const budget = tokenBudget(conversation, stateDir, troubles);
  const tokens = inputTokens ?? estimated;
  return {
    sentences: [
      given,
      l10n.t(
        "By role: user {0}, assistant {1}, tool results {2}, other {3}; {4} were written before that session began.",
        ...["user", "assistant", "toolResult"].map((role) => formatNumber(roles[role] ?? 0)),
        formatNumber(messages - ["user", "assistant", "toolResult"].reduce((sum, role) => sum + (roles[role] ?? 0), 0)),
        formatNumber(carriedOver),
      ),
      l10n.t("That is about {0} (estimated, four characters each).", formatCount("token", estimated)),
      ...(inputTokens === undefined ? [] : [l10n.t("The model counted {0}.", formatCount("token", inputTokens))]),
      ...(budget === undefined ? [] : [ofBudget(tokens, budget.tokens)]),
      often,
    ],
    evidence: [evidence("trajectory", () => given, largest.place), ...(budget === undefined ? [] : [budget.evidence])],
  };
}

function ofBudget(tokens: number, budget: number): string {
  const over = tokens - budget;
  return over > 0
    ? l10n.t("The budget is {0}: {1} too many.", formatCount("token", budget), formatNumber(over))
    : l10n.t("The budget is {0}.", formatCount("token", budget));
}

function ofGrowth(growth: InputGrowth | undefined): readonly string[] {
  if (growth === undefined) return [];
  return [
    l10n.t(
      "Over {0} ticks in a row, each with a session of its own, the input grew from {1} to {2}, from {3} to {4}.",
      formatNumber(growth.ticks),
      formatNumber(growth.fromTokens),
      formatCount("token", growth.toTokens),
      isoTime(growth.from) ?? "?",
      isoTime(growth.to) ?? "?",
    ),
  ];
}

function ofTroubles(troubles: readonly LogRecord[]): readonly string[] {
  const busiest = busiestHour(troubles.map(({ at }) => at));
  if (busiest === undefined) return [];
  const worst = troubles.reduce(
    (most, { event }) => Math.max(most, event.kind === "precheck" ? (event.estimatedTokens ?? 0) : 0),
    0,
  );
  return [
    l10n.t(
      "Log lines that say its context is too long or could not be compacted: {0}, up to {1} in an hour.",
      formatNumber(troubles.length),
      formatNumber(busiest.count),
    ),
    ...(worst > 0 ? [l10n.t("The most that the gateway estimated is {0}.", formatCount("token", worst))] : []),
  ];
}

/** Every tick begins a session; more than the schedule asks for are restarts. */
function ofRestarts({ windows, agentId }: Conversation, { configFacts }: StateDir): readonly string[] {
  const began = windows.flatMap(({ firstAt }) => (firstAt === undefined || Number.isNaN(firstAt) ? [] : [firstAt]));
  const busiest = busiestHour(began);
  if (busiest === undefined || busiest.count < 2) return [];
  const every = configFacts?.agentHeartbeats[agentId]?.every ?? configFacts?.heartbeat?.every;
  const sessions = l10n.t(
    "{0} sessions began under this key within {1}, up to {2} in an hour.",
    formatNumber(began.length),
    formatDuration(spanOf(began)),
    formatNumber(busiest.count),
  );
  return every === undefined
    ? [sessions]
    : [sessions, l10n.t("The config asks for a tick every {0}.", visibleLine(every).slice(0, 40))];
}

function spanOf(moments: readonly number[]): number {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of moments) [from, to] = [Math.min(from, at), Math.max(to, at)];
  return to - from;
}

function next(): string {
  return l10n.t(
    'Until it is isolated every tick costs more than the one before: set "agents.defaults.heartbeat.every" to "0m", or update OpenClaw and look whether the next tick begins with one message. A plugin that serves as context engine may keep the messages under the key of the heartbeat.',
  );
}
