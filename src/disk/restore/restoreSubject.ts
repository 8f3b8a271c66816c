import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import type {
  Agent,
  Conversation,
  SessionFile,
  SessionRoot,
  Snapshot,
  StateDir,
  Window,
} from "../../core/conversation/model";
import { ReadError } from "../../core/inspectorPort";
import type { RestoreRequest } from "../../core/restore/restoreRequest";
import { shortened } from "../../core/text/shortened";

/** What a request means in a snapshot. */
export interface RestoreSubject {
  readonly stateDir: StateDir;
  readonly agent: Agent;
  readonly window: Window;
  /** The file named, else the fullest one; the index tells which, so the window's files should have one. */
  readonly file: SessionFile;
  /** Where the restored transcript goes. */
  readonly root: SessionRoot;
  /** Of the target key. */
  readonly conversation: Conversation | undefined;
}

/** Throws ReadError, in words, for what is not there (any more). */
export function subjectOf(snapshot: Snapshot, request: RestoreRequest): RestoreSubject {
  const stateDir = stateDirOf(snapshot, request.stateDir);
  const agent = stateDir.agents.find(({ id }) => id === request.agentId);
  const window = agent && windowsOf(agent).find(({ windowId }) => windowId === request.windowId);
  if (agent === undefined || window === undefined) {
    throw new ReadError(
      "vanished",
      request.file ?? stateDir.path,
      l10n.t(
        "The window {0} is no longer in {1}: it was deleted, or its file was replaced. Refresh, then choose again.",
        shortened(request.windowId),
        stateDir.path,
      ),
    );
  }
  const file = fileOf(window, request.file);
  const { key } = request.target;
  return {
    stateDir,
    agent,
    window,
    file,
    root: rootOf(agent, file, stateDir),
    conversation: agent.conversations.find((each) => each.key === key),
  };
}

export function stateDirOf(snapshot: Snapshot, wanted: string): StateDir {
  const found = snapshot.stateDirs.find((each) => each.path === wanted || each.realPath === wanted);
  if (found !== undefined) return found;
  throw new ReadError(
    "vanished",
    wanted,
    l10n.t("{0} is not among the state directories that were found. Name it, or refresh.", shortened(wanted)),
  );
}

/** All files that hold the window or a part of it. */
export function filesOf(window: Window): readonly SessionFile[] {
  return [...(window.primary === undefined ? [] : [window.primary]), ...window.copies];
}

function windowsOf({ conversations, orphans }: Agent): readonly Window[] {
  return [...conversations.flatMap(({ windows }) => windows), ...orphans];
}

function fileOf(window: Window, wanted: string | undefined): SessionFile {
  const files = filesOf(window);
  const file =
    wanted === undefined
      ? files.reduce<SessionFile | undefined>((best, each) => (isFuller(each, best) ? each : best), undefined)
      : files.find((each) => each.path === wanted);
  if (file !== undefined) return file;
  throw new ReadError(
    "vanished",
    wanted ?? window.windowId,
    wanted === undefined
      ? l10n.t("No transcript of the session {0} is left; there is nothing to bring back.", shortened(window.sessionId))
      : l10n.t("{0} is no longer there, or holds another conversation by now. Refresh, then choose again.", wanted),
  );
}

function isFuller(one: SessionFile, other: SessionFile | undefined): boolean {
  return other === undefined || (one.index?.entries ?? -1) > (other.index?.entries ?? -1);
}

/** The sessions directory the file is in; of a copy that lies elsewhere the agent's own. */
function rootOf(agent: Agent, file: SessionFile, stateDir: StateDir): SessionRoot {
  const read = agent.roots.filter((each) => each.read);
  const root = read.find((each) => each.path === path.dirname(file.path)) ?? read[0];
  if (root !== undefined) return root;
  throw new ReadError(
    "vanished",
    stateDir.path,
    l10n.t("The agent {0} in {1} has no sessions directory that may be read.", shortened(agent.id), stateDir.path),
  );
}
