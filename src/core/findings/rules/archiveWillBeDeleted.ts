import * as l10n from "@vscode/l10n";
import type { Conversation, SessionFile, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { redactLabel } from "../../evidence/redactLabel";
import { keptTwin } from "../../keep/keptTwin";
import { messageCount } from "../../index/transcriptIndex";
import { formatCount } from "../../text/formatCount";
import { formatDuration, isoTime } from "../../text/formatTime";
import { toldDay, toldTime } from "../../text/toldTime";
import type { Finding, FindingSubject, Severity } from "../finding";
import type { FindingInput } from "../findingInput";
import { isOfPeople } from "../peopleConversations";
import { within } from "../../surroundings/versionFact";
import { type Deadline, deadlineOf, lastWriteOf, resetRetentionKey, type Retentions, retentionsOf } from "../retention";
import { versionNow } from "../versionNow";

const DAY_MS = 86_400_000;
/** What goes this soon is worth a warning. */
const SOON_MS = 7 * DAY_MS;
/** Conversations that a title names. */
const NAMED = 3;

/** Archives that retention deletes: one finding for those that go soon and one for the others, so that they bury nothing. */
export function* archivesToBeDeleted(input: FindingInput): Generator<Finding> {
  const retentions = retentionsOf(versionNow(input), input.stateDir.configFacts);
  if (retentions.reset === undefined && retentions.deleted === undefined) return;

  const threatened: Threatened[] = [];
  for (const { id, conversations, orphans, sqlite } of input.stateDir.agents) {
    // 2026.8 and later: what lies beside the tables is kept by other rules.
    if (sqlite !== undefined) continue;
    const written = lastWriteOf(conversations, input.evidence.now);
    const of = (windows: readonly Window[], conversation: Conversation | undefined): void => {
      for (const { window, deadline } of deadlinesOf(windows, retentions, written))
        threatened.push({ agentId: id, conversation, window, deadline });
    };
    for (const conversation of conversations) {
      // Runs of machines are not missed, and there are thousands.
      if (isOfPeople(conversation)) of(conversation.windows, conversation);
    }
    of(orphans, undefined);
  }
  threatened.sort((a, b) => a.deadline.at - b.deadline.at || (a.deadline.file.path < b.deadline.file.path ? -1 : 1));
  for (const severity of ["warning", "info"] as const) {
    const [first, ...others] = threatened.filter((each) => severityOf(each.deadline, input.evidence.now) === severity);
    if (first !== undefined) yield told(input, [first, ...others], severity);
  }
}

interface Threatened {
  readonly agentId: string;
  /** Undefined where nothing tells which conversation it was. */
  readonly conversation: Conversation | undefined;
  readonly window: Window;
  readonly deadline: Deadline;
}

type Some = readonly [Threatened, ...Threatened[]];

function* deadlinesOf(
  windows: readonly Window[],
  retentions: Retentions,
  written: number,
): Generator<Pick<Threatened, "window" | "deadline">> {
  for (const window of windows) {
    for (const file of window.primary === undefined ? window.copies : [window.primary, ...window.copies]) {
      const deadline = deadlineOf(file, retentions, written);
      // What was kept outlives it.
      if (deadline !== undefined && keptTwin(file, window) === undefined) yield { window, deadline };
    }
  }
}

function severityOf({ at, retention }: Deadline, now: number): Severity {
  return retention.known && at - now < SOON_MS ? "warning" : "info";
}

function told(input: FindingInput, threatened: Some, severity: Severity): Finding {
  const [{ deadline: first, window }] = threatened;
  const { now } = input.evidence;
  const { known } = first.retention;
  return {
    code: "archive.will-be-deleted",
    severity,
    title: titleOf(threatened, now),
    detail: detailOf(threatened, now),
    evidence: [
      evidence(
        "file-name",
        () => l10n.t("The stamp in the name of {0} is {1}.", first.file.name.base, stampOf(first.file)),
        { file: first.file.path },
      ),
      ...first.retention.evidence,
    ],
    next: nextOf(threatened, known, within(versionNow(input), resetRetentionKey) === "yes"),
    place: { file: first.file.path },
    subject:
      threatened.length === 1
        ? { ...subjectOf(input, threatened), windowId: window.windowId }
        : subjectOf(input, threatened),
    at: first.file.name.kind === "archive" ? first.file.name.at : undefined,
    knownIssues: [],
    deadlines: threatened.map(({ deadline }) => deadline),
  };
}

/** The agent and the conversation where there is only one. */
function subjectOf({ stateDir }: FindingInput, threatened: Some): FindingSubject {
  const [{ agentId, conversation }] = threatened;
  const isOfOne = threatened.every((each) => each.agentId === agentId);
  const key = threatened.every((each) => each.conversation === conversation) ? conversation?.key : undefined;
  return { stateDir: stateDir.path, ...(isOfOne ? { agentId, key } : {}) };
}

function titleOf(threatened: Some, now: number): string {
  const [{ deadline: first }] = threatened;
  const overdue = threatened.filter(({ deadline }) => deadline.at <= now).length;
  const who = namesOf(threatened);
  const archives = formatCount("archive", overdue > 0 ? overdue : threatened.length);
  if (overdue > 0) {
    return first.retention.known
      ? l10n.t("{0}: {1} deleted with the next message", who, archives)
      : l10n.t("{0}: {1} may be deleted with the next message", who, archives);
  }
  const day = toldDay(first.at);
  return first.retention.known
    ? l10n.t("{0}: {1} deleted from {2} on", who, archives, day)
    : l10n.t("{0}: {1} may be deleted from {2} on", who, archives, day);
}

/** `main, Telegram · direct chat …4567 and 4 more conversations`; the first to lose something first. */
function namesOf(threatened: Some): string {
  const names = new Map<unknown, string>();
  for (const { agentId, conversation } of threatened) {
    const identity = conversation ?? agentId;
    if (names.has(identity)) continue;
    // Names of several people in one title: whoever pastes it redacts by the conversation that it is about.
    names.set(
      identity,
      conversation === undefined ? l10n.t("agent {0} (conversation unknown)", agentId) : redactLabel(conversation),
    );
  }
  const [first] = threatened;
  if (names.size === 1 && first.conversation !== undefined) return first.conversation.label;
  const shown = [...names.values()].slice(0, NAMED).join(", ");
  const more = names.size - NAMED;
  return more > 0 ? l10n.t("{0} and {1} more", shown, formatCount("conversation", more)) : shown;
}

function detailOf(threatened: Some, now: number): string {
  const [{ deadline: first }] = threatened;
  const overdue = threatened.filter(({ deadline }) => deadline.at <= now);
  // Whatever the clock says: what is not overdue comes later.
  const rest = threatened.filter(({ deadline }) => !(deadline.at <= now));
  const later = rest[0]?.deadline;
  const { known, keptMs } = first.retention;
  const sentences: string[] = [];
  const kept = formatDuration(keptMs);
  if (overdue.length > 0) {
    const [files, messages] = [formatCount("archive", overdue.length), messagesIn(overdue)];
    sentences.push(
      known
        ? l10n.t(
            "Older than {2}, by the stamp in the name: {0}, {1}. The next message deletes what is as old as that.",
            files,
            messages,
            kept,
          )
        : l10n.t(
            "Older than {2}, by the stamp in the name: {0}, {1}. The next message may delete what is as old as that.",
            files,
            messages,
            kept,
          ),
    );
  }
  if (later !== undefined) {
    sentences.push(
      l10n.t(
        "Not yet {2} old: {0}, {1}. The first, {3}, goes with the first message after {4}.",
        formatCount("archive", rest.length),
        messagesIn(rest),
        kept,
        later.file.name.base,
        toldTime(later.at) ?? l10n.t("an unknown time"),
      ),
    );
  }
  if (!known) {
    sentences.push(l10n.t("OpenClaw 2026.4.20 to 2026.7.35 do that; which version runs here is not known."));
  }
  return sentences.join(" ");
}

function messagesIn(threatened: readonly Threatened[]): string {
  let messages = 0;
  for (const { deadline } of threatened) {
    const { index } = deadline.file;
    messages += index === undefined ? 0 : messageCount(index.roles);
  }
  return formatCount("message", messages);
}

/** Each setting spares one kind of archive only. */
function nextOf(threatened: Some, known: boolean, isAccepted: boolean): string {
  const reasons = new Set(
    threatened.map(({ deadline: { file } }) => (file.name.kind === "archive" ? file.name.reason : "")),
  );
  const copy = known
    ? l10n.t("Keep a Copy (`openclaw-sessions keep`) saves the archives; use it before the next message.")
    : l10n.t("To be safe, use Keep a Copy (`openclaw-sessions keep`): it saves the archives.");
  const settings: string[] = [];
  if (reasons.has("reset")) {
    settings.push(
      isAccepted
        ? l10n.t(
            "`session.maintenance.resetArchiveRetention: false` in openclaw.json keeps archives of resets for good.",
          )
        : l10n.t(
            "From OpenClaw {0} on `session.maintenance.resetArchiveRetention: false` in openclaw.json keeps archives of resets for good; older versions do not start with it.",
            resetRetentionKey.from,
          ),
    );
  }
  if (reasons.has("deleted")) {
    settings.push(
      l10n.t(
        "Archives of deleted sessions go by `session.maintenance.pruneAfter` only: a longer time there, such as `365d`, keeps them longer.",
      ),
    );
  }
  return [copy, ...settings].join(" ");
}

function stampOf({ name }: SessionFile): string {
  return (name.kind === "archive" ? isoTime(name.at) : undefined) ?? l10n.t("an unknown time");
}
