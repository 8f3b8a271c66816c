import type { RestoreCheck } from "../core/restore/restoreCheck";
import type { CheckedPlan } from "../core/restore/restorePlan";

/** What nothing overrides. */
export function blockersOf({ checks }: Pick<CheckedPlan, "checks">): readonly RestoreCheck[] {
  return checks.filter(({ level }) => level === "blocker");
}

/** What needs the user's word. */
export function confirmationsOf({ checks }: Pick<CheckedPlan, "checks">): readonly RestoreCheck[] {
  return checks.filter(({ level }) => level === "confirm");
}
