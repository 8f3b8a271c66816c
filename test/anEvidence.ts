import type { CollectedEvidence } from "../src/core/rotation/rotationFacts";

/** Of a state directory where nothing was found besides its sessions. The machine runs in UTC, and nothing is later than `now`. */
export function noEvidence(partial: Partial<CollectedEvidence> = {}): CollectedEvidence {
  return {
    logs: [],
    logCoverage: [],
    commands: [],
    notes: [],
    cronRuns: [],
    rowsBefore: [],
    triggers: new Map(),
    resetRecords: [],
    locks: [],
    traceContexts: [],
    machineZone: "UTC",
    now: Date.UTC(2026, 10, 20),
    ...partial,
  };
}
