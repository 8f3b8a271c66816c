import type { Agent, StateDir, Window } from "../core/conversation/model";
import { boundariesOfConversation, boundariesOfOrphan } from "../core/rotation/boundaries";
import type { Boundary } from "../core/rotation/rotation";
import type { CollectedEvidence, ResetRecord } from "../core/rotation/rotationFacts";
import { keptFile } from "./evidence/keptFile";
import { isSameReset, keptFiles, mergedRecords } from "./evidence/keptResetRecord";
import { startOf } from "../core/rotation/windowOrder";
import type { StoreRow } from "../core/store/storeRow";

/** A rotation that was noticed while running, and what only a witness knows of it. */
export interface SeenRotation {
  /** Real path. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly key: string;
  readonly sessionIdBefore: string;
  /** What is current now; undefined when the conversation is gone from the index. */
  readonly sessionIdAfter: string | undefined;
  /** The store's row as it was before; it is overwritten by now. */
  readonly rowBefore: StoreRow | undefined;
}

/** What is kept lies within so much of the reset, ms. */
const AROUND_MS = 60_000;
const MAX_LOGS = 40;
const MAX_COMMANDS = 10;
/** A rotation whose traces never appear on disk is forgotten after so many looks. */
const MAX_LOOKS = 20;
/** Looks are a quarter of a second apart at least; a clock may stand still or go back. */
const MOST_LOOKS = 400;

/** So many are remembered where they cannot be kept, or not yet. */
const MAX_REMEMBERED = 200;

/** Remembers rotations until their traces are on disk, and tells then what explains them. */
export class ResetWitness {
  private waiting: { readonly seen: SeenRotation; looks: number; foundAt?: number }[] = [];
  private remembered: { readonly stateDir: string; readonly record: ResetRecord }[] = [];

  saw(seen: readonly SeenRotation[]): void {
    for (const each of seen) this.waiting.push({ seen: each, looks: 0 });
  }

  /** What is to be kept of this look, and all that is known of the state directory with it. */
  witnessed(
    stateDir: StateDir,
    evidence: CollectedEvidence,
  ): { readonly fresh: readonly ResetRecord[]; readonly known: readonly ResetRecord[] } {
    const fresh: ResetRecord[] = [];
    this.waiting = this.waiting.filter((waiting) => {
      if (waiting.seen.stateDir !== stateDir.realPath) return true;
      const record = recordOf(waiting.seen, stateDir, evidence);
      const isLast = ++waiting.looks >= MAX_LOOKS;
      if (record === undefined) return !isLast;
      waiting.foundAt ??= evidence.now;
      const isSettled = evidence.now - waiting.foundAt > AROUND_MS;
      const before = this.remembered.findLast((each) => isSameReset(each.record, record))?.record;
      const kept = before ?? evidence.resetRecords.find((each) => isSameReset(each, record));
      if (kept === undefined || tellsMore(record, kept)) fresh.push(record);
      return (!isSettled && waiting.looks < MOST_LOOKS) || (!isComplete(record) && !isLast);
    });
    this.remembered = [...this.remembered, ...fresh.map((record) => ({ stateDir: stateDir.realPath, record }))];
    this.remembered = this.remembered.slice(-MAX_REMEMBERED);
    const own = this.remembered.flatMap((each) => (each.stateDir === stateDir.realPath ? [each.record] : []));
    return {
      fresh,
      known: own.length === 0 ? evidence.resetRecords : mergedRecords([...evidence.resetRecords, ...own]),
    };
  }
}

/** Those nearest to a moment, in the order in which they were given. */
function nearest<Item extends { readonly at: number }>(
  items: readonly Item[],
  at: number,
  most: number,
): readonly Item[] {
  if (items.length <= most) return items;
  const byDistance = [...items].sort((one, other) => Math.abs(one.at - at) - Math.abs(other.at - at));
  const kept = new Set(byDistance.slice(0, most));
  return items.filter((item) => kept.has(item));
}

/** The line of the log that tells the cause may be written seconds after the transcript was set aside. */
function tellsMore(record: ResetRecord, kept: ResetRecord): boolean {
  return (
    (isComplete(record) && !isComplete(kept)) ||
    record.logs.length > kept.logs.length ||
    record.commands.length > kept.commands.length ||
    (record.trigger !== undefined && kept.trigger === undefined)
  );
}

/** The first message of what followed comes with the first turn, which may be later. */
function isComplete({ toFile }: ResetRecord): boolean {
  return toFile?.head.opening !== undefined;
}

function recordOf(seen: SeenRotation, stateDir: StateDir, evidence: CollectedEvidence): ResetRecord | undefined {
  const agent = stateDir.agents.find(({ id }) => id === seen.agentId);
  const boundary = agent && boundaryOf(seen, stateDir, agent);
  const at = boundary?.at;
  if (agent === undefined || boundary === undefined || at === undefined) return undefined;
  const file = boundary.archive ?? boundary.from.primary;
  const windows = [...agent.conversations.flatMap((each) => each.windows), ...agent.orphans];
  const toSessionId = followerOf(seen, boundary, windows);
  const next =
    toSessionId === boundary.to?.sessionId ? boundary.to : windows.find((each) => each.sessionId === toSessionId);
  const isNear = (record: { readonly at: number }): boolean => Math.abs(record.at - at) <= AROUND_MS;
  const trigger = (evidence.triggers.get(toSessionId ?? "") ?? []).find((turn) => turn.at >= at - AROUND_MS);
  return {
    id: boundary.id,
    agentId: seen.agentId,
    key: seen.key,
    at,
    recordedAt: evidence.now,
    fromSessionId: boundary.from.sessionId,
    toSessionId,
    archive: boundary.archive?.path,
    rowBefore: seen.rowBefore,
    logs: nearest(evidence.logs.filter(isNear), at, MAX_LOGS),
    commands: nearest(evidence.commands.filter(isNear), at, MAX_COMMANDS),
    trigger,
    ...keptFiles(file && keptFile(file), next?.primary && keptFile(next.primary)),
  };
}

/** Between two looks there may have been more than one reset: then what is current now is not what followed first. */
function followerOf(
  { sessionIdAfter }: SeenRotation,
  { to, between }: Boundary,
  windows: readonly Window[],
): string | undefined {
  if (between !== undefined && between.next.sessionId === sessionIdAfter) return undefined;
  if (sessionIdAfter === undefined || to === undefined) return sessionIdAfter ?? to?.sessionId;
  const after = windows.find(({ sessionId }) => sessionId === sessionIdAfter);
  return after !== undefined && startOf(to) < startOf(after) ? to.sessionId : sessionIdAfter;
}

/** The latest end of the window that was current. */
function boundaryOf({ key, sessionIdBefore }: SeenRotation, stateDir: StateDir, agent: Agent): Boundary | undefined {
  const conversation = agent.conversations.find((each) => each.key === key);
  const own = conversation === undefined ? [] : boundariesOfConversation(stateDir, agent, conversation);
  // The files alone may not tell whose it was: that is why it is kept.
  const orphans = agent.orphans
    .filter(({ sessionId }) => sessionId === sessionIdBefore)
    .flatMap((window) => boundariesOfOrphan(stateDir, agent, window));
  return [...own, ...orphans]
    .filter(({ from, at }) => from.sessionId === sessionIdBefore && at !== undefined)
    .reduce<Boundary | undefined>(
      (latest, each) => (latest === undefined || (each.at ?? 0) >= (latest.at ?? 0) ? each : latest),
      undefined,
    );
}
