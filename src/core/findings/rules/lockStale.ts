import * as l10n from "@vscode/l10n";
import type { StateDir, Window } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import type { LockFact } from "../../rotation/rotationFacts";
import { formatNumber } from "../../text/formatSize";
import { formatDuration, isoTime } from "../../text/formatTime";
import { visibleLine } from "../../text/visibleText";
import type { Finding, FindingSubject } from "../finding";
import type { FindingInput, FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";

/**
 * Longer no run holds a lock: OpenClaw takes one of half an hour for stale, and its watchdog gives up after the run's timeout
 * and two minutes, at most after twelve minutes by default.
 */
const LONG_MS = 30 * 60_000;
/** Two clocks may differ so much. */
const SLACK_MS = 60_000;

/** Locks that nobody holds any more, and locks that are held too long. */
export const lockStale: FindingRule = function* (input) {
  const { locks } = input.evidence;
  if (locks.length === 0) return;
  const windows = windowsBySession(input.stateDir);
  for (const lock of locks) {
    // The gateway's own lock says no more than that it runs, or does not.
    if (lock.of === undefined) continue;
    const finding = findingOf(lock, windows.get(lock.of), input);
    if (finding !== undefined) yield finding;
  }
};

function windowsBySession({ agents }: StateDir): ReadonlyMap<string, Locked> {
  const bySession = new Map<string, Locked>();
  const add = (window: Window, conversation: Locked["conversation"]): void => {
    // One id can have several windows; what is locked is the one whose transcript has no archive suffix.
    if (window.primary?.name.kind !== "transcript") return;
    bySession.set(window.primary.name.stem, { window, conversation });
    if (!bySession.has(window.sessionId)) bySession.set(window.sessionId, { window, conversation });
  };
  for (const { conversations, orphans } of agents) {
    for (const window of orphans) add(window, undefined);
    for (const { key, label, agentId, windows } of conversations) {
      for (const window of windows) add(window, { key, label, agentId });
    }
  }
  return bySession;
}

interface Locked {
  readonly window: Window;
  readonly conversation: { readonly key: string; readonly label: string; readonly agentId: string } | undefined;
}

function findingOf(lock: LockFact, locked: Locked | undefined, { stateDir, evidence: { now } }: FindingInput) {
  const age = lock.since === undefined ? undefined : now - lock.since;
  const subject: FindingSubject = {
    stateDir: stateDir.path,
    agentId: locked?.conversation?.agentId ?? locked?.window.agentId,
    key: locked?.conversation?.key,
    windowId: locked?.window.windowId,
  };
  const name = locked?.conversation?.label ?? visibleLine(lock.of ?? "?");
  if (lock.alive === false) return ofDead(lock, name, locked, subject);
  // A lock from the future tells nothing but that a clock is wrong.
  if (age === undefined || age < LONG_MS) return undefined;
  return ofLong(lock, age, name, locked, subject);
}

/** A run that was killed leaves its lock, and often a question without an answer. */
function ofDead(lock: LockFact, name: string, locked: Locked | undefined, subject: FindingSubject): Finding {
  const ending = locked?.window.primary?.head?.ending;
  const wasKilled = ending?.unanswered === true;
  const place = locked === undefined ? undefined : windowPlace(locked.window, undefined, ending?.offset);
  return {
    code: "lock.stale",
    severity: wasKilled ? "warning" : "info",
    title: wasKilled
      ? l10n.t("A run of {0} was killed before it answered", name)
      : l10n.t("A lock of {0} was left behind", name),
    detail: [
      ofProcess(lock),
      ...(wasKilled ? [l10n.t("The transcript ends with a message that nobody answered.")] : []),
    ].join(" "),
    evidence: [
      evidence("lock", () => ofProcess(lock), lock.place),
      ...(wasKilled && place !== undefined
        ? [evidence("transcript", () => l10n.t("The last message is a person's, and no answer follows."), place)]
        : []),
    ],
    next: wasKilled
      ? l10n.t("Send the last message again. OpenClaw clears the lock of a process that is gone by itself.")
      : l10n.t("OpenClaw clears the lock of a process that is gone by itself; nothing has to be done."),
    place: lock.place,
    subject,
    at: lock.since,
    knownIssues: [],
  };
}

function ofProcess({ pid, since }: LockFact): string {
  const at = isoTime(since);
  if (pid === undefined) return l10n.t("The lock names no process.");
  // Not grouped: people look the number up.
  return at === undefined
    ? l10n.t("The lock is of process {0}, which no longer runs.", String(pid))
    : l10n.t("The lock is of process {0}, which no longer runs; it was taken at {1}.", String(pid), at);
}

function ofLong(
  lock: LockFact,
  age: number,
  name: string,
  locked: Locked | undefined,
  subject: FindingSubject,
): Finding {
  const { since = 0, alive, pid } = lock;
  const lastAt = locked?.window.lastAt;
  const standsStill = lastAt !== undefined && lastAt < since + SLACK_MS;
  const held = formatDuration(age);
  const said =
    alive === true
      ? l10n.t("Process {0} runs and has held it for {1}, since {2}.", String(pid ?? "?"), held, isoTime(since) ?? "?")
      : l10n.t(
          "It was taken {0} ago, at {1}; whether process {2} still runs cannot be told from here.",
          held,
          isoTime(since) ?? "?",
          String(pid ?? "?"),
        );
  const minutes = formatNumber(LONG_MS / 60_000);
  return {
    code: "lock.stale",
    severity: alive === true && standsStill ? "warning" : "info",
    title: l10n.t("{0} has been locked for longer than a run takes", name),
    detail: [
      said,
      l10n.t("OpenClaw takes a lock of {0} minutes for stale.", minutes),
      ...(standsStill ? [l10n.t("Nothing was written to the transcript since then.")] : []),
    ].join(" "),
    evidence: [evidence("lock", () => said, lock.place)],
    next: l10n.t(
      "While it is locked, nothing that is said is written down. Copy what matters from the chat, then restart the gateway.",
    ),
    place: lock.place,
    subject,
    at: since,
    knownIssues: [],
  };
}
