import { isOfPeople } from "../core/findings/peopleConversations";
import { isUnexpected, type Rotation } from "../core/rotation/rotation";
import { rehearsalOf } from "./planTime";

/**
 * A rotation that somebody should look at: of a conversation that people have, at a time that is known, and nobody asked for
 * it. Left-overs of which nobody knows whose they are, what stands in a rehearsal, and what machines do among themselves, call for nothing.
 */
export function callsForAttention(rotation: Pick<Rotation, "stateDir" | "conversation" | "at" | "origin">): boolean {
  const { stateDir, conversation, at } = rotation;
  if (rehearsalOf(stateDir) !== undefined) return false;
  return at !== undefined && conversation !== undefined && isOfPeople(conversation) && isUnexpected(rotation);
}
