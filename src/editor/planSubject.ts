import type { DisplacedFate, RestoreTarget } from "../core/restore/restoreRequest";

/**
 * What a plan is about, as a document's address carries it: after a window reload the plan is made anew from it. The user's word
 * that no gateway runs is not in here; an address could come from anywhere.
 */
export type PlanSubject = RestoreSubject | BackSubject;

export interface RestoreSubject {
  readonly kind: "restore";
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly windowId: string;
  /** Absolute path of one of the window's files; the fullest when absent. */
  readonly file?: string | undefined;
  readonly target: RestoreTarget;
  readonly displaced: DisplacedFate;
}

/** The way back from a restore: as it was, or with what was said since kept as a window of its own. */
export interface BackSubject {
  readonly kind: "undo" | "switch-back";
  readonly stateDir: string;
  /** `RestorePlan.id` of what is taken back. */
  readonly id: string;
}

/** Undefined for anything that is none. */
export function readPlanSubject(value: unknown): PlanSubject | undefined {
  if (!isObject(value)) return undefined;
  const { kind, stateDir, id, agentId, windowId, file } = value;
  if (typeof stateDir !== "string") return undefined;
  if (kind === "undo" || kind === "switch-back") return typeof id === "string" ? { kind, stateDir, id } : undefined;
  const target = readTarget(value["target"]);
  const displaced = readFate(value["displaced"]);
  if (kind !== "restore" || typeof agentId !== "string" || typeof windowId !== "string") return undefined;
  if (!target || !displaced || (file !== undefined && typeof file !== "string")) return undefined;
  return { kind, stateDir, agentId, windowId, file, target, displaced };
}

/** The same for the same plan, whatever the order in which its parts were written down. */
export function planKey(subject: PlanSubject): string {
  if (subject.kind !== "restore") return JSON.stringify([subject.kind, subject.stateDir, subject.id]);
  const { kind, stateDir, agentId, windowId, file, target, displaced } = subject;
  const isNamed = target.kind === "in-place" && target.keyIsNamed === true;
  return JSON.stringify([kind, stateDir, agentId, windowId, file, target.kind, target.key, isNamed, displaced.kind]);
}

function readTarget(value: unknown): RestoreTarget | undefined {
  if (!isObject(value)) return undefined;
  const { kind, key } = value;
  if (kind === "in-place" && typeof key === "string") {
    return value["keyIsNamed"] === true ? { kind, key, keyIsNamed: true } : { kind, key };
  }
  if (kind === "new-key" && (key === undefined || typeof key === "string")) return { kind, key };
  return undefined;
}

function readFate(value: unknown): DisplacedFate | undefined {
  const kind = isObject(value) ? value["kind"] : undefined;
  return kind === "archive" || kind === "new-key" ? { kind } : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
