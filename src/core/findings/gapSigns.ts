import * as l10n from "@vscode/l10n";
import type { Window } from "../conversation/model";
import { evidence } from "../evidence/evidence";
import type { LogRecord } from "../log/logRecord";
import type { LockFact, PlacedNote, RowBefore } from "../rotation/rotationFacts";
import type { StoreRow } from "../store/storeRow";
import { formatDuration, isoTime } from "../text/formatTime";
import type { FindingInput } from "./findingInput";
import type { Gap, Sign } from "./gap";
import { COMPACTION_AFTER_MS, mayTell, NEAR_MS, SETTLED_MS, signOfLine } from "./logSigns";
import { currentWindow, peopleConversations, storePathOf } from "./peopleConversations";

/** A run trace ends within 0.1 s of the transcript (recorded); compacting after a turn may take its time. */
const TRACE_LATER_MS = 5 * 60_000;
/** The row of a turn is written at most 0.2 s after its last entry (recorded, 2026.4.25–7.35). */
export const INTERACTION_LATER_MS = 2_000;
/** A lock may be held for 17 minutes without anything being wrong (2026.5.22: maxHoldMs 1,020,000). */
const LOCK_LONG_MS = 20 * 60_000;
/** Signs of one gap that are kept. */
const MANY = 20;

export type Silence = Pick<Gap, "agent" | "conversation" | "window" | "after" | "until" | "isOpen">;

/** What else is known of the time in which nothing was saved, ready to be asked for thousands of conversations. */
export class SideEvidence {
  readonly now: number;
  readonly #locks = new Map<string, LockFact>();
  readonly #notes = new Map<string, PlacedNote[]>();
  readonly #rowsBefore = new Map<string, RowBefore>();
  /** Lines that may matter, oldest first. */
  readonly #logs: readonly LogRecord[];
  /** Ends of all transcripts, ascending. */
  readonly #ends: readonly number[];
  /** With one conversation alone there is no doubt which one a line is about. */
  readonly #isOnlyOne: boolean;

  constructor(input: FindingInput) {
    const { evidence: found } = input;
    this.now = found.now;
    for (const lock of found.locks) {
      if (lock.of !== undefined && lock.alive === true) this.#locks.set(lock.of, lock);
    }
    for (const note of found.notes) {
      const notes = this.#notes.get(note.sessionId);
      if (notes) notes.push(note);
      else this.#notes.set(note.sessionId, [note]);
    }
    for (const before of found.rowsBefore) {
      const { sessionId } = before.row;
      // The newest is first.
      if (sessionId !== undefined && !this.#rowsBefore.has(sessionId)) this.#rowsBefore.set(sessionId, before);
    }
    this.#logs = found.logs.filter(mayTell).sort((a, b) => a.at - b.at);
    const ends = new Map<string, number>();
    let people = 0;
    for (const agent of input.stateDir.agents) {
      for (const { windows } of agent.conversations) for (const window of windows) keepEnd(ends, window);
      for (const window of agent.orphans) keepEnd(ends, window);
    }
    for (const { conversation } of peopleConversations(input)) {
      if (conversation.windows.length > 0) people++;
    }
    this.#ends = [...ends.values()].sort((a, b) => a - b);
    this.#isOnlyOne = people === 1;
  }

  signsIn(silence: Silence): readonly Sign[] {
    const signs = [
      ...this.#traces(silence),
      ...this.#interactions(silence),
      ...this.#heldLock(silence),
      ...this.#logLines(silence),
      ...this.#memoryNotes(silence),
    ];
    return signs.sort((a, b) => a.at - b.at).slice(0, MANY);
  }

  *#traces({ conversation, window, after, until, isOpen }: Silence): Generator<Sign> {
    const traces = [...window.trajectories];
    const current = currentWindow(conversation);
    if (isOpen && current !== undefined && current !== window) traces.push(...current.trajectories);
    for (const { head, path, name } of traces) {
      const at = head?.lastAt;
      if (at === undefined || !(at > after + TRACE_LATER_MS) || !(at < until)) continue;
      // A run that has just begun is in its trace before it is in the transcript.
      if (isOpen && at > this.now - SETTLED_MS) continue;
      const said = [name.base, isoTime(at) ?? "", formatDuration(at - after)] as const;
      yield {
        kind: "trajectory",
        weight: "strong",
        at,
        evidence: evidence(
          "trajectory",
          () => l10n.t("The run trace {0} goes on until {1}, {2} after the last saved entry.", ...said),
          { file: path },
        ),
      };
    }
  }

