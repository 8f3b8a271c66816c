import type { StoreCheckpoint, StoreRow } from "./storeRow";

/**
 * Sorts the fields of one row into a StoreRow. A field of an unexpected type is not guessed at: it stays in `rest`, as
 * written, like every field we have no name for.
 */
export function storeRowFromFields(
  key: string,
  fields: ReadonlyMap<string, unknown>,
  extra: { readonly report?: ReportIdentity; readonly skipped?: Readonly<Record<string, number>> } = {},
): StoreRow {
  const rest = new Map(fields);
  const take = <T>(name: string, accept: (value: unknown) => T | undefined): T | undefined => {
    const value = accept(fields.get(name));
    if (value !== undefined) rest.delete(name);
    return value;
  };
  return {
    key,
    sessionId: take("sessionId", sessionIdOf),
    sessionFile: take("sessionFile", textOf),
    updatedAt: take("updatedAt", numberOf),
    sessionStartedAt: take("sessionStartedAt", numberOf),
    lastInteractionAt: take("lastInteractionAt", numberOf),
    status: take("status", textOf),
    label: take("label", textOf),
    displayName: take("displayName", textOf),
    subject: take("subject", textOf),
    chatType: take("chatType", textOf),
    channel: take("channel", textOf),
    // The rest of `origin` (peer, account, thread) stays visible.
    originProvider: textOf(member(fields.get("origin"), "provider")),
    model: take("model", textOf),
    modelProvider: take("modelProvider", textOf),
    totalTokens: take("totalTokens", numberOf),
    contextTokens: take("contextTokens", numberOf),
    compactionCount: take("compactionCount", numberOf),
    usageFamilyKey: take("usageFamilyKey", textOf),
    usageFamilySessionIds: take("usageFamilySessionIds", textsOf) ?? [],
    checkpoints: take("compactionCheckpoints", checkpointsOf) ?? [],
    reportSessionKey: extra.report?.sessionKey,
    reportSessionId: extra.report?.sessionId,
    spawnedBy: take("spawnedBy", textOf),
    parentSessionKey: take("parentSessionKey", textOf),
    rest: Object.fromEntries(rest),
    skipped: extra.skipped ?? {},
  };
}

export interface ReportIdentity {
  readonly sessionKey: string | undefined;
  readonly sessionId: string | undefined;
}

/**
 * OpenClaw drops rows whose id does not look like this (2026.5.17+). It also becomes part of a file name, so nothing else
 * may pass.
 */
function sessionIdOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z0-9][a-z0-9._-]{0,127}$/i.test(value) ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function checkpointsOf(value: unknown): readonly StoreCheckpoint[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown) => {
    const before = member(item, "preCompaction");
    const after = member(item, "postCompaction");
    return {
      checkpointId: textOf(member(item, "checkpointId")),
      sessionId: textOf(member(item, "sessionId")),
      createdAt: numberOf(member(item, "createdAt")),
      reason: textOf(member(item, "reason")),
      preSessionId: textOf(member(before, "sessionId")),
      preSessionFile: textOf(member(before, "sessionFile")),
      postSessionId: textOf(member(after, "sessionId")),
    };
  });
}
