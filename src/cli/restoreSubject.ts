import * as l10n from "@vscode/l10n";
import type { Agent, Conversation, Snapshot, StateDir, Window } from "../core/conversation/model";
import { parseSessionKey } from "../core/names/sessionKey";
import { visibleLine } from "../core/text/visibleText";
import { Failure } from "./exitCode";
import { requestedTarget } from "./requestedTarget";
import type { WindowChoice } from "./windowNames";

/** What a word means to a command that gives back or keeps: a window, where it stands, and which of its files was named. */
export interface RestoreSubject {
  readonly stateDir: StateDir;
  readonly agent: Agent;
  readonly window: Window;
  /** Absolute path; undefined: the fullest. */
  readonly file: string | undefined;
  /** Conversations that the window stands in; none for an orphan. The one that was named comes alone. */
  readonly conversations: readonly Conversation[];
  /** Where a conversation was named: its other earlier windows, newest first. The word may have meant one of these. */
  readonly others: readonly Window[];
}

/** As `show` understands words, but a session key means the newest window that is not the current one. */
export function restoreSubject(snapshot: Snapshot, word: string, workingDirectory: string): RestoreSubject {
  const named = conversationsNamed(snapshot, word);
  if (named.length > 0 && named.every((conversation) => newestEarlierWindow(conversation) === undefined)) {
    throw new Failure(
      l10n.t(
        "{0} has no earlier window: nothing of it was set aside, or nothing tells that it was. `openclaw-sessions list --all` names windows that belong to no known conversation.",
        visibleLine(word, 200),
      ),
    );
  }
  const { window, file } = requestedTarget(snapshot, word, workingDirectory, newestEarlierWindow);
  const place = placeOf(snapshot, window);
  if (file?.name.kind === "trajectory") throw new Failure(noTranscript(file.path));
  if (!window.primary || !place) throw new Failure(noTranscript(window.windowId));
  const ofTheName = place.conversations.filter((conversation) => named.includes(conversation));
  return {
    ...place,
    window,
    file: file && file !== window.primary ? file.path : undefined,
    conversations: ofTheName.length > 0 ? ofTheName : place.conversations,
    others: (ofTheName[0]?.windows ?? []).filter((each) => each !== window && isEarlier(each)),
  };
}

/** What a reset, a deletion or a mishap left; a copy from before a compaction only where there is nothing else. */
const newestEarlierWindow: WindowChoice = ({ windows }) => {
  const earlier = windows.filter(isEarlier);
  return earlier.find(({ kind }) => kind !== "checkpoint") ?? earlier[0];
};

function isEarlier({ kind, primary }: Window): boolean {
  return primary !== undefined && kind !== "live";
}

function conversationsNamed({ stateDirs }: Snapshot, word: string): readonly Conversation[] {
  const all = stateDirs.flatMap(({ agents }) => agents.flatMap(({ conversations }) => conversations));
  const exact = all.filter(({ key }) => key === word);
  return exact.length > 0 ? exact : all.filter(({ key }) => parseSessionKey(key).rest === word);
}

function placeOf(
  { stateDirs }: Snapshot,
  window: Window,
): Pick<RestoreSubject, "stateDir" | "agent" | "conversations"> | undefined {
  for (const stateDir of stateDirs) {
    for (const agent of stateDir.agents) {
      const conversations = agent.conversations.filter(({ windows }) => windows.includes(window));
      if (conversations.length > 0 || agent.orphans.includes(window)) return { stateDir, agent, conversations };
    }
  }
  return undefined;
}

function noTranscript(name: string): string {
  return l10n.t(
    "Of {0} no transcript is left; a run trace or a row of the index cannot be given back as a conversation.",
    visibleLine(name, 500),
  );
}
