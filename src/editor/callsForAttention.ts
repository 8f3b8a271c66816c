import { isOfPeople } from "../core/findings/peopleConversations";
import { isUnexpected, type Rotation } from "../core/rotation/rotation";

/**
 * A rotation that somebody should look at: of a conversation that people have, at a time that is known, and nobody asked for
 * it. Left-overs of which nobody knows whose they are, and what machines do among themselves, call for nothing.
 */
export function callsForAttention(rotation: Pick<Rotation, "conversation" | "at" | "origin">): boolean {
  const { conversation, at } = rotation;
  return at !== undefined && conversation !== undefined && isOfPeople(conversation) && isUnexpected(rotation);
}
