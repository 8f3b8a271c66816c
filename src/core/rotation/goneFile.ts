import * as l10n from "@vscode/l10n";
import type { SessionFile, Window } from "../conversation/model";
import { parseFileName } from "../names/parseFileName";
import type { Problem } from "../problem";
import type { KeptFile } from "./rotationFacts";

const made = new WeakSet<SessionFile>();

/** A file that is no longer there. Its name still tells what was done with it, and its first and last rows were kept. */
export function goneFile(path: string, kept?: KeptFile): SessionFile {
  const name = parseFileName(path.split(/[\\/]/).at(-1) ?? path);
  const message = l10n.t("{0} is no longer on disk.", name.base);
  const problem: Problem = { code: "file.vanished", message, file: path };
  const head = kept?.head;
  const file: SessionFile = { path, name, bytes: 0, mtimeMs: Number.NaN, mode: 0, problem, head, index: undefined };
  made.add(file);
  return file;
}

export function isGoneFile(file: SessionFile | undefined): file is SessionFile {
  return file !== undefined && made.has(file);
}

export function missingWindow(agentId: string, sessionId: string): Window {
  return {
    windowId: `${agentId}/${sessionId}/-`,
    agentId,
    sessionId,
    kind: "missing",
    primary: undefined,
    copies: [],
    trajectories: [],
    archivedAt: undefined,
    firstAt: undefined,
    lastAt: undefined,
    join: undefined,
    problems: [],
  };
}
