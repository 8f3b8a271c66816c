import type { Join, JoinRung } from "../model";
import { sameValue } from "../sameValue";
import { nothing } from "../windowDraft";

/** What was compared; times are epoch ms. */
export type Value = string | number;

/** Makes the sentence of a claim from the values it was found with. */
export type Sentence = (a: Value, b: Value, c: Value, d: Value) => string;

/**
 * One piece of evidence that a session belongs to a key, and the join made of it. It keeps what was compared and makes its
 * sentence only where that is shown: thousands of joins are made before the first tree, and few are ever looked at.
 */
export class Claim implements Join {
  readonly disagreeing: Join["disagreeing"] = nothing;

  constructor(
    readonly rung: JoinRung,
    readonly key: string,
    private readonly sentence: Sentence,
    private readonly a: Value,
    private readonly b: Value = "",
    private readonly c: Value = "",
    private readonly d: Value = "",
  ) {}

  get evidence(): string {
    return this.sentence(this.a, this.b, this.c, this.d);
  }

  /** The same evidence, for the conversation it leads to and with what speaks against it. */
  joining(key: string, disagreeing: Join["disagreeing"]): Join {
    if (key === this.key && disagreeing.length === 0) return this;
    const { rung, sentence, a, b, c, d } = this;
    return Object.assign(new Claim(rung, key, sentence, a, b, c, d), { disagreeing });
  }

  /** Compares without making the sentences. */
  equals(other: Join | undefined): boolean {
    return (
      other instanceof Claim &&
      this.sentence === other.sentence &&
      this.rung === other.rung &&
      this.key === other.key &&
      this.a === other.a &&
      this.b === other.b &&
      this.c === other.c &&
      this.d === other.d &&
      sameValue(this.disagreeing, other.disagreeing)
    );
  }

  /** For `JSON.stringify`, which does not see what is made on demand. */
  toJSON(): Join {
    const { key, rung, evidence, disagreeing } = this;
    return { key, rung, evidence, disagreeing };
  }
}

/** Claims by session id, gathered once. Asked for thousands of ids, most of which nobody claims. */
export class ClaimsById {
  readonly #claims = new Map<string, Claim[]>();

  add(sessionId: string | undefined, claim: Claim): void {
    if (sessionId === undefined || sessionId === "") return;
    const claims = this.#claims.get(sessionId);
    if (claims === undefined) this.#claims.set(sessionId, [claim]);
    else if (!claims.some(({ rung, key }) => rung === claim.rung && key === claim.key)) claims.push(claim);
  }

  get(sessionId: string): readonly Claim[] | undefined {
    return this.#claims.get(sessionId);
  }
}
