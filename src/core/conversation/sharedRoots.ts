import { parseSessionKey } from "../names/sessionKey";
import type { RootInput } from "./agentInput";
import type { SessionFile } from "./model";

/** What of directories that several agents share is this agent's to show. */
export interface Ownership {
  readonly ownsKey: (key: string) => boolean;
  /** For files that no key claims. */
  readonly ownsFile: (file: SessionFile) => boolean;
}

export function ownership(agentId: string, roots: readonly RootInput[]): Ownership {
  const others = new Set(roots.flatMap(({ shared }) => shared?.otherAgentIds ?? []));
  others.delete(agentId);
  if (others.size === 0) return { ownsKey: () => true, ownsFile: () => true };

  const takesRest = roots.every(({ shared }) => shared === undefined || shared.takesRest);
  const left = new Set(roots.filter(({ shared }) => shared?.takesRest === false).flatMap(({ files }) => files));
  return {
    ownsKey: (key) => {
      const owner = parseSessionKey(key).agentId;
      if (owner === agentId) return true;
      // `global`, bare `main` and keys of agents nobody knows go with the rest.
      return (owner === undefined || !others.has(owner)) && takesRest;
    },
    ownsFile: (file) => !left.has(file),
  };
}
