import type { FileChange, FileState } from "../fileChange";
import type { RestorePlan } from "../restorePlan";

/** A plan as the engine can carry it out: read back from a journal it may be anything. */
export function isSoundPlan(value: unknown): value is RestorePlan {
  if (typeof value !== "object" || value === null) return false;
  const plan = value as Readonly<Record<string, unknown>>;
  return (
    plan["schema"] === 1 &&
    typeof plan["id"] === "string" &&
    isPlanId(plan["id"]) &&
    typeof plan["createdAt"] === "number" &&
    Array.isArray(plan["changes"]) &&
    plan["changes"].every(isSoundChange) &&
    havePathsOfTheirOwn(plan["changes"] as readonly FileChange[]) &&
    Array.isArray(plan["backups"]) &&
    plan["backups"].every(isSoundBackup) &&
    Array.isArray(plan["sentences"])
  );
}

/** A name of a directory in the vault, and nothing that leads elsewhere. */
export function isPlanId(id: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(id);
}

function isSoundChange(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { path, before, after } = value as Readonly<Record<string, unknown>>;
  if (typeof path !== "string" || !isAbsolute(path) || !isState(before) || !isState(after)) return false;
  // Which side the disk is on must be told by looking.
  if (before.kind === "absent") return after.kind === "file";
  return after.kind === "absent" || before.sha256 !== after.sha256;
}

function isState(value: unknown): value is FileState {
  if (typeof value !== "object" || value === null) return false;
  const state = value as Readonly<Record<string, unknown>>;
  if (state["kind"] === "absent") return true;
  return (
    state["kind"] === "file" &&
    isHash(state["sha256"]) &&
    [state["bytes"], state["mode"], state["mtimeMs"]].every((number) => Number.isFinite(number))
  );
}

function isSoundBackup(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { path, sha256, bytes } = value as Readonly<Record<string, unknown>>;
  return typeof path === "string" && isHash(sha256) && typeof bytes === "number";
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isAbsolute(path: string): boolean {
  return !path.includes("\0") && (path.startsWith("/") || /^(?:[A-Za-z]:)?[\\/]/.test(path));
}

function havePathsOfTheirOwn(changes: readonly FileChange[]): boolean {
  return new Set(changes.map(({ path }) => path)).size === changes.length;
}
