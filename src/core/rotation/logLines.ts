import { type NamingRecord, record } from "../evidence/evidence";
import type { LogEvent, LogRecord } from "../log/logRecord";
import { nearestOwn } from "./nearestOwn";
import type { EndBeside, RotationFacts } from "./rotationFacts";

/** A call is answered within so much of the rename, ms. */
const SAME_CALL_MS = 2_000;
/** What is logged about a session that it names is logged within so much of its end, ms. */
const SAME_TURN_MS = 30_000;
/** A line that names the session that follows as well; a slow turn may lie between, ms. */
const SAME_RESTART_MS = 120_000;
/** A line that does not say which session it is about: it is taken for one about this end, and up to here may be one, ms. */
const SAME_STEP_MS = 2_000;
const ABOUT_MS = 5_000;

/** A line of the gateway's log about this end. */
export interface OwnLine {
  readonly line: NamingRecord;
  readonly event: LogEvent;
  /** It names this conversation, or no other end can be meant. */
  readonly isSole: boolean;
}

/** The answer to a client's call, at the moment of the boundary: it names no session, so it is about the nearest end. */
export function loggedCall(facts: RotationFacts, method: string, reason: EndBeside["reason"]): OwnLine | undefined {
  const calls = facts.logs.filter(({ event }) => event.kind === "rpc" && event.method === method && event.ok);
  return keyless(
    facts,
    calls,
    othersOf(facts, (end) => end.reason === reason),
    SAME_CALL_MS,
  );
}

/** The line about this conversation that says so. */
export function loggedEvent(facts: RotationFacts, kinds: readonly LogEvent["kind"][]): OwnLine | undefined {
  const lines = facts.logs.filter(({ event }) => kinds.includes(event.kind));
  if (lines.length === 0) return undefined;
  const restart = lines.find((line) => namesBoth(facts, line));
  if (restart !== undefined) return asOwn(restart, true);

  const { conversation, at } = facts.boundary;
  const about = lines.filter(({ event }) => newIdOf(event) === undefined && keyOf(event) !== undefined);
  if (conversation !== undefined && at !== undefined) {
    const own = about.filter(({ event }) => keyOf(event) === conversation.key);
    const sameKey = othersOf(facts, ({ key }) => key === conversation.key);
    const found = nearestOwn(at, own, sameKey, SAME_TURN_MS);
    if (found !== undefined) return asOwn(found.line, found.isSole);
  }
  const nameless = lines.filter(({ event }) => newIdOf(event) === undefined && keyOf(event) === undefined);
  return keyless(facts, nameless, othersOf(facts), SAME_STEP_MS) ?? perhaps(facts, nameless);
}

/** A clean-up of the index: one line about all that it removed, just before the transcripts are renamed. */
export function loggedSweep(facts: RotationFacts): OwnLine | undefined {
  const deleted = othersOf(facts, ({ reason }) => reason === "deleted");
  const sweeps = facts.logs.filter(({ event }) => event.kind === "pruned" || event.kind === "capped");
  return (
    keyless(facts, sweeps, deleted.length < mostRemoved(sweeps) ? [] : deleted, SAME_STEP_MS) ?? perhaps(facts, sweeps)
  );
}

function mostRemoved(sweeps: readonly LogRecord[]): number {
  return Math.max(0, ...sweeps.map(({ event }) => ("count" in event ? (event.count ?? 0) : 0)));
}

/** The id that follows, and no other key than this one; some releases write `main` for `agent:main:main`. */
function namesBoth({ boundary: { conversation, to, at } }: RotationFacts, { event, at: logged }: LogRecord): boolean {
  const newId = newIdOf(event);
  if (newId === undefined || conversation === undefined || newId !== to?.sessionId) return false;
  const key = keyOf(event);
  if (key !== undefined && key.startsWith("agent:") && key !== conversation.key) return false;
  return at !== undefined && Math.abs(logged - at) <= SAME_RESTART_MS;
}

function keyless(
  { boundary: { at } }: RotationFacts,
  lines: readonly LogRecord[],
  others: readonly number[],
  within: number,
): OwnLine | undefined {
  if (at === undefined || lines.length === 0) return undefined;
  const found = nearestOwn(at, lines, others, within);
  return found && asOwn(found.line, found.isSole);
}

/** Near, and not near enough to be about this end for sure. */
function perhaps({ boundary: { at } }: RotationFacts, lines: readonly LogRecord[]): OwnLine | undefined {
  const found = at === undefined ? undefined : nearestOwn(at, lines, [], ABOUT_MS);
  return found && asOwn(found.line, false);
}

function othersOf({ beside = [] }: RotationFacts, isMeant: (end: EndBeside) => boolean = () => true): number[] {
  return beside.filter(isMeant).map(({ at }) => at);
}

function newIdOf(event: LogEvent): string | undefined {
  return "newId" in event ? event.newId : undefined;
}

function keyOf(event: LogEvent): string | undefined {
  return "key" in event ? event.key : undefined;
}

function asOwn(line: LogRecord, isSole: boolean): OwnLine {
  return { line: named(line), event: line.event, isSole };
}

export function named({ text, place, recordedAt }: LogRecord): NamingRecord {
  return record("log", () => text, place, recordedAt);
}
