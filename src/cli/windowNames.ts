import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Conversation, SessionFile, Snapshot, Window } from "../core/conversation/model";
import { parseSessionKey } from "../core/names/sessionKey";
import { formatTime } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import { visibleLine } from "../core/text/visibleText";
import { windowsOf } from "./listedProblems";

/** Names short enough to type that `findTarget` understands. */
export interface ShortNames {
  nameOf(window: Window): string;
}

/**
 * The first eight characters of the session id, more where two share them, the window id where two windows share one session.
 * One window in two state directories has one name in both: its window id would tell them apart no better.
 */
export function shortNames(windows: readonly Window[]): ShortNames {
  const ids = new Map<string, Set<string>>();
  for (const { sessionId, windowId } of windows) ids.set(sessionId, (ids.get(sessionId) ?? new Set()).add(windowId));
  const sorted = [...ids.keys()].sort();
  const lengths = new Map<string, number>();
  for (const [index, id] of sorted.entries()) {
    const needed = 1 + Math.max(sharedLength(id, sorted[index - 1] ?? ""), sharedLength(id, sorted[index + 1] ?? ""));
    lengths.set(id, Math.max(8, needed));
  }
  return {
    nameOf: ({ sessionId, windowId }) =>
      ids.get(sessionId)?.size === 1 ? sessionId.slice(0, lengths.get(sessionId)) : windowId,
  };
}

export type Target = { readonly window: Window; readonly file: SessionFile | undefined };

export type Found =
  | { readonly kind: "found"; readonly target: Target }
  | { readonly kind: "ambiguous"; readonly windows: readonly Window[] }
  | { readonly kind: "nothing" };

/**
 * What `show` means by a word: a window id, a file, a session key (then the newest window), a session id or the beginning
 * of one. `main` alone is the key `agent:<id>:main` where only one agent has it.
 */
export function findTarget(
  snapshot: Snapshot,
  word: string,
  workingDirectory: string,
  ofConversation: WindowChoice = newestWindow,
): Found {
  const windows = distinctWindows(windowsOf(snapshot));
  const path = resolve(workingDirectory, word);
  const byFile = windows.flatMap((window) =>
    filesOf(window)
      .filter((file) => file.path === path || file.name.base === word)
      .map((file) => ({ window, file })),
  );
  const [only] = byFile;
  if (only && byFile.every(({ file }) => file.path === only.file.path)) return { kind: "found", target: only };

  const readings: readonly (() => readonly Window[])[] = [
    () => windows.filter(({ windowId }) => windowId === word),
    () => byFile.map(({ window }) => window),
    () => chosenWindows(snapshot, (key) => key === word, ofConversation),
    () => windows.filter(({ sessionId }) => sessionId === word),
    () => chosenWindows(snapshot, (key) => parseSessionKey(key).rest === word, ofConversation),
    () => (word.length < MIN_PREFIX ? [] : windows.filter(({ sessionId }) => sessionId.startsWith(word))),
    // With its slash: all windows of an agent begin with its name, and "main" means a conversation.
    () => (/.\/./.test(word) ? windows.filter(({ windowId }) => windowId.startsWith(word)) : []),
  ];
  for (const read of readings) {
    const matches = read();
    const [window] = matches;
    if (matches.length > 1) return { kind: "ambiguous", windows: matches };
    if (window) return { kind: "found", target: { window, file: window.primary ?? window.trajectories[0] } };
  }
  return { kind: "nothing" };
}

/** One line of the list that answers an ambiguous word: a name that is not ambiguous, and what it stands for. */
export function describeWindow(window: Window): string {
  const name = window.join ? visibleLine(window.join.key, 100) : l10n.t("no known conversation");
  const facts = [name, kindName(window.kind), ...(window.lastAt === undefined ? [] : [formatTime(window.lastAt)])];
  return `${visibleLine(window.primary?.path ?? window.windowId, 500)}\n    ${facts.join(" · ")}`;
}

/** Characters of a session id; fewer match by accident. */
export const MIN_PREFIX = 4;

/** A window that several store rows mean stands in several conversations; it is one window all the same. */
export function distinctWindows(windows: readonly Window[]): readonly Window[] {
  const seen = new Map<string, Window>();
  for (const window of windows) {
    const id = `${window.windowId}\n${window.primary?.path ?? ""}`;
    if (!seen.has(id)) seen.set(id, window);
  }
  return [...seen.values()];
}

function filesOf({ primary, copies, trajectories }: Window): readonly SessionFile[] {
  return [...(primary ? [primary] : []), ...copies, ...trajectories];
}

/** Which window of a conversation its key means; the current one comes first, then newest first. */
export type WindowChoice = (conversation: Conversation) => Window | undefined;

/** The current window, or the newest one that can be read. */
const newestWindow: WindowChoice = ({ windows }) => windows.find(({ primary }) => primary) ?? windows[0];

function chosenWindows(
  { stateDirs }: Snapshot,
  matches: (key: string) => boolean,
  choose: WindowChoice,
): readonly Window[] {
  return stateDirs
    .flatMap(({ agents }) => agents.flatMap(({ conversations }) => conversations))
    .filter(({ key }) => matches(key))
    .flatMap((conversation) => choose(conversation) ?? []);
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
