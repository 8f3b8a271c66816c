import type { RestoreReceipt } from "../restore/restoreJournal";
import { baseName } from "../restore/places";
import type { Boundary } from "./rotation";
import type { ResetRecord, RestoreFact } from "./rotationFacts";

/** What the inspector itself did to conversations, by its receipts: what it set aside nobody has reset. */
export class OwnRestores {
  readonly #bySetAside = new Map<string, RestoreFact>();
  /** The latest of each key. */
  readonly #latest = new Map<string, RestoreFact>();

  constructor(facts: readonly RestoreFact[]) {
    for (const fact of [...facts].sort((one, other) => one.at - other.at)) {
      // An undo that was undone makes the same archive again: the one that is in force, or else the last.
      const name = fact.setAside === undefined ? undefined : nameOf(fact.agentId, baseName(fact.setAside));
      const known = name === undefined ? undefined : this.#bySetAside.get(name);
      if (name !== undefined && !(known?.inForce === true && !fact.inForce)) this.#bySetAside.set(name, fact);
      if (fact.inForce) this.#latest.set(nameOf(fact.agentId, fact.key), fact);
    }
  }

  /** The restore that set aside what ended here: its receipt names this archive, this session and this conversation. */
  of({ agentId, conversation, from, archive }: Boundary): RestoreFact | undefined {
    if (archive === undefined || this.#bySetAside.size === 0) return undefined;
    const fact = this.#bySetAside.get(nameOf(agentId, archive.name.base));
    if (fact === undefined || fact.from !== from.sessionId) return undefined;
    return conversation === undefined || conversation.key === fact.key ? fact : undefined;
  }

  /** The restore since which the session that ended here is current again. */
  broughtBack({ agentId, conversation, from, at }: Boundary): RestoreFact | undefined {
    if (conversation === undefined || from.kind !== "live") return undefined;
    const fact = this.#latest.get(nameOf(agentId, conversation.key));
    return fact?.to === from.sessionId && fact.at >= (at ?? -Infinity) ? fact : undefined;
  }

  /** What followed is what was brought back, however old it is. */
  settled(boundary: Boundary): Boundary {
    const fact = this.of(boundary);
    if (fact === undefined) return boundary;
    const back = boundary.conversation?.windows.filter(({ sessionId }) => sessionId === fact.to) ?? [];
    return { ...boundary, to: back.find(({ kind }) => kind === "live") ?? back[0], between: undefined };
  }
}

/** Records of resets that were none: a later reset of the same session must not be explained by them. */
export function withoutOwnRestores(
  records: readonly ResetRecord[],
  restores: readonly RestoreFact[],
): readonly ResetRecord[] {
  if (restores.length === 0 || records.length === 0) return records;
  const own = ownArchives(restores);
  return records.filter(({ archive }) => archive === undefined || !own.has(baseName(archive)));
}

/** Base names of archives that the inspector made: they tell nothing of OpenClaw. */
export function ownArchives(restores: readonly RestoreFact[]): ReadonlySet<string> {
  return new Set(restores.flatMap(({ setAside }) => (setAside === undefined ? [] : [baseName(setAside)])));
}

/** Undefined for what changed nothing, or was taken back before it was done. */
export function restoreFactOf({ plan, outcome, undoneBy, directory }: RestoreReceipt): RestoreFact | undefined {
  if (outcome === "not-begun" || outcome === "taken-back" || plan.changes.length === 0) return undefined;
  const made = (role: string): string | undefined =>
    plan.changes.find((change) => change.role === role && change.after.kind === "file")?.path;
  return {
    id: plan.id,
    kind: plan.kind,
    of: plan.of,
    inForce: outcome !== "undone" && undoneBy === undefined,
    at: plan.createdAt,
    agentId: plan.agentId,
    key: plan.key,
    from: plan.from,
    to: plan.to,
    setAside: made("set-aside"),
    restored: made("restored"),
    place: { file: `${directory}${directory.includes("/") ? "/" : "\\"}journal.jsonl`, line: 1 },
  };
}

/** Names of archives hold an id and a time to the millisecond: none is in two directories of an agent. */
function nameOf(agentId: string, name: string): string {
  return `${agentId}\n${name}`;
}
