import type { ResolvedRow } from "./agentInput";
import { headerIdOf } from "./fileFacts";
import type { SessionFile } from "./model";
import type { WindowDraft } from "./windowDraft";

/** Which window each store row means. The other direction is in the drafts. */
export type CurrentWindows = ReadonlyMap<ResolvedRow, WindowDraft>;

/** Finds the windows on disk that store rows mean, and tells the drafts. */
export function findCurrentWindows(
  rows: readonly ResolvedRow[],
  windows: readonly WindowDraft[],
): Map<ResolvedRow, WindowDraft> {
  const wanted = new Set(rows.map(({ filePath }) => filePath));
  const byPath = new Map<string, WindowDraft>();
  for (const window of windows) {
    for (const { path } of window.files) {
      if (wanted.has(path)) byPath.set(path, window);
    }
  }
  const current = new Map<ResolvedRow, WindowDraft>();
  for (const resolved of rows) {
    const window = resolved.filePath === undefined ? undefined : byPath.get(resolved.filePath);
    if (window !== undefined) meansWindow(current, resolved, window);
  }
  const lost = rows.filter((resolved) => !current.has(resolved));
  if (lost.length > 0) findByHeader(lost, windows, current);
  return current;
}

export function meansWindow(current: Map<ResolvedRow, WindowDraft>, row: ResolvedRow, window: WindowDraft): void {
  current.set(row, window);
  window.rows = [...window.rows, row];
}

/**
 * The file is not where the row says, but exactly one plain transcript here has that id in its header: a directory that was
 * moved, with a file that carries the name of an older session (`sessions.reset` of 2026.3.28–5.7).
 */
function findByHeader(
  lost: readonly ResolvedRow[],
  windows: readonly WindowDraft[],
  current: Map<ResolvedRow, WindowDraft>,
): void {
  const ids = new Set(lost.map(({ row }) => row.sessionId));
  const found = new Map<string, WindowDraft | "several">();
  for (const window of windows) {
    const { sessionId, files } = window;
    if (!ids.has(sessionId)) continue;
    if (!files.some(isPlainTranscript)) continue;
    found.set(sessionId, found.has(sessionId) ? "several" : window);
  }
  for (const resolved of lost) {
    const window = found.get(resolved.row.sessionId ?? "");
    if (window !== undefined && window !== "several") meansWindow(current, resolved, window);
  }
}

/** OpenClaw knows nothing of kept copies: no row means one. */
function isPlainTranscript(file: SessionFile): boolean {
  return file.name.kind === "transcript" && file.kept === undefined && headerIdOf(file) !== undefined;
}
