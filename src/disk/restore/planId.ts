import { randomBytes } from "node:crypto";

/** `20261120T201530Z-1f2e3d4c`: UTC time and eight random hex digits. `now` in epoch ms. */
export function newPlanId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${randomBytes(4).toString("hex")}`;
}
