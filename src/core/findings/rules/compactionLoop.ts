import * as l10n from "@vscode/l10n";
import type { Conversation, Window } from "../../conversation/model";
import { type Evidence, evidence } from "../../evidence/evidence";
import { messageCount } from "../../index/transcriptIndex";
import type { LogRecord } from "../../log/logRecord";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { isoTime } from "../../text/formatTime";
import { busiestHour } from "../busiestHour";
import { contextTroubles, isUnnamedTrouble, ofLog } from "../contextTroubles";
import type { Finding } from "../finding";
import type { FindingInput, FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { ranges } from "../../rotation/ranges";
import type { VersionFact } from "../../surroundings/surroundings";
import { within } from "../../surroundings/versionFact";
import { versionNow, versionOfConversation } from "../versionNow";

/** So many of the log's complaints in an hour are a loop: one turn that overflows makes two or three of them. */
const TROUBLES_IN_AN_HOUR = 6;
const OVERFLOWS_IN_A_WINDOW = 3;
const COMPACTIONS_IN_A_WINDOW = 5;
/** A compaction every few messages frees nothing. */
const MESSAGES_PER_COMPACTION = 10;
/** Entries of type `compaction` among the last ones of a file. */
const COMPACTIONS_AT_THE_END = 4;

/** A context that is too long again and again: overflows and compactions that help nothing or fail. */
export const compactionLoop: FindingRule = function* (input) {
  const troubles = contextTroubles(input.evidence.logs);
  let named = false;
  for (const { conversations, sqlite } of input.stateDir.agents) {
    if (sqlite !== undefined) continue;
    for (const conversation of conversations) {
      const looping = conversation.windows.filter(isLooping);
      const logged = troubles.get(conversation.key) ?? [];
      const busiest = busiestHour(logged.map(({ at }) => at));
      const isLogged = busiest !== undefined && busiest.count >= TROUBLES_IN_AN_HOUR;
      if (!isLogged && looping.length === 0) continue;
      named ||= isLogged;
      yield findingOf(conversation, looping, logged, input);
    }
  }
  if (!named) yield* ofUnnamed(input);
};

function isLooping({ primary }: Window): boolean {
  const index = primary?.index;
  const ending = primary?.head?.ending;
  if ((ending?.compactions ?? 0) >= COMPACTIONS_AT_THE_END) return true;
  if (index === undefined) return false;
  if (index.overflows >= OVERFLOWS_IN_A_WINDOW) return true;
  const { count } = index.compactions;
  return count >= COMPACTIONS_IN_A_WINDOW && messageCount(index.roles) < count * MESSAGES_PER_COMPACTION;
}

function findingOf(
  conversation: Conversation,
  looping: readonly Window[],
  logged: readonly LogRecord[],
  input: FindingInput,
): Finding {
  const [newest] = looping;
  const place = newest === undefined ? undefined : windowPlace(newest);
  const said = looping.slice(0, 3).map((window): Evidence => {
    return evidence("transcript", () => ofWindow(window), windowPlace(window));
  });
  const ofRecords = ofLog(logged);
  const [first, ...others] = [...said, ...ofRecords];
  const subject = { stateDir: input.stateDir.path, agentId: conversation.agentId, key: conversation.key };
  return {
    code: "compaction.loop",
    severity: "warning",
    title: l10n.t("The context of {0} is too long again and again", conversation.label),
    detail: [
      ...(newest === undefined ? [] : [ofWindow(newest)]),
      ...(looping.length < 2 ? [] : [l10n.t("The same goes for {0} windows in all.", formatNumber(looping.length))]),
      ...ofTroubles(logged),
    ].join(" "),
    evidence: [first ?? evidence("log", () => ofTroubles(logged).join(" ")), ...others],
    next: next(versionOfConversation(input, conversation)),
    place: place ?? first?.place,
    subject: newest === undefined ? subject : { ...subject, windowId: newest.windowId },
    at: logged.at(-1)?.at ?? newest?.lastAt ?? conversation.lastActivityAt,
    knownIssues: issuesOfFinding("compaction.loop", { version: versionOfConversation(input, conversation) }),
  };
}

function ofWindow({ primary }: Window): string {
  const index = primary?.index;
  const ending = primary?.head?.ending;
  if (index === undefined) {
    return l10n.t(
      "At its end the transcript holds {0} compactions within a few entries.",
      formatNumber(ending?.compactions ?? 0),
    );
  }
  const [messages, compactions] = [messageCount(index.roles), index.compactions.count];
  if (index.overflows === 0) {
    return l10n.t(
      "The transcript was compacted {0} times and holds {1}: the compactions free too little.",
      formatNumber(compactions),
      formatCount("message", messages),
    );
  }
  return l10n.t(
    "The transcript holds {0}; compactions: {1}, answers that ended because the context was too long: {2}.",
    formatCount("message", messages),
    formatNumber(compactions),
    formatNumber(index.overflows),
  );
}

function ofTroubles(logged: readonly LogRecord[]): readonly string[] {
  const busiest = busiestHour(logged.map(({ at }) => at));
  if (busiest === undefined) return [];
  const checks = logged.filter(({ event }) => event.kind === "precheck").length;
  return [
    l10n.t(
      "In the log its prompt was found too long {0} times and could not be compacted {1} times, up to {2} in an hour (from {3}).",
      formatNumber(checks),
      formatNumber(logged.length - checks),
      formatNumber(busiest.count),
      isoTime(busiest.from) ?? "?",
    ),
  ];
}

/** Older versions do not say which conversation it was. */
function* ofUnnamed(input: FindingInput): Iterable<Finding> {
  const {
    stateDir,
    evidence: { logs },
  } = input;
  const logged = logs.filter(isUnnamedTrouble);
  const busiest = busiestHour(logged.map(({ at }) => at));
  if (busiest === undefined || busiest.count < TROUBLES_IN_AN_HOUR) return;
  const detail = l10n.t(
    "In the log a prompt was found too long {0} times, up to {1} in an hour (from {2}). It does not say in which conversation.",
    formatNumber(logged.length),
    formatNumber(busiest.count),
    isoTime(busiest.from) ?? "?",
  );
  const [first, ...others] = ofLog(logged);
  yield {
    code: "compaction.loop",
    severity: "warning",
    title: l10n.t("The gateway runs into contexts that are too long, again and again"),
    detail,
    evidence: [first ?? evidence("log", () => detail), ...others],
    next: next(versionNow(input)),
    place: first?.place,
    subject: { stateDir: stateDir.path },
    at: logged.at(-1)?.at,
    knownIssues: [],
  };
}

function next(version: VersionFact): string {
  const advice = l10n.t(
    'Compare "agents.defaults.contextTokens", the model\'s "contextWindow" and "agents.defaults.compaction.reserveTokens" with what the model really takes, and keep a copy of the transcript before you send "/new".',
  );
  if (within(version, ranges.compactionRestart) === "no") return advice;
  return `${l10n.t("Up to OpenClaw 2026.5.20 a compaction that fails begins the conversation anew.")} ${advice}`;
}
