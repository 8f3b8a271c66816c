import type { Conversation } from "../conversation/model";
import { conversationLabel } from "../names/conversationLabel";
import { redactKey, redactText } from "./redact";

/** A label made of the key is made again of the redacted key; one that somebody gave loses numbers and addresses. */
export function redactLabel({ key, label }: Pick<Conversation, "key" | "label">): string {
  return label === conversationLabel(key) ? conversationLabel(redactKey(key)) : redactText(label);
}
