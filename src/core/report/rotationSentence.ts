import * as l10n from "@vscode/l10n";
import type { CauseKind, Rotation } from "../rotation/rotation";
import { formatCount } from "../text/formatCount";
import { causeName, confidenceName } from "./causeName";
import { executorName, executorWorthNaming } from "./executorName";
import { momentIn } from "./moment";
import { shortId } from "./shortId";

/** What people call the conversation; a session by its id where nothing tells which conversation it was. */
export function subjectLabel({ conversation, from }: Pick<Rotation, "conversation" | "from">): string {
  return conversation?.label ?? l10n.t("Session {0}", shortId(from.sessionId));
}

/**
 * One sentence about one rotation, the same in tree, hover, document and command line:
 * `main was reset on 2026-03-31 at 04:00:22 UTC: daily reset (likely), carried out by a heartbeat.`
 */
export function rotationSentence(
  rotation: Pick<Rotation, "causes" | "executedBy" | "at">,
  label: string,
  timeZone: string | undefined,
): string {
  const [cause] = rotation.causes;
  const executor = executorWorthNaming(rotation);
  const moment = rotation.at === undefined ? undefined : momentIn(rotation.at, timeZone);
  const say = sentences[cause ? endings[cause.cause] : "unknown"];
  return say({
    label,
    cause: causeName(cause?.cause ?? "unknown"),
    confidence: confidenceName(cause?.confidence ?? "none"),
    moment: moment && { day: moment.day, time: moment.time, zone: moment.zone },
    executor: executor && executorName(executor),
  });
}

/** What a conversation's end is called: not everything is a reset. */
type Ending = "reset" | "anew" | "deleted" | "removed" | "moved" | "continued" | "returned" | "set-aside";

const endings: Readonly<Record<CauseKind, Ending>> = {
  command: "reset",
  rpc: "reset",
  daily: "reset",
  idle: "reset",
  "ended-row": "reset",
  "compaction-failure": "reset",
  "role-conflict": "reset",
  "history-corruption": "reset",
  "memory-flush": "reset",
  "isolated-run": "anew",
  "index-loss": "anew",
  "transcript-missing": "anew",
  "compaction-successor": "continued",
  "checkpoint-restore": "returned",
  deleted: "deleted",
  pruned: "removed",
  doctor: "moved",
  restored: "set-aside",
};

interface Told {
  readonly label: string;
  readonly cause: string;
  readonly confidence: string;
  readonly moment: { readonly day: string; readonly time: string; readonly zone: string } | undefined;
  readonly executor: string | undefined;
}

/** Whole sentences: another language may need another order for each. */
const sentences: Readonly<Record<Ending | "unknown", (told: Told) => string>> = {
  reset: ({ label, cause, confidence, moment, executor }) => {
    if (!moment) {
      return executor === undefined
        ? l10n.t("{0} was reset at an unknown time: {1} ({2}).", label, cause, confidence)
        : l10n.t(
            "{0} was reset at an unknown time: {1} ({2}), carried out by {3}.",
            label,
            cause,
            confidence,
            executor,
          );
    }
    const { day, time, zone } = moment;
    return executor === undefined
      ? l10n.t("{0} was reset on {1} at {2} {3}: {4} ({5}).", label, day, time, zone, cause, confidence)
      : l10n.t(
          "{0} was reset on {1} at {2} {3}: {4} ({5}), carried out by {6}.",
          ...[label, day, time, zone, cause, confidence, executor],
        );
  },
  anew: ({ label, cause, confidence, moment, executor }) => {
    if (!moment) {
      return executor === undefined
        ? l10n.t("{0} began anew at an unknown time: {1} ({2}).", label, cause, confidence)
        : l10n.t(
            "{0} began anew at an unknown time: {1} ({2}), carried out by {3}.",
            label,
            cause,
            confidence,
            executor,
          );
    }
    const { day, time, zone } = moment;
    return executor === undefined
      ? l10n.t("{0} began anew on {1} at {2} {3}: {4} ({5}).", label, day, time, zone, cause, confidence)
      : l10n.t(
          "{0} began anew on {1} at {2} {3}: {4} ({5}), carried out by {6}.",
          ...[label, day, time, zone, cause, confidence, executor],
        );
  },
  deleted: ({ label, confidence, moment }) =>
    moment
      ? l10n.t("{0} was deleted on {1} at {2} {3} ({4}).", label, moment.day, moment.time, moment.zone, confidence)
      : l10n.t("{0} was deleted at an unknown time ({1}).", label, confidence),
  removed: ({ label, cause, confidence, moment, executor }) => {
    if (!moment) {
      return executor === undefined
        ? l10n.t("{0} was deleted at an unknown time: {1} ({2}).", label, cause, confidence)
        : l10n.t(
            "{0} was deleted at an unknown time: {1} ({2}), carried out by {3}.",
            label,
            cause,
            confidence,
            executor,
          );
    }
    const { day, time, zone } = moment;
    return executor === undefined
      ? l10n.t("{0} was deleted on {1} at {2} {3}: {4} ({5}).", label, day, time, zone, cause, confidence)
      : l10n.t(
          "{0} was deleted on {1} at {2} {3}: {4} ({5}), carried out by {6}.",
          ...[label, day, time, zone, cause, confidence, executor],
        );
  },
  moved: ({ label, cause, confidence, moment }) =>
    moment
      ? l10n.t(
          "{0} was moved aside on {1} at {2} {3}: {4} ({5}).",
          ...[label, moment.day, moment.time, moment.zone, cause, confidence],
        )
      : l10n.t("{0} was moved aside at an unknown time: {1} ({2}).", label, cause, confidence),
  continued: ({ label, cause, confidence, moment }) =>
    moment
      ? l10n.t(
          "{0} went on in a new file on {1} at {2} {3}: {4} ({5}).",
          ...[label, moment.day, moment.time, moment.zone, cause, confidence],
        )
      : l10n.t("{0} went on in a new file at an unknown time: {1} ({2}).", label, cause, confidence),
  returned: ({ label, cause, confidence, moment }) =>
    moment
      ? l10n.t(
          "{0} went back to an earlier state on {1} at {2} {3}: {4} ({5}).",
          ...[label, moment.day, moment.time, moment.zone, cause, confidence],
        )
      : l10n.t("{0} went back to an earlier state at an unknown time: {1} ({2}).", label, cause, confidence),
  "set-aside": ({ label, cause, confidence, moment }) =>
    moment
      ? l10n.t(
          "{0} was set aside on {1} at {2} {3}: {4} ({5}).",
          ...[label, moment.day, moment.time, moment.zone, cause, confidence],
        )
      : l10n.t("{0} was set aside at an unknown time: {1} ({2}).", label, cause, confidence),
  unknown: ({ label, moment, executor }) => {
    if (!moment) {
      return executor === undefined
        ? l10n.t("{0} was cut at an unknown time. Why cannot be told.", label)
        : l10n.t("{0} was cut at an unknown time, carried out by {1}. Why cannot be told.", label, executor);
    }
    const { day, time, zone } = moment;
    return executor === undefined
      ? l10n.t("{0} was cut on {1} at {2} {3}. Why cannot be told.", label, day, time, zone)
      : l10n.t(
          "{0} was cut on {1} at {2} {3}, carried out by {4}. Why cannot be told.",
          label,
          day,
          time,
          zone,
          executor,
        );
  },
};

