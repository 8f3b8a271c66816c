import type { ResolvedRow } from "./agentInput";
import { meansWindow } from "./currentWindows";
import type { KnownFacts } from "./knownFacts";
import { draftWithoutFiles, type WindowDraft } from "./windowDraft";

/**
 * Sessions that are named and have no transcript: the current one of a key, earlier ones of a key (the transcript was
 * unlinked, or retention took it), and those of which only a run trace is left. Adds the current ones to `current`.
 */
export function windowsWithoutFile(
  facts: KnownFacts,
  onDisk: readonly WindowDraft[],
  current: Map<ResolvedRow, WindowDraft>,
): WindowDraft[] {
  const lost = facts.rows.filter((resolved) => !current.has(resolved));
  const ids = namedSessions(facts);
  if (ids.size === 0 && lost.length === 0) return [];

  for (const { sessionId } of onDisk) ids.delete(sessionId);
  for (const { row } of lost) {
    if (row.sessionId !== undefined) ids.add(row.sessionId);
  }
  ids.delete("");

  // A bare header that was set aside has the identity that a session without a file would have.
  const bareHeaders = new Set(onDisk.filter(({ identity }) => identity === "-").map(({ sessionId }) => sessionId));
  const windows = new Map([...ids].map((id) => [id, draftWithoutFiles(id, bareHeaders.has(id) ? "~" : "-")]));
  for (const resolved of lost) {
    const window = windows.get(resolved.row.sessionId ?? "");
    if (window !== undefined) meansWindow(current, resolved, window);
  }
  return [...windows.values()];
}

/** Ids that rows and traces name. Older stores and run logs are evidence for what is there, not for what is gone. */
function namedSessions({ rows, trajectories }: KnownFacts): Set<string> {
  const ids = new Set(trajectories.keys());
  for (const { row } of rows) {
    for (const id of row.usageFamilySessionIds) ids.add(id);
    for (const { sessionId, preSessionId } of row.checkpoints) {
      if (sessionId !== undefined) ids.add(sessionId);
      if (preSessionId !== undefined) ids.add(preSessionId);
    }
  }
  return ids;
}
