import type { SessionFile, Window, WindowKind } from "../core/conversation/model";

/** A window that is not current and whose words are on disk: what was forgotten, and can be given back. */
export function isRestorable({ kind, primary }: Pick<Window, "kind" | "primary">): boolean {
  return notCurrent.has(kind) && primary !== undefined && primary.problem === undefined;
}

/** One of the files of a window, by itself: an archive or a checkpoint, whatever became of the window since. */
export function isRestorableFile({ name, problem }: Pick<SessionFile, "name" | "problem">): boolean {
  return problem === undefined && (name.kind === "archive" || name.kind === "checkpoint");
}

const notCurrent: ReadonlySet<WindowKind> = new Set(["reset", "deleted", "bak", "checkpoint", "orphan"]);
