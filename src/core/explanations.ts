import type { Finding } from "./findings/finding";
import type { Problem } from "./problem";
import type { LookAlike, Rotation } from "./rotation/rotation";

/** What was found out about everything in a snapshot: why windows ended, and what else is worth attention. */
export interface Explanations {
  /** Newest first. */
  readonly rotations: readonly Rotation[];
  /** The worst first, then the newest. */
  readonly findings: readonly Finding[];
  /** Oldest first. */
  readonly lookAlikes: readonly LookAlike[];
  /** By the identity of the window that ended (`from`), in order of time. */
  readonly byWindow: ReadonlyMap<string, readonly Rotation[]>;
  /** State directories that could not be explained to the end, and why. */
  readonly problems: readonly Problem[];
}

export const noExplanations: Explanations = {
  rotations: [],
  findings: [],
  lookAlikes: [],
  byWindow: new Map(),
  problems: [],
};

/** Key of `byWindow`: window ids repeat between state directories. */
export function windowKey(stateDir: string, windowId: string): string {
  return `${stateDir}\n${windowId}`;
}
