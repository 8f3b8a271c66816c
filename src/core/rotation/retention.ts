import { parseDuration } from "../surroundings/duration";
import type { RotationFacts } from "./rotationFacts";

const DAY_MS = 86_400_000;

/** `session.maintenance.pruneAfter`: rows that were not used for so long are removed; 30 days where nothing is configured (2026.2.9–7.35). */
export function pruneAfter({ config }: RotationFacts): number {
  const written = config?.maintenance.pruneAfter?.value;
  const parsed = written === undefined ? undefined : parseDuration(written, "d");
  return parsed === undefined || parsed <= 0 ? 30 * DAY_MS : parsed;
}

/** `session.maintenance.maxEntries`; 500 where nothing is configured (2026.2.9–7.35). */
export function mostEntries({ config }: RotationFacts): number {
  const written = config?.maintenance.maxEntries?.value;
  return written !== undefined && written > 0 ? written : 500;
}
