import type { Agent, Conversation, StateDir, Window } from "../conversation/model";
import type { Surroundings } from "../surroundings/surroundings";
import { boundariesOfConversation, boundariesOfOrphan } from "./boundaries";
import { explainBoundary } from "./explainBoundary";
import { FactFinder } from "./factsFor";
import { guessedCauses, type GuessedSuccessor, guessSuccessor } from "./guessedSuccessor";
import { lookAlikesOf } from "./lookAlikes";
import { OwnRestores } from "./ownRestores";
import type { Boundary, LookAlike, Rotation } from "./rotation";
import type { CollectedEvidence } from "./rotationFacts";
import { SeenResets } from "./seenResets";
import { withoutGoneFiles } from "./withoutGoneFiles";

/** Gives the surroundings of a conversation at a moment (surroundingsOf.ts). */
export type SurroundingsAt = (
  agentId: string,
  conversation: Conversation | undefined,
  at: number | undefined,
) => Surroundings;

/** Explains why windows of one state directory ended, from its snapshot and what was collected besides. */
export class RotationExplainer {
  readonly #stateDir: StateDir;
  readonly #evidence: CollectedEvidence;
  readonly #surroundings: SurroundingsAt;
  readonly #finder: FactFinder;
  readonly #seen: SeenResets;
  readonly #restores: OwnRestores;
  readonly #guesses = new Map<Agent, GuessedSuccessor | undefined>();

  constructor(stateDir: StateDir, evidence: CollectedEvidence, surroundings: SurroundingsAt) {
    this.#stateDir = stateDir;
    this.#evidence = evidence;
    this.#surroundings = surroundings;
    this.#finder = new FactFinder(stateDir, evidence);
    this.#seen = new SeenResets(evidence.resetRecords);
    this.#restores = new OwnRestores(evidence.restores ?? []);
  }

  /** In order of time. */
  ofConversation(agent: Agent, conversation: Conversation): readonly Rotation[] {
    return this.#explain(agent, boundariesOfConversation(this.#stateDir, agent, conversation));
  }

  ofOrphan(agent: Agent, window: Window): readonly Rotation[] {
    const rotations = this.#explain(agent, boundariesOfOrphan(this.#stateDir, agent, window));
    return rotations.map((rotation) => this.#withGuess(agent, window, rotation));
  }

  /** Resets that were seen and of which nothing is left on disk. @param explained what is explained of the agent already */
  ofGone(agent: Agent, explained: readonly Rotation[]): readonly Rotation[] {
    return this.#explain(agent, this.#seen.goneOf(this.#stateDir.path, agent, explained));
  }

  /** Oldest first. */
  lookAlikes(): readonly LookAlike[] {
    return lookAlikesOf(this.#stateDir.path, this.#evidence.logs);
  }

  /** Where nothing is known, a policy of the one conversation that can have gone on from it. */
  #withGuess(agent: Agent, window: Window, rotation: Rotation): Rotation {
    if (rotation.causes.length > 0 || rotation.archive !== undefined) return rotation;
    const guess = this.#guessFor(agent);
    if (guess?.orphan !== window) return rotation;
    const { stateDir, agentId, id, from, archive } = rotation;
    const { conversation, to, at } = guess;
    const asIf: Boundary = { stateDir, agentId, id, from, archive, conversation, to, at, atFrom: "next-header" };
    const [guessed] = this.#explain(agent, [asIf]);
    const causes = guessed === undefined ? [] : guessedCauses(guessed);
    if (guessed === undefined || causes.length === 0) return rotation;
    const { executedBy, origin } = guessed;
    return { ...rotation, causes, executedBy, origin, missing: [] };
  }

  #guessFor(agent: Agent): GuessedSuccessor | undefined {
    if (!this.#guesses.has(agent)) this.#guesses.set(agent, guessSuccessor(agent));
    return this.#guesses.get(agent);
  }

  #explain(agent: Agent, boundaries: readonly Boundary[]): readonly Rotation[] {
    return boundaries.map((found) => {
      const boundary = this.#restores.settled(this.#seen.settled(agent, found));
      const surroundings = this.#surroundings(agent.id, boundary.conversation, boundary.at);
      return withoutGoneFiles(explainBoundary(this.#finder.factsFor(agent, boundary, surroundings)));
    });
  }
}