  *#interactions(silence: Silence): Generator<Sign> {
    const { agent, conversation, window, isOpen } = silence;
    if (isOpen) {
      const file = storePathOf(agent, window);
      if (conversation.row !== undefined) {
        yield* this.#ofRow(silence, conversation.row, {
          source: "store",
          place: file === undefined ? undefined : { file },
        });
      }
      return;
    }
    const before = this.#rowsBefore.get(window.sessionId);
    if (before === undefined) return;
    const source = before.from === "reset-record" ? "reset-record" : "store-backup";
    yield* this.#ofRow(silence, before.row, { source, place: before.place, recordedAt: before.keptAt });
  }

  *#ofRow(
    { after, until }: Silence,
    { key, lastInteractionAt, updatedAt }: StoreRow,
    from: {
      readonly source: "store" | "store-backup" | "reset-record";
      readonly place: Sign["evidence"]["place"];
      readonly recordedAt?: number | undefined;
    },
  ): Generator<Sign> {
    const isInside = (at: number | undefined, later: number): at is number =>
      at !== undefined && at > after + later && at < until && at < this.now - SETTLED_MS;
    if (isInside(lastInteractionAt, INTERACTION_LATER_MS)) {
      const said = [key, isoTime(lastInteractionAt) ?? "", formatDuration(lastInteractionAt - after)] as const;
      yield {
        kind: "interaction",
        weight: "weak",
        at: lastInteractionAt,
        evidence: evidence(
          from.source,
          () => l10n.t("The row of {0} was last spoken to at {1}, {2} after the last saved entry.", ...said),
          from.place,
          from.recordedAt,
        ),
      };
    }
    // Heartbeats and routing touch it as well, and leave no entry (2026.2.23–4.5).
    if (isInside(updatedAt, NEAR_MS)) {
      const said = [key, isoTime(updatedAt) ?? ""] as const;
      yield {
        kind: "row-update",
        weight: "beside",
        at: updatedAt,
        evidence: evidence(
          from.source,
          () => l10n.t("The row of {0} was last written at {1}.", ...said),
          from.place,
          from.recordedAt,
        ),
      };
    }
  }

  *#heldLock({ conversation, window, after, isOpen }: Silence): Generator<Sign> {
    if (!isOpen) return;
    const current = currentWindow(conversation);
    const lock = this.#lockOf(window) ?? (current === undefined ? undefined : this.#lockOf(current));
    if (lock === undefined) return;
    const since = lock.since ?? after;
    if (!(this.now - Math.max(after, since) > LOCK_LONG_MS)) return;
    const said = [
      lock.pid === undefined ? l10n.t("an unknown process") : l10n.t("process {0}", String(lock.pid)),
      isoTime(since) ?? l10n.t("an unknown time"),
      formatDuration(this.now - since),
    ] as const;
    yield {
      kind: "lock-held",
      weight: "strong",
      at: since,
      evidence: evidence(
        "lock",
        () => l10n.t("The transcript's lock is held by {0}, which is alive, since {1} ({2}).", ...said),
        lock.place,
      ),
    };
  }

  /** By the id, or by the name of the file where that differs (`sessions.reset` of 2026.3.28–5.7). */
  #lockOf({ sessionId, primary }: Window): LockFact | undefined {
    const stem = primary?.name.kind === "transcript" ? primary.name.stem : sessionId;
    return this.#locks.get(stem) ?? this.#locks.get(sessionId);
  }

  *#logLines(silence: Silence): Generator<Sign> {
    const { after, until, isOpen, conversation } = silence;
    const interaction = isOpen ? conversation.row?.lastInteractionAt : undefined;
    const endsBetween = (from: number, to: number): number => this.#endsBetween(from, to);
    let told = 0;
    for (const [from, to] of this.#stretchesAboutIt(after, until, interaction)) {
      for (let at = firstFrom(this.#logs, from); at < this.#logs.length && told < MANY; at++) {
        const record = this.#logs[at];
        if (record === undefined || record.at > to) break;
        const sign = signOfLine(record, {
          silence,
          now: this.now,
          interaction,
          isOnlyOne: this.#isOnlyOne,
          endsBetween,
        });
        if (sign === undefined) continue;
        told++;
        yield sign;
      }
    }
  }

  /** Where lines may be about this conversation: not all of the log for each of thousands. In order, not overlapping. */
  #stretchesAboutIt(
    after: number,
    until: number,
    interaction: number | undefined,
  ): readonly (readonly [number, number])[] {
    if (this.#isOnlyOne) return [[after - COMPACTION_AFTER_MS, until]];
    const end: readonly [number, number] = [after - COMPACTION_AFTER_MS, after + COMPACTION_AFTER_MS];
    if (interaction === undefined) return [end];
    return [end, [Math.max(end[1] + 1, interaction - NEAR_MS), interaction + NEAR_MS]];
  }

  /** Notes of a reset are written at the reset; they tell that there was something, not that it was lost. */
  *#memoryNotes({ window, after, until }: Silence): Generator<Sign> {
    for (const note of this.#notes.get(window.sessionId) ?? []) {
      const { at, base, place } = note;
      if (at === undefined || at <= after || at >= until) continue;
      yield {
        kind: "memory-note",
        weight: "beside",
        at,
        evidence: evidence(
          "memory-note",
          () => l10n.t("The memory note {0} names the session and was last written at {1}.", base, isoTime(at) ?? ""),
          place,
        ),
      };
    }
  }

  /** How many transcripts end in that time. */
  #endsBetween(from: number, to: number): number {
    let count = 0;
    for (let at = lowerBound(this.#ends, from, (end) => end); (this.#ends[at] ?? Infinity) <= to && count < 2; at++)
      count++;
    return count;
  }
}

/** A window may stand in several conversations. */
function keepEnd(ends: Map<string, number>, { windowId, primary, lastAt }: Window): void {
  if (primary !== undefined && lastAt !== undefined && !Number.isNaN(lastAt)) ends.set(windowId, lastAt);
}

function firstFrom(logs: readonly LogRecord[], at: number): number {
  return lowerBound(logs, at, (record) => record.at);
}

function lowerBound<T>(sorted: readonly T[], wanted: number, by: (item: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && by(item) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
