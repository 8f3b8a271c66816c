import type { Conversation } from "../conversation/model";
import { redactKey, redactText } from "../evidence/redact";
import { redactLabel } from "../evidence/redactLabel";

/** What a report may show of keys, names and sentences that hold them: reports are pasted into public threads. */
export interface Discretion {
  readonly key: (key: string) => string;
  readonly label: (conversation: Conversation) => string;
  /** A sentence of ours or a line of a log. */
  readonly text: (sentence: string) => string;
}

/** `withText`: the reader asked for everything, and sees it. */
export function discretionFor(conversation: Conversation | undefined, withText: boolean): Discretion {
  if (withText) return openly;
  const known = conversation ? namesIn(conversation) : [];
  return {
    key: redactKey,
    label: redactLabel,
    text: (sentence) => {
      let text = sentence;
      // Before the general rules, which know neither this label nor this peer: a peer may be a name or a short number.
      for (const [name, redacted] of known) text = text.replaceAll(name, redacted);
      return redactText(text);
    },
  };
}

const openly: Discretion = { key: (key) => key, label: ({ label }) => label, text: (sentence) => sentence };

function namesIn(conversation: Conversation): readonly (readonly [string, string])[] {
  const { key, label } = conversation;
  return [[key, redactKey(key)] as const, [label, redactLabel(conversation)] as const].filter(
    ([name, redacted]) => name !== redacted && name.length >= MIN_NAME,
  );
}

/** A shorter label is no secret, and would be found in the middle of words. */
const MIN_NAME = 4;
