import type { Evidence } from "../evidence/evidence";
import type { Judge } from "./judgement";
import type { RotationFacts } from "./rotationFacts";

/** What excludes all of these causes; undefined when one of them is not excluded. Not being able to tell excludes nothing. */
export function onlyIfExcluded(facts: RotationFacts, judges: readonly Judge[]): readonly Evidence[] | undefined {
  const because: Evidence[] = [];
  for (const judge of judges) {
    const judgement = judge(facts);
    if (judgement.kind !== "excluded") return undefined;
    because.push(judgement.excluded.because[0]);
  }
  return because;
}
