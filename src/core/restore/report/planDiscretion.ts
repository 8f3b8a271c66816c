import type { Conversation } from "../../conversation/model";
import { redactKey } from "../../evidence/redact";
import { redactLabel } from "../../evidence/redactLabel";
import { conversationLabel } from "../../names/conversationLabel";
import { discretionFor } from "../../report/discretion";
import type { RestorePlan } from "../restorePlan";

/** What a plan may show: as reports do it, keys without their peers, which their owner still knows. */
export interface PlanDiscretion {
  readonly key: (key: string) => string;
  /** A sentence, a line of an entry. */
  readonly text: (text: string) => string;
  /** What people call the conversation. */
  readonly label: string | undefined;
}

export function planDiscretion(
  plan: RestorePlan | undefined,
  conversation: Conversation | undefined,
  withText: boolean,
): PlanDiscretion {
  const label = conversation ?? (plan && { key: plan.key, label: conversationLabel(plan.key) });
  const general = discretionFor(conversation, withText);
  if (withText) return { key: general.key, text: general.text, label: label?.label };
  const keys = new Set([plan?.key, ...(plan?.entries ?? []).map(({ key }) => key)].filter((key) => key !== undefined));
  // The longer ones first: a key may be the beginning of another.
  const known = [...keys]
    .filter((key) => key.length >= MIN_KEY && redactKey(key) !== key)
    .sort((a, b) => b.length - a.length);
  return {
    key: general.key,
    text: (text) => general.text(known.reduce((shown, key) => shown.replaceAll(key, redactKey(key)), text)),
    label: label && redactLabel(label),
  };
}

/** A shorter one would be found in the middle of words. */
const MIN_KEY = 4;
