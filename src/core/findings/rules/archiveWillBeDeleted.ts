import * as l10n from "@vscode/l10n";
import { messageCount } from "../../index/transcriptIndex";
import type { Conversation, SessionFile, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import type { ArchiveReason } from "../../names/fileName";
import { formatCount } from "../../text/formatCount";
import { formatDuration, formatTime, isoTime } from "../../text/formatTime";
import type { Finding, FindingSubject } from "../finding";
import type { FindingInput } from "../findingInput";
import { isOfPeople } from "../peopleConversations";
import { type Retention, retentionOf } from "../retention";
import { versionNow } from "../versionNow";

const DAY_MS = 86_400_000;
/** What goes this soon is worth a warning. */
const SOON_MS = 7 * DAY_MS;
/** So many conversations of an agent are told one by one, those first that lose something first. */
const TOLD_ALONE = 25;

/** Archives that retention deletes: one finding per conversation, with the date of the first. */
export function* archivesToBeDeleted(input: FindingInput): Generator<Finding> {
  const version = versionNow(input);
  const ofReason = (reason: ArchiveReason): Retention | undefined =>
    retentionOf(reason, version, input.stateDir.configFacts);
  const retentions = { reset: ofReason("reset"), deleted: ofReason("deleted"), bak: ofReason("bak") };
  if (retentions.reset === undefined && retentions.deleted === undefined) return;

  for (const { id, conversations, orphans, sqlite } of input.stateDir.agents) {
    // 2026.8 and later: what lies beside the tables is kept by other rules.
    if (sqlite !== undefined) continue;
    const written = lastWriteOf(conversations, input.evidence.now);
    const threatened: Threatened[] = [];
    for (const conversation of conversations) {
      const { label, key, windows } = conversation;
      // Runs of machines are not missed, and there are thousands.
      if (!isOfPeople(conversation)) continue;
      const due = dueOf(windows, retentions, written);
      if (due[0] !== undefined) threatened.push({ label, key, due: [due[0], ...due.slice(1)] });
    }
    const due = dueOf(orphans, retentions, written);
    if (due[0] !== undefined) {
      threatened.push({
        label: l10n.t("agent {0} (conversation unknown)", id),
        key: undefined,
        due: [due[0], ...due.slice(1)],
      });
    }
    threatened.sort((a, b) => a.due[0].at - b.due[0].at);
    const subject: FindingSubject = { stateDir: input.stateDir.path, agentId: id };
    for (const each of threatened.slice(0, TOLD_ALONE)) yield told(input, each, { ...subject, key: each.key });
    const [first, ...others] = threatened.slice(TOLD_ALONE);
    if (first === undefined) continue;
    const rest = others.flatMap((each) => each.due);
    const label = l10n.t("{0} of agent {1}", formatCount("conversation", others.length + 1), id);
    yield told(input, { label, key: undefined, due: [first.due[0], ...first.due.slice(1), ...rest] }, subject);
  }
}

interface Due {
  readonly window: Window;
  readonly file: SessionFile;
  /** Epoch ms from which on the next message deletes it. */
  readonly at: number;
  readonly retention: Retention;
}

interface Threatened {
  readonly label: string;
  readonly key: string | undefined;
  /** The first to go first. */
  readonly due: readonly [Due, ...Due[]];
}

/** When the index of the agent was last written: the moments at which archives are deleted. Epoch ms. */
function lastWriteOf(conversations: readonly Conversation[], now: number): number {
  let last = -Infinity;
  for (const { row } of conversations) {
    const at = row?.updatedAt;
    if (at !== undefined && at > last && at <= now) last = at;
  }
  return last;
}

function dueOf(
  windows: readonly Window[],
  retentions: Readonly<Record<ArchiveReason, Retention | undefined>>,
  written: number,
): readonly Due[] {
  const due: Due[] = [];
  for (const window of windows) {
    for (const file of window.primary === undefined ? window.copies : [window.primary, ...window.copies]) {
      const { name } = file;
      // Only OpenClaw's own form of the stamp is recognised by its clean-up.
      if (name.kind !== "archive" || name.at === undefined || name.stampForm !== "iso") continue;
      const retention = retentions[name.reason];
      if (retention === undefined) continue;
      const at = name.at + retention.keptMs;
      // The index was written since and the archive is still here: whatever was configured then, this rule did not apply.
      if (written - at < DAY_MS) due.push({ window, file, at, retention });
    }
  }
  return due.sort((a, b) => a.at - b.at || (a.file.path < b.file.path ? -1 : 1));
}

function told(input: FindingInput, { label, due }: Threatened, subject: FindingSubject): Finding {
  const [first] = due;
  const { now } = input.evidence;
  const { known, evidence: rule } = first.retention;
  const overdue = due.filter(({ at }) => at <= now).length;
  return {
    code: "archive.will-be-deleted",
    severity: known && first.at - now < SOON_MS ? "warning" : "info",
    title: titleOf(label, { known, isOverdue: overdue > 0 }),
    detail: [
      countOf(due),
      overdue > 0 ? overdueOf(overdue) : firstOf(first),
      ...(known ? [] : [unknownVersion()]),
    ].join(" "),
    evidence: [
      evidence(
        "file-name",
        () => l10n.t("The stamp in the name of {0} is {1}.", first.file.name.base, stampOf(first)),
        { file: first.file.path },
      ),
      ...rule,
    ],
    next: l10n.t(
      "Copy the archives out of the sessions directory, or write `session.maintenance.resetArchiveRetention: false` into openclaw.json; that keeps archives of resets.",
    ),
    place: { file: first.file.path },
    subject: due.length === 1 ? { ...subject, windowId: first.window.windowId } : subject,
    at: first.file.name.kind === "archive" ? first.file.name.at : undefined,
    knownIssues: [],
  };
}

function titleOf(
  label: string,
  { known, isOverdue }: { readonly known: boolean; readonly isOverdue: boolean },
): string {
  if (!known) return l10n.t("Earlier windows of {0} may be deleted by retention", label);
  return isOverdue
    ? l10n.t("Earlier windows of {0} are deleted with the next message", label)
    : l10n.t("Earlier windows of {0} will be deleted by retention", label);
}

function countOf(due: readonly [Due, ...Due[]]): string {
  const [{ retention }] = due;
  let messages = 0;
  for (const { file } of due) messages += file.index === undefined ? 0 : messageCount(file.index.roles);
  return l10n.t(
    "Kept for {0} from the stamp in the name: {1}, {2}.",
    formatDuration(retention.keptMs),
    formatCount("file", due.length),
    formatCount("message", messages),
  );
}

function firstOf({ at, file }: Due): string {
  return l10n.t(
    "The first, {0}, goes with the first message after {1}.",
    file.name.base,
    formatTime(at, { timeZone: "UTC", precision: "minute", offset: true }),
  );
}

function overdueOf(count: number): string {
  return l10n.t("Older than that already, and gone with the next message: {0}.", formatCount("file", count));
}

function unknownVersion(): string {
  return l10n.t("OpenClaw 2026.4.20 to 2026.7.35 do that; which version runs here is not known.");
}

function stampOf({ file: { name } }: Due): string {
  return (name.kind === "archive" ? isoTime(name.at) : undefined) ?? l10n.t("an unknown time");
}
