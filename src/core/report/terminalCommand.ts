import { shortId } from "./shortId";
import type { Report } from "./report";

/**
 * A command about the window that ended, to be copied: `openclaw-sessions show 803c6237`; with the file where the id would mean
 * several windows, with the directory where it is not found by itself.
 */
export function terminalCommand(
  command: "show" | "restore" | "keep",
  { rotation: { from }, stateDir, showHint }: Report,
  path: string,
): string {
  const id = shortId(from.sessionId);
  let meant = 0;
  for (const { conversations, orphans } of stateDir.agents) {
    for (const window of [...conversations.flatMap(({ windows }) => windows), ...orphans])
      if (window.sessionId.startsWith(id)) meant++;
  }
  const name = meant > 1 || !/^[\w-]{4,}$/.test(id) ? quoted(path) : id;
  const directory = showHint === "command-with-directory" ? ` --state-dir ${quoted(stateDir.path)}` : "";
  return `openclaw-sessions ${command} ${name}${directory}`;
}

/** `openclaw-sessions undo 20261120T201530Z-1f2e3d4c`. Ids of receipts need no quotes. */
export function undoCommand(id: string, { stateDir, showHint }: Pick<Report, "stateDir" | "showHint">): string {
  const directory = showHint === "command-with-directory" ? ` --state-dir ${quoted(stateDir.path)}` : "";
  return `openclaw-sessions undo ${id}${directory}`;
}

/** In single quotes a POSIX shell runs nothing that a file name may hold. */
function quoted(path: string): string {
  return /^[\w./\\:~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
