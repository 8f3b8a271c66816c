import type { StateDir } from "../conversation/model";
import type { CollectedEvidence } from "../rotation/rotationFacts";
import type { Rotation } from "../rotation/rotation";
import type { SurroundingsAt } from "../surroundings/surroundingsOf";
import type { Finding } from "./finding";

/** What a rule may look at: one state directory, and what was found out about it. */
export interface FindingInput {
  readonly stateDir: StateDir;
  readonly evidence: CollectedEvidence;
  readonly rotations: readonly Rotation[];
  /** The same, by the id of the window that ended. */
  readonly rotationsFrom: ReadonlyMap<string, readonly Rotation[]>;
  /** As rotations were judged with. */
  readonly surroundings: SurroundingsAt;
}

/** One kind of incident, or a few that are told by the same facts. */
export type FindingRule = (input: FindingInput) => Iterable<Finding>;
