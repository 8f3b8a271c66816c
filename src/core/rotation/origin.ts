import type { Cause, Origin } from "./rotation";
import type { RotationFacts } from "./rotationFacts";

/** Whether anybody wanted it, going by the first cause. */
export function originOf(facts: RotationFacts, cause: Cause | undefined): Origin {
  switch (cause?.cause) {
    case undefined:
      return "unknown";
    case "command":
    case "rpc":
    case "deleted":
    case "checkpoint-restore":
    case "doctor":
    case "restored":
      return "asked";
    case "daily":
    case "idle":
      return facts.surroundings.policy[0].isDefault ? "default" : "configured";
    case "pruned":
      return hasMaintenance(facts) ? "configured" : "default";
    case "isolated-run":
    case "compaction-successor":
      return "design";
    case "compaction-failure":
    case "role-conflict":
    case "history-corruption":
    case "memory-flush":
    case "index-loss":
    case "transcript-missing":
    case "ended-row":
      return "failure";
  }
}

function hasMaintenance({ config }: RotationFacts): boolean {
  const maintenance = config?.maintenance;
  return maintenance?.pruneAfter !== undefined || maintenance?.maxEntries !== undefined;
}
