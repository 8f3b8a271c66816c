import { dailyBoundaryBefore } from "../surroundings/dailyBoundary";

const DAY_MS = 86_400_000;
/** Two boundaries of one zone are never nearer to each other: clocks are put forward by two hours at most. */
const SHORTEST_DAY_MS = 22 * 3_600_000;
/** Days that are remembered of one zone and hour, and zones with hours. */
const MOST_DAYS = 20_000;
const MOST_ZONES = 32;

const remembered = new Map<string, Map<number, number>>();

/**
 * `dailyBoundaryBefore`, remembered by day: a zone's calendar takes some ten microseconds to ask, and thousands of resets fall
 * on few days.
 */
export function boundaryBefore(at: number, atHour: number, zone: string): number {
  const days = daysOf(zone, atHour);
  const today = Math.floor(at / DAY_MS);
  for (const day of [today, today - 1]) {
    const known = days.get(day);
    if (known !== undefined && known <= at && at < known + SHORTEST_DAY_MS) return known;
  }
  const boundary = dailyBoundaryBefore(at, atHour, zone);
  if (Number.isFinite(boundary)) {
    if (days.size >= MOST_DAYS) days.clear();
    days.set(Math.floor(boundary / DAY_MS), boundary);
  }
  return boundary;
}

function daysOf(zone: string, atHour: number): Map<number, number> {
  const name = `${zone} ${String(atHour)}`;
  let days = remembered.get(name);
  if (days === undefined) {
    if (remembered.size >= MOST_ZONES) remembered.clear();
    days = new Map();
    remembered.set(name, days);
  }
  return days;
}
