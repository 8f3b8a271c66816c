import type { Explanations } from "../core/explanations";
import type { Rotation } from "../core/rotation/rotation";

/** Names a rotation in links, addresses and arguments. */
export interface RotationName {
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  /** `Boundary.id`. */
  readonly rotationId: string;
}

export function findRotation(explanations: Explanations, { stateDir, rotationId }: RotationName): Rotation | undefined {
  let index = indexes.get(explanations);
  if (!index) {
    index = new Map(explanations.rotations.map((rotation) => [keyOf(rotation.stateDir, rotation.id), rotation]));
    indexes.set(explanations, index);
  }
  return index.get(keyOf(stateDir, rotationId));
}

/** Arguments come from links and menus: of any shape. */
export function isRotationName(value: unknown): value is RotationName {
  if (typeof value !== "object" || value === null) return false;
  const { stateDir, rotationId } = value as Partial<Record<string, unknown>>;
  return typeof stateDir === "string" && typeof rotationId === "string";
}

/** Explanations are never mutated: an index of them is made once. */
const indexes = new WeakMap<Explanations, ReadonlyMap<string, Rotation>>();

function keyOf(stateDir: string, rotationId: string): string {
  return `${stateDir}\n${rotationId}`;
}
