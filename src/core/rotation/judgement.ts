import type { Evidence, NamingRecord, NonEmpty } from "../evidence/evidence";
import type { Cause, CauseKind, Excluded } from "./rotation";
import type { RotationFacts } from "./rotationFacts";

/** What the facts say about one cause: it holds, it cannot have been, or they say nothing. */
export type Judgement =
  | { readonly kind: "holds"; readonly cause: Cause }
  | { readonly kind: "excluded"; readonly excluded: Excluded }
  | { readonly kind: "silent" };

export type Judge = (facts: RotationFacts) => Judgement;

export const silent: Judgement = { kind: "silent" };

export interface Doubts {
  readonly against?: readonly Evidence[] | undefined;
  readonly missing?: readonly string[] | undefined;
}

/** A record names the cause. */
export function certain(
  cause: CauseKind,
  record: NamingRecord,
  more: readonly Evidence[] = [],
  doubts: Doubts = {},
): Judgement {
  return { kind: "holds", cause: { cause, confidence: "certain", evidence: [record, ...more], ...plain(doubts) } };
}

export function likely(cause: CauseKind, evidence: NonEmpty<Evidence>, doubts: Doubts = {}): Judgement {
  return { kind: "holds", cause: { cause, confidence: "likely", evidence, ...plain(doubts) } };
}

export function possible(cause: CauseKind, evidence: NonEmpty<Evidence>, doubts: Doubts = {}): Judgement {
  return { kind: "holds", cause: { cause, confidence: "possible", evidence, ...plain(doubts) } };
}

export function excluded(cause: CauseKind, because: NonEmpty<Evidence>): Judgement {
  return { kind: "excluded", excluded: { cause, because } };
}

function plain({ against = [], missing = [] }: Doubts): Required<{ [K in keyof Doubts]: NonNullable<Doubts[K]> }> {
  return { against, missing };
}

export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0;
}
