import * as l10n from "@vscode/l10n";
import type { Agent, Conversation, SessionFile, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import type { Evidence } from "../../evidence/evidence";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import { formatDuration, isoTime } from "../../text/formatTime";
import { toldTime } from "../../text/toldTime";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import { adoptedArchive } from "../adoptedArchive";
import { openGapOf } from "../gap";
import { lastEntryAt } from "../lastEntry";
import { currentWindow, peopleConversations, storePathOf } from "../peopleConversations";
import { subjectOf } from "../subject";
import { versionOfConversation } from "../versionNow";

/** So long after a reset the next message may still be on its way; a reset also writes the row itself. */
const SOON_MS = 10 * 60_000;
const MOVED_ON_MS = 2 * 60_000;

/** Resets after which nothing of the conversation was ever saved. */
export function* resetsWithoutSuccessor(input: FindingInput): Generator<Finding> {
  const adopted = new Map(input.stateDir.agents.map((agent) => [agent, adoptedArchive(agent)]));
  for (const { agent, conversation } of peopleConversations(input)) {
    const lost = adopted.get(agent);
    const last = lost?.conversation === conversation ? lost : lastReset(conversation);
    if (last === undefined) continue;
    const found = withoutSuccessor(input, agent, conversation, last);
    if (found !== undefined) yield found;
  }
}

function withoutSuccessor(
  input: FindingInput,
  agent: Agent,
  conversation: Conversation,
  last: LastReset,
): Finding | undefined {
  const { row, label } = conversation;
  const { now } = input.evidence;
  const { window, archive, at } = last;
  const current = currentWindow(conversation);
  // A header alone is what `sessions.reset` writes; the next message goes there.
  if (current?.primary !== undefined && row !== undefined && !movedOn(row.lastInteractionAt, at, now)) return undefined;
  // Nor does a stamp in the future tell what came after it.
  if (!(now - at >= SOON_MS)) return undefined;

  const spoken = movedOn(row?.lastInteractionAt, at, now);
  // Up to 2026.4.13 a heartbeat writes itself into the row: its ticks are nobody's words.
  const touched = row?.originProvider !== "heartbeat" && movedOn(row?.updatedAt, at, now);
  const unfinished = spoken || touched ? undefined : unfinishedTurn(input, conversation, at);
  const isLoss = spoken || touched || unfinished !== undefined;
  return {
    code: "rotation.no-successor",
    severity: spoken ? "error" : isLoss ? "warning" : "info",
    title: isLoss
      ? l10n.t("{0}: nothing was saved after its reset", label)
      : l10n.t("{0}: nothing was said after its reset", label),
    detail: l10n.t(
      "The reset was at {0}, {1} ago; since then no entry of this conversation was saved.",
      toldTime(at) ?? l10n.t("an unknown time"),
      formatDuration(now - at),
    ),
    evidence: [
      ...evidenceOf(agent, conversation, last, spoken ? row?.lastInteractionAt : touched ? row?.updatedAt : undefined),
      ...(unfinished === undefined ? [] : [unfinished]),
      ...signsAfter(input, conversation),
    ],
    next: isLoss
      ? l10n.t("Look at the gateway's log and at locks; the archive still holds what was said before the reset.")
      : l10n.t(
          "Nothing needs to be done: OpenClaw writes a transcript with its next answer. The archive holds what was said before.",
        ),
    place: { file: archive.path },
    subject: subjectOf(input, conversation, window),
    at,
    knownIssues:
      spoken || touched
        ? issuesOfFinding("rotation.no-successor", {
            version: versionOfConversation(input, conversation),
            marks: current?.primary === undefined ? ["no-successor-file"] : [],
          })
        : [],
  };
}

function evidenceOf(
  agent: Agent,
  { key, label, row }: Conversation,
  { window, archive, at }: LastReset,
  activeAt: number | undefined,
): readonly [Evidence, ...Evidence[]] {
  const file = storePathOf(agent, window);
  const store = file === undefined ? undefined : { file };
  const archived = (): string =>
    l10n.t(
      "The archive {0} was made at {1}; no transcript of {2} has a later entry.",
      archive.name.base,
      isoTime(at) ?? "",
      label,
    );
  const inStore = (): string =>
    row === undefined
      ? l10n.t("The session index has no row of {0}.", key)
      : l10n.t("The row of {0} names session {1}.", key, row.sessionId ?? l10n.t("none"));
  const active = (): string => l10n.t("The row of {0} was active at {1}.", key, isoTime(activeAt) ?? "");
  const { join } = window;
  const isAdopted = join === undefined;
  const adopted = (): string =>
    l10n.t(
      "Nothing names the conversation of this archive. {0} is the only one whose transcript was never written.",
      key,
    );
  return [
    evidence("file-name", archived, { file: archive.path }),
    evidence("store", inStore, store),
    ...(isAdopted ? [evidence("store", adopted, store)] : []),
    ...(join?.rung === "only-conversation" ? [evidence("store", () => join.evidence, store)] : []),
    ...(activeAt === undefined ? [] : [evidence("store", active, store)]),
  ];
}

/** A lock on the transcript that was never written, left behind by a process that is gone: its turn was begun and lost. */
function unfinishedTurn({ evidence: found }: FindingInput, { row }: Conversation, at: number): Evidence | undefined {
  const { now } = found;
  const lock = found.locks.find(
    ({ of, alive, since }) =>
      of !== undefined && of === row?.sessionId && alive === false && since !== undefined && since >= at && since < now,
  );
  if (lock === undefined) return undefined;
  return evidence(
    "lock",
    () =>
      l10n.t(
        "The lock of session {0} was taken at {1}, {2} after the reset, and its process is gone: a turn was begun and never saved.",
        lock.of ?? "",
        isoTime(lock.since) ?? "",
        formatDuration((lock.since ?? at) - at),
      ),
    lock.place,
  );
}

/** What else happened since, as the hole is told with; the row was told already. */
function signsAfter(input: FindingInput, conversation: Conversation): readonly Evidence[] {
  return (openGapOf(input, conversation)?.signs ?? []).flatMap(({ kind, evidence: sign }) =>
    kind === "interaction" || kind === "row-update" ? [] : [sign],
  );
}

interface LastReset {
  readonly window: Window;
  readonly archive: SessionFile;
  /** Epoch ms. */
  readonly at: number;
}

/** The newest reset, when nothing that was saved is later. */
function lastReset({ windows }: Conversation): LastReset | undefined {
  let found: LastReset | undefined;
  let saved = -Infinity;
  for (const window of windows) {
    saved = Math.max(saved, lastEntryAt(window) ?? -Infinity);
    if (window.kind !== "reset") continue;
    for (const file of window.primary === undefined ? window.copies : [window.primary, ...window.copies]) {
      const { name } = file;
      if (name.kind !== "archive" || name.reason !== "reset" || name.at === undefined) continue;
      if (found === undefined || name.at > found.at) found = { window, archive: file, at: name.at };
    }
  }
  return found !== undefined && saved <= found.at ? found : undefined;
}

function movedOn(at: number | undefined, reset: number, now: number): boolean {
  return at !== undefined && at > reset + MOVED_ON_MS && at < now - SOON_MS;
}
