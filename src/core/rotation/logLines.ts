import { type NamingRecord, record } from "../evidence/evidence";
import type { LogEvent, LogRecord } from "../log/logRecord";
import type { RotationFacts } from "./rotationFacts";

/** A call is answered within so much of the rename, ms. */
const SAME_CALL_MS = 2_000;

/** What is logged about a session is logged within so much of its end, ms. */
const SAME_TURN_MS = 30_000;
/** A line that does not say which session it is about. */
const SAME_STEP_MS = 5_000;

/** The answer to a client's call, at the moment of the boundary. */
export function loggedCall(facts: RotationFacts, method: string): NamingRecord | undefined {
  const { at } = facts.boundary;
  if (at === undefined) return undefined;
  const line = facts.logs.find(
    ({ event, at: logged }) =>
      event.kind === "rpc" && event.method === method && event.ok && Math.abs(logged - at) <= SAME_CALL_MS,
  );
  return line && named(line);
}

/** The first line about this conversation that says so. */
export function loggedEvent(facts: RotationFacts, kinds: readonly LogEvent["kind"][]): NamingRecord | undefined {
  const line = facts.logs.find((each) => kinds.includes(each.event.kind) && isAbout(facts, each));
  return line && named(line);
}

/** By the new id where the line has one, else by the key and the clock; a line that names neither must be very near. */
function isAbout({ boundary: { conversation, to, at } }: RotationFacts, { event, at: logged }: LogRecord): boolean {
  const newId = "newId" in event ? event.newId : undefined;
  if (newId !== undefined) return newId === to?.sessionId;
  const distance = at === undefined ? Infinity : Math.abs(logged - at);
  const key = "key" in event ? event.key : undefined;
  if (key === undefined) return distance <= SAME_STEP_MS;
  return conversation !== undefined && key === conversation.key && distance <= SAME_TURN_MS;
}

export function named({ text, place, recordedAt }: LogRecord): NamingRecord {
  return record("log", () => text, place, recordedAt);
}
