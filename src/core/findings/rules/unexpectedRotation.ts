import * as l10n from "@vscode/l10n";
import type { Window } from "../../conversation/model";
import type { Evidence, NonEmpty } from "../../evidence/evidence";
import { firstCause, isUnexpected, type Rotation } from "../../rotation/rotation";
import { localTime } from "../../surroundings/dailyBoundary";
import { isZone } from "../../surroundings/zoneOffset";
import { formatCount } from "../../text/formatCount";
import { formatDuration, isoTime } from "../../text/formatTime";
import type { Finding, Severity } from "../finding";
import type { FindingInput } from "../findingInput";
import { isOfPeople } from "../peopleConversations";

/** So many are told one by one per conversation; what is older is told together. */
const TOLD_ALONE = 3;

/** Every rotation of a people's conversation that nobody asked for and nobody configured, and what it cost. */
export function* unexpectedRotations({ rotations, stateDir }: FindingInput): Generator<Finding> {
  const byConversation = new Map<string, Rotation[]>();
  for (const rotation of rotations) {
    const { conversation, agentId } = rotation;
    if (rotation.stateDir !== stateDir.path || conversation === undefined) continue;
    if (!isOfPeople(conversation) || !isUnexpected(rotation)) continue;
    const key = `${agentId}\n${conversation.key}`;
    const found = byConversation.get(key);
    if (found) found.push(rotation);
    else byConversation.set(key, [rotation]);
  }
  for (const found of byConversation.values()) {
    found.sort((a, b) => (b.at ?? -Infinity) - (a.at ?? -Infinity) || (a.id < b.id ? -1 : 1));
    // One older rotation is told as well as a summary of one.
    const alone = found.length === TOLD_ALONE + 1 ? found.length : TOLD_ALONE;
    for (const rotation of found.slice(0, alone)) yield toldAlone(rotation);
    const [newest, ...older] = found.slice(alone);
    if (newest !== undefined) yield toldTogether(newest, older);
  }
}

function toldAlone(rotation: Rotation): Finding {
  const { conversation, from, at } = rotation;
  return {
    code: "rotation.unexpected",
    severity: severityOf(rotation),
    title: titleOf(rotation, labelOf(rotation)),
    detail: detailOf(rotation),
    evidence: evidenceOf(rotation),
    next: nextOf(rotation),
    place: placeOf(from),
    subject: {
      stateDir: rotation.stateDir,
      agentId: rotation.agentId,
      key: conversation?.key,
      windowId: from.windowId,
      rotationId: rotation.id,
    },
    at,
    knownIssues: rotation.knownIssues,
  };
}

function toldTogether(newest: Rotation, older: readonly Rotation[]): Finding {
  const all = [newest, ...older];
  const messages = all.reduce((sum, { cost }) => sum + (cost.messages ?? 0), 0);
  const oldest = all.at(-1)?.at;
  const isGone = all.some((rotation) => severityOf(rotation) === "error");
  return {
    code: "rotation.unexpected",
    severity: isGone ? "error" : all.some((rotation) => severityOf(rotation) === "warning") ? "warning" : "info",
    title: l10n.t("{0} was reset many times before, and nobody asked for it", labelOf(newest)),
    detail: l10n.t(
      "{0} earlier resets that nobody asked for set aside {1}. The first of them was at {2}, the last at {3}.",
      all.length,
      formatCount("message", messages),
      isoTime(oldest) ?? l10n.t("an unknown time"),
      isoTime(newest.at) ?? l10n.t("an unknown time"),
    ),
    evidence: evidenceOf(newest),
    next: nextOf(newest),
    place: placeOf(newest.from),
    subject: { stateDir: newest.stateDir, agentId: newest.agentId, key: newest.conversation?.key },
    at: newest.at,
    knownIssues: [],
  };
}

function labelOf({ conversation, from }: Rotation): string {
  return conversation?.label ?? from.sessionId;
}

/** The words are gone where nothing of the window is left, and nothing was lost where nothing had been said. */
function severityOf({ from, cost }: Rotation): Severity {
  if (from.primary === undefined) return from.trajectories.length > 0 ? "warning" : "error";
  return cost.messages === 0 ? "info" : "warning";
}

