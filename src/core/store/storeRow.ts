/**
 * A row of OpenClaw's index (`sessions.json`): session key → what is current (2026.1 to 2026.7). OpenClaw calls it a
 * SessionEntry. Bulky fields (skills snapshot, prompt report, plugin data) are skipped while reading and never held.
 */
export interface StoreRow {
  readonly key: string;
  readonly sessionId: string | undefined;
  /** As written; resolve only through `placeSessionFile` (containment). */
  readonly sessionFile: string | undefined;
  /** Epoch ms. */
  readonly updatedAt: number | undefined;
  readonly sessionStartedAt: number | undefined;
  readonly lastInteractionAt: number | undefined;
  readonly status: string | undefined;
  readonly label: string | undefined;
  readonly displayName: string | undefined;
  readonly subject: string | undefined;
  readonly chatType: string | undefined;
  readonly channel: string | undefined;
  readonly originProvider: string | undefined;
  readonly model: string | undefined;
  readonly modelProvider: string | undefined;
  readonly totalTokens: number | undefined;
  readonly contextTokens: number | undefined;
  readonly compactionCount: number | undefined;
  readonly usageFamilyKey: string | undefined;
  readonly usageFamilySessionIds: readonly string[];
  readonly checkpoints: readonly StoreCheckpoint[];
  /** From `systemPromptReport`, the only part of it that is kept: a rung of the ladder. */
  readonly reportSessionKey: string | undefined;
  readonly reportSessionId: string | undefined;
  readonly spawnedBy: string | undefined;
  readonly parentSessionKey: string | undefined;
  /** Every other small field as written, so that nothing is hidden; bulky ones appear by name and size only. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** Names and sizes (bytes) of the fields that were skipped. */
  readonly skipped: Readonly<Record<string, number>>;
}

export interface StoreCheckpoint {
  readonly checkpointId: string | undefined;
  readonly sessionId: string | undefined;
  readonly createdAt: number | undefined;
  readonly reason: string | undefined;
  readonly preSessionId: string | undefined;
  readonly preSessionFile: string | undefined;
  readonly postSessionId: string | undefined;
}
