import * as l10n from "@vscode/l10n";
import type { Window } from "../../conversation/model";
import type { Evidence, NonEmpty } from "../../evidence/evidence";
import { type CauseKind, firstCause, isUnexpected, type Rotation } from "../../rotation/rotation";
import { isGoneByAge } from "../../rotation/goneTranscript";
import { localTime } from "../../surroundings/dailyBoundary";
import { isZone, offsetMinutesAt, zoneOfOffset } from "../../surroundings/zoneOffset";
import { formatCount } from "../../text/formatCount";
import { isoTime } from "../../text/formatTime";
import { toldDuration, toldTime } from "../../text/toldTime";
import type { Finding, Severity } from "../finding";
import type { FindingInput } from "../findingInput";
import { isOfPeople } from "../peopleConversations";

/** So many are told one by one per conversation; what is older is told together. */
const TOLD_ALONE = 3;

/** Every rotation of a people's conversation that nobody asked for and nobody configured, and what it cost. */
export function* unexpectedRotations({ rotations, stateDir, evidence }: FindingInput): Generator<Finding> {
  const world = { config: stateDir.configFacts, now: evidence.now };
  const byConversation = new Map<string, Rotation[]>();
  for (const rotation of rotations) {
    const { conversation, agentId } = rotation;
    if (rotation.stateDir !== stateDir.path || conversation === undefined) continue;
    if (!isOfPeople(conversation) || !isUnexpected(rotation)) continue;
    // Deleted long after, as OpenClaw deletes archives: how it ended cannot be told any more, and that is nobody's trouble.
    if (isGone(rotation) && rotation.causes.length === 0 && isGoneByAge(rotation.at, world)) continue;
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
  const isLost = all.some((rotation) => severityOf(rotation) === "error");
  return {
    code: "rotation.unexpected",
    severity: isLost ? "error" : all.some((rotation) => severityOf(rotation) === "warning") ? "warning" : "info",
    title: l10n.t("{0}: reset {1} times before, and nobody asked for it", labelOf(newest), all.length),
    detail: l10n.t(
      "{0} earlier resets that nobody asked for set aside {1}. The first of them was at {2}, the last at {3}.",
      all.length,
      formatCount("message", messages),
      toldTime(oldest) ?? l10n.t("an unknown time"),
      toldTime(newest.at) ?? l10n.t("an unknown time"),
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

function isGone({ from }: Rotation): boolean {
  return from.primary === undefined && from.trajectories.length === 0;
}

/** The words are gone where nothing of the window is left, and nothing was lost where nothing had been said. */
function severityOf({ from, cost }: Rotation): Severity {
  if (from.primary === undefined) return from.trajectories.length > 0 ? "warning" : "error";
  return cost.messages === 0 ? "info" : "warning";
}

function titleOf(rotation: Rotation, label: string): string {
  const cause = firstCause(rotation);
  const isSure = rotation.causes[0]?.confidence !== "possible";
  return said(label, clockOf(rotation), isSure ? whats[cause]() : doubted(cause));
}

/** Without a moment that can be told, the conversation comes first. */
function said(label: string, clock: string | undefined, what: string): string {
  return clock === undefined ? l10n.t("{0}: {1}", label, what) : l10n.t("{0} {1}: {2}", clock, label, what);
}

function doubted(cause: CauseKind | "unknown"): string {
  if (cause === "daily") return l10n.t("reset, perhaps a daily reset that nobody configured");
  if (cause === "idle") return l10n.t("reset, perhaps an idle reset that nobody configured");
  return l10n.t("reset, and nothing tells for sure why");
}

/** Behind the moment and the conversation. */
const whats: Readonly<Record<CauseKind | "unknown", () => string>> = {
  daily: () => l10n.t("daily reset that nobody configured"),
  idle: () => l10n.t("idle reset that nobody configured"),
  "ended-row": () => l10n.t("reset because its index row looked ended"),
  "compaction-failure": () => l10n.t("began anew because compacting its history failed"),
  "role-conflict": () => l10n.t("began anew because the model refused the order of its messages"),
  "history-corruption": () => l10n.t("began anew because the model refused its history"),
  "memory-flush": () => l10n.t("began anew because saving its memory failed too often"),
  "index-loss": () => l10n.t("began anew because the session index was lost"),
  "transcript-missing": () => l10n.t("began anew because its transcript was missing"),
  deleted: () => l10n.t("deleted, and nothing tells by whom"),
  pruned: () => l10n.t("removed by retention"),
  unknown: () => l10n.t("reset, and nothing tells why"),
  command: unwanted,
  rpc: unwanted,
  "isolated-run": unwanted,
  "compaction-successor": unwanted,
  "checkpoint-restore": unwanted,
  doctor: unwanted,
  restored: unwanted,
};

function unwanted(): string {
  return l10n.t("reset, and nobody asked for it");
}

/** `04-23 04:07 +09:00` in the gateway's zone, as far as that is known. */
function clockOf({ at, surroundings }: Rotation): string | undefined {
  const { zone } = surroundings.zone[0];
  if (at === undefined || isoTime(at) === undefined || !isZone(zone)) return undefined;
  const offset = zoneOfOffset(offsetMinutesAt(at, zone) ?? Number.NaN);
  return offset === undefined ? undefined : `${localTime(at, zone).slice(5, 16).replace("T", " ")} ${offset}`;
}

function detailOf({ cost, at }: Rotation): string {
  const when = toldTime(at);
  const sentences = [
    when === undefined ? l10n.t("When it was carried out cannot be told.") : l10n.t("It was carried out at {0}.", when),
  ];
  if (cost.messages !== undefined && cost.tokens !== undefined && cost.tokens > 0) {
    const [messages, tokens] = [formatCount("message", cost.messages), formatCount("token", cost.tokens)];
    sentences.push(l10n.t("It set aside {0}, which had cost {1}.", messages, tokens));
  } else if (cost.messages !== undefined) {
    sentences.push(l10n.t("It set aside {0}.", formatCount("message", cost.messages)));
  }
  const [first, last] = [toldTime(cost.firstAt), toldTime(cost.lastAt)];
  if (first !== undefined && last !== undefined) {
    const span = toldDuration((cost.lastAt ?? 0) - (cost.firstAt ?? 0));
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
    ? l10n.t("Open the earlier window: what was said is still on disk.")
    : from.trajectories.length > 0
      ? l10n.t("The transcript is gone; the run trace of the session still holds what was said.")
      : l10n.t("The transcript is gone and was not archived; only a backup of the state directory can bring it back.");
  if (cause !== "daily" && cause !== "idle") return words;
  const setting = l10n.t(
    'So that it does not happen again, write `session.reset: { mode: "idle", idleMinutes: 525600 }` into openclaw.json: every OpenClaw version takes that for "not for a year".',
  );
  return `${words} ${setting}`;
}

function placeOf({ primary, trajectories }: Window): Finding["place"] {
  const file = primary?.path ?? trajectories[0]?.path;
  return file === undefined ? undefined : { file };
}