/**
 * What a notification says, without a full stop: `main was reset at 04:00, daily reset: 8,323 messages set aside`. Short
 * because it is read in passing; the confidence stands with it only where it is no more than possible.
 */
export function noticeSentence(
  rotation: Pick<Rotation, "conversation" | "from" | "causes" | "at" | "cost">,
  timeZone?: string,
): string {
  const { at, cost } = rotation;
  const label = subjectLabel(rotation);
  const [cause] = rotation.causes;
  const time = (at === undefined ? undefined : momentIn(at, timeZone)?.time.slice(0, 5)) ?? "–";
  const messages = cost.messages === undefined ? undefined : formatCount("message", cost.messages);
  const name = causeName(cause?.cause ?? "unknown");
  const why = cause?.confidence === "possible" ? l10n.t("{0} (possible)", name) : name;
  return notices[cause ? endings[cause.cause] : "unknown"]({ label, time, why, messages });
}

interface Noticed {
  readonly label: string;
  readonly time: string;
  readonly why: string;
  readonly messages: string | undefined;
}

const notices: Readonly<Record<Ending | "unknown", (noticed: Noticed) => string>> = {
  reset: ({ label, time, why, messages }) =>
    messages === undefined
      ? l10n.t("{0} was reset at {1}, {2}", label, time, why)
      : l10n.t("{0} was reset at {1}, {2}: {3} set aside", label, time, why, messages),
  anew: ({ label, time, why, messages }) =>
    messages === undefined
      ? l10n.t("{0} began anew at {1}, {2}", label, time, why)
      : l10n.t("{0} began anew at {1}, {2}: {3} left behind", label, time, why, messages),
  deleted: ({ label, time, messages }) =>
    messages === undefined
      ? l10n.t("{0} was deleted at {1}", label, time)
      : l10n.t("{0} was deleted at {1}: {2} set aside", label, time, messages),
  removed: ({ label, time, why, messages }) =>
    messages === undefined
      ? l10n.t("{0} was deleted at {1}, {2}", label, time, why)
      : l10n.t("{0} was deleted at {1}, {2}: {3} set aside", label, time, why, messages),
  moved: ({ label, time, why, messages }) =>
    messages === undefined
      ? l10n.t("{0} was moved aside at {1}, {2}", label, time, why)
      : l10n.t("{0} was moved aside at {1}, {2}: {3} set aside", label, time, why, messages),
  continued: ({ label, time, why }) => l10n.t("{0} went on in a new file at {1}, {2}", label, time, why),
  returned: ({ label, time, why }) => l10n.t("{0} went back to an earlier state at {1}, {2}", label, time, why),
  "set-aside": ({ label, time, why }) => l10n.t("{0} was set aside at {1}, {2}", label, time, why),
  unknown: ({ label, time, messages }) =>
    messages === undefined
      ? l10n.t("{0} was cut at {1}, and nothing tells why", label, time)
      : l10n.t("{0} was cut at {1}, and nothing tells why: {2} set aside", label, time, messages),
};