function titleOf(rotation: Rotation, label: string): string {
  const cause = firstCause(rotation);
  const clock = clockOf(rotation);
  if (rotation.causes[0]?.confidence === "possible") return plainTitle(label, clock);
  switch (cause) {
    case "daily":
      return clock === undefined
        ? l10n.t("{0} was cut by a daily reset that nobody configured", label)
        : l10n.t("{0} was reset at {1}: a daily reset that nobody configured", label, clock);
    case "idle":
      return l10n.t("{0} was reset after a pause, and nobody configured that", label);
    case "ended-row":
      return l10n.t("{0} was reset because its index row looked ended", label);
    case "compaction-failure":
      return l10n.t("{0} began anew because compacting its history failed", label);
    case "role-conflict":
      return l10n.t("{0} began anew because the model refused the order of its messages", label);
    case "history-corruption":
      return l10n.t("{0} began anew because the model refused its history", label);
    case "memory-flush":
      return l10n.t("{0} began anew because saving its memory failed too often", label);
    case "index-loss":
      return l10n.t("{0} began anew because the session index was lost", label);
    case "transcript-missing":
      return l10n.t("{0} began anew because its transcript was missing", label);
    case "deleted":
      return l10n.t("{0} was deleted, and nothing tells by whom", label);
    case "pruned":
      return l10n.t("{0} was removed by retention", label);
    case "unknown":
      return l10n.t("{0} was reset, and nothing tells why", label);
    case "command":
    case "rpc":
    case "isolated-run":
    case "compaction-successor":
    case "checkpoint-restore":
    case "doctor":
      return plainTitle(label, clock);
  }
}

/** `04:00` in the gateway's zone, as far as that is known. */
function clockOf({ at, surroundings }: Rotation): string | undefined {
  const { zone } = surroundings.zone[0];
  return at === undefined || isoTime(at) === undefined || !isZone(zone) ? undefined : localTime(at, zone).slice(11, 16);
}

function plainTitle(label: string, clock: string | undefined): string {
  return clock === undefined
    ? l10n.t("{0} was reset, and nobody asked for it", label)
    : l10n.t("{0} was reset at {1}, and nobody asked for it", label, clock);
}

function detailOf({ cost, at }: Rotation): string {
  const when = isoTime(at);
  const sentences = [
    when === undefined ? l10n.t("When it was carried out cannot be told.") : l10n.t("It was carried out at {0}.", when),
  ];
  if (cost.messages !== undefined && cost.tokens !== undefined && cost.tokens > 0) {
    const [messages, tokens] = [formatCount("message", cost.messages), formatCount("token", cost.tokens)];
    sentences.push(l10n.t("It set aside {0}, which had cost {1}.", messages, tokens));
  } else if (cost.messages !== undefined) {
    sentences.push(l10n.t("It set aside {0}.", formatCount("message", cost.messages)));
  }
  const [first, last] = [isoTime(cost.firstAt), isoTime(cost.lastAt)];
  if (first !== undefined && last !== undefined) {
    const span = formatDuration((cost.lastAt ?? 0) - (cost.firstAt ?? 0));
    sentences.push(l10n.t("They are from {0} to {1} ({2}).", first, last, span));
  }
  return sentences.join(" ");
}

function evidenceOf({ causes: [cause], compared }: Rotation): NonEmpty<Evidence> {
  return cause?.evidence ?? compared;
}

function nextOf(rotation: Rotation): string {
  const { from } = rotation;
  const cause = firstCause(rotation);
  const words = from.primary
    ? l10n.t("Nothing that was said is lost: the earlier window can still be opened.")
    : from.trajectories.length > 0
      ? l10n.t("The transcript is gone; the run trace of the session still holds what was said.")
      : l10n.t("The transcript is gone and was not archived; only a backup of the state directory can bring it back.");
  if (cause !== "daily" && cause !== "idle") return words;
  const setting = l10n.t(
    'To keep the conversation, write `session.reset: { mode: "idle", idleMinutes: 525600 }` into openclaw.json: every OpenClaw version takes that for "not for a year".',
  );
  return `${words} ${setting}`;
}

function placeOf({ primary, trajectories }: Window): Finding["place"] {
  const file = primary?.path ?? trajectories[0]?.path;
  return file === undefined ? undefined : { file };
}
