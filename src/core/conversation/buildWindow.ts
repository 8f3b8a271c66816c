import { compareText, earliest, isArchive, latest } from "./fileFacts";
import type { Join, SessionFile, Window, WindowKind } from "./model";
import { nothing, type WindowDraft } from "./windowDraft";
import { windowProblems } from "./windowProblems";

/** One Window per key the draft is joined to; one without a join for an orphan. */
export function buildWindows(agentId: string, draft: WindowDraft): Window[] {
  const { files, rows, joins, trajectories } = draft;
  const ordered = files.length > 1 ? inOrder(draft) : files;
  // Where there is no file, the store is all there is to tell the time.
  const row = rows[0]?.row;
  const window: Window = {
    windowId: windowIdOf(agentId, draft),
    agentId,
    sessionId: draft.sessionId,
    kind: kindOf(draft),
    primary: ordered[0],
    copies: ordered.length > 1 ? ordered.slice(1) : nothing,
    trajectories,
    archivedAt: rows.length > 0 ? undefined : archivedAt(draft),
    firstAt: draft.firstAt ?? draft.headerAt ?? traceTime(trajectories, "firstAt") ?? row?.sessionStartedAt,
    lastAt: draft.lastAt ?? draft.headerAt ?? traceTime(trajectories, "lastAt") ?? row?.updatedAt,
    join: joins[0],
    problems: windowProblems(draft),
  };
  return joins.length < 2 ? [window] : joins.map((join) => ({ ...window, join, kind: kindFor(join, window.kind) }));
}

/**
 * Up to 2026.4.21 a cron run keeps a row of its own: there its transcript is current, in the job's conversation it is one of
 * the runs that were left behind.
 */
function kindFor(join: Join, kind: WindowKind): WindowKind {
  return kind === "live" && join.rung !== "store-row" ? "orphan" : kind;
}

export function windowIdOf(agentId: string, { sessionId, identity }: WindowDraft): string {
  return `${agentId}/${sessionId}/${identity}`;
}

function kindOf({ files, trajectories, rows }: WindowDraft): WindowKind {
  if (files.length === 0) return trajectories.length > 0 ? "trajectory-only" : "missing";
  if (rows.length > 0) return "live";
  const reason = newestArchive(files);
  if (reason !== undefined) return reason;
  // A plain transcript that no row points to is an orphan in OpenClaw's words, whether or not its key is known to us.
  if (files.some((file) => file.name.kind !== "checkpoint" && !isArchive(file, "bak"))) return "orphan";
  return files.some((file) => isArchive(file, "bak")) ? "bak" : "checkpoint";
}

function newestArchive(files: readonly SessionFile[]): "reset" | "deleted" | undefined {
  let newest: { at: number; reason: "reset" | "deleted" } | undefined;
  for (const { name } of files) {
    if (name.kind !== "archive" || name.reason === "bak") continue;
    const at = name.at ?? 0;
    if (newest === undefined || at > newest.at) newest = { at, reason: name.reason };
  }
  return newest?.reason;
}

/** When the window was set aside; for a window that only a `.bak.` copy holds, when that was made. */
function archivedAt({ files }: WindowDraft): number | undefined {
  let ended: number | undefined;
  let copied: number | undefined;
  for (const { name } of files) {
    if (name.kind !== "archive") continue;
    if (name.reason === "bak") copied = latest(copied, name.at);
    else ended = latest(ended, name.at);
  }
  return ended ?? (files.every((file) => isArchive(file, "bak")) ? copied : undefined);
}

/** The file a row means first, else the fullest; the rest fullest first. Of a file and its kept copy, the file. */
function inOrder({ files, rows }: WindowDraft): readonly SessionFile[] {
  const isLive = (file: SessionFile): boolean => rows.some(({ filePath }) => filePath === file.path);
  return [...files].sort(
    (a, b) =>
      Number(isLive(b)) - Number(isLive(a)) ||
      Number(b.problem === undefined) - Number(a.problem === undefined) ||
      compareFullness(b, a) ||
      Number(a.kept !== undefined) - Number(b.kept !== undefined) ||
      compareText(a.path, b.path),
  );
}

/** By entries where both are counted; the bytes of a compressed copy say nothing. */
function compareFullness(a: SessionFile, b: SessionFile): number {
  if (a.index !== undefined && b.index !== undefined) return a.index.entries - b.index.entries || a.bytes - b.bytes;
  if (isCompressed(a) !== isCompressed(b)) return Number(isCompressed(b)) - Number(isCompressed(a));
  return a.bytes - b.bytes;
}

function isCompressed({ name }: SessionFile): boolean {
  return name.kind === "archive" && name.zst;
}

function traceTime(traces: readonly SessionFile[], end: "firstAt" | "lastAt"): number | undefined {
  const pick = end === "firstAt" ? earliest : latest;
  return traces.reduce<number | undefined>((time, { head }) => pick(time, head?.[end]), undefined);
}
