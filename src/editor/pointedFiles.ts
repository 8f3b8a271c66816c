import type * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";

const key = "pointedFiles";
/** The latest are enough: they serve documents that come back after a window reload. */
const remembered = 100;

/**
 * Files outside every state directory that the user opened as transcripts. An address alone does not get a file read: a link
 * somewhere could name any. What the user pointed at is remembered for this workspace.
 */
export function rememberPointedFiles(inspector: Inspector, memento: vscode.Memento): (path: string) => void {
  for (const path of memento.get<readonly string[]>(key, [])) inspector.admit(path);
  return (path) => {
    inspector.admit(path);
    const others = memento.get<readonly string[]>(key, []).filter((other) => other !== path);
    void memento.update(key, [...others, path].slice(-remembered));
  };
}
