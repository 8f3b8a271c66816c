import type { Explanations } from "../core/explanations";
import type { InspectorChange } from "../core/inspectorPort";
import type { Rotation } from "../core/rotation/rotation";

/** A gateway's clock, and ours; and the moment that a reset takes to be written. */
const TOLERANCE_MS = 60_000;

/**
 * Which rotations happened since the start, each given once. A rotation of long ago that is only recognised now is none of
 * them, unless its conversation was just seen to get a new window: then the clock that stamped it is wrong.
 */
export class NewRotations {
  readonly #known = new Set<string>();

  constructor(
    atStart: Explanations,
    /** Epoch ms. */
    private readonly since: number,
  ) {
    for (const rotation of atStart.rotations) this.#remember(rotation);
  }

  /** Oldest first. */
  of({ rotations }: Explanations, rotated: InspectorChange["rotations"]): readonly Rotation[] {
    const named = new Set(rotated.map((each) => nameOf(each.stateDir, each.agentId, each.key)));
    const fresh: Rotation[] = [];
    for (const rotation of rotations) {
      if (!this.#remember(rotation)) continue;
      const { at, stateDir, agentId, conversation } = rotation;
      const name = nameOf(stateDir, agentId, conversation?.key);
      const isRecent = at !== undefined && at >= this.since - TOLERANCE_MS;
      // Newest first: the first of a conversation is the one that was seen.
      if (isRecent || named.delete(name)) fresh.unshift(rotation);
    }
    return fresh;
  }

  /** What is known under another id or successor than before, and was told already. */
  knows(rotation: Rotation): void {
    this.#remember(rotation);
  }

  /** False when it was known, also under another id: what is learned later may move its time. */
  #remember({ stateDir, id, from, to }: Rotation): boolean {
    const names = [`${stateDir}\nid ${id}`];
    if (to) names.push(`${stateDir}\nfrom ${from.windowId}\nto ${to.windowId}`);
    const isNew = names.every((name) => !this.#known.has(name));
    for (const name of names) this.#known.add(name);
    return isNew;
  }
}

function nameOf(stateDir: string, agentId: string, key: string | undefined): string {
  return JSON.stringify([stateDir, agentId, key]);
}
