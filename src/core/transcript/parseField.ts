/** Fields of records written by many versions and hands: whatever has not the expected type counts as absent. */

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `1e999` is legal JSON and becomes Infinity, which would spoil every sum. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Further from 1970 no date of JavaScript reaches, ms. */
const FARTHEST_TIME = 8.64e15;

/** Epoch ms of an ISO text, or of a number that is epoch ms already. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === "number") return Math.abs(value) <= FARTHEST_TIME ? value : undefined;
  if (typeof value !== "string") return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
