import type { KnownFacts } from "./knownFacts";
import { nothing, type WindowDraft } from "./windowDraft";

/**
 * Gives each trajectory to the window of its session. A reset does not rename trajectories, so one file may cover several
 * windows of an id; it stands with the current one, else with the newest.
 */
export function assignTrajectories({ trajectories }: KnownFacts, windows: readonly WindowDraft[]): void {
  if (trajectories.size === 0) return;
  const homes = new Map<string, WindowDraft>();
  for (const window of windows) {
    if (!trajectories.has(window.sessionId)) continue;
    const other = homes.get(window.sessionId);
    if (other === undefined || isBetterHome(window, other)) homes.set(window.sessionId, window);
  }
  for (const [sessionId, window] of homes) window.trajectories = trajectories.get(sessionId) ?? nothing;
}

function isBetterHome(a: WindowDraft, b: WindowDraft): boolean {
  const [aIsCurrent, bIsCurrent] = [a.rows.length > 0, b.rows.length > 0];
  if (aIsCurrent !== bIsCurrent) return aIsCurrent;
  const [aTime, bTime] = [a.headerAt ?? a.firstAt ?? -Infinity, b.headerAt ?? b.firstAt ?? -Infinity];
  return aTime === bTime ? a.identity < b.identity : aTime > bTime;
}
