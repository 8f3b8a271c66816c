import { compareText, firstAtOf, headerAtOf, lastAtOf, latest } from "../core/conversation/fileFacts";
import type { Agent, Conversation, SessionFile, Window } from "../core/conversation/model";
import { problemsOfIndex } from "../core/transcript/problemsOfIndex";
import { sameBeginning, type FileChange } from "./scanDirectory";

export interface Patched {
  readonly agent: Agent;
  /** False when telling the agent anew (buildAgent) might tell something else. */
  readonly exact: boolean;
}

/** Where a transcript stands: a window of a conversation, or of the orphans. */
interface Place {
  /** Position of the conversation; -1 for orphans. */
  readonly conversation: number;
  readonly window: number;
}

/**
 * Exchanges files that grew, or that got their index, in the agent they belong to; for an agent that shares its directory with
 * none. Telling an agent with 10,000 transcripts anew
 * takes some 60 ms; one appended entry must not cost that. Everything along the way to the file is made anew, the rest is shared.
 */
export function patchAgent(agent: Agent, changes: readonly FileChange[]): Patched {
  const places = placesOf(agent);
  const conversations = new Map<number, Window[]>();
  const orphans: { list: Window[] | undefined } = { list: undefined };
  let { otherFiles } = agent;
  let exact = true;
  let { done, total } = agent.indexed;

  for (const change of changes) {
    const { before, after } = change;
    if (isPassing(change)) {
      otherFiles = exchange(otherFiles, change);
      continue;
    }
    const found = before === undefined || after === undefined ? undefined : places.get(before.path);
    if (before === undefined || after === undefined || found === undefined) {
      exact = false;
      continue;
    }
    done += Number(after.index !== undefined) - Number(before.index !== undefined);
    total += Number(isCounted(after)) - Number(isCounted(before));
    for (const { conversation, window: at } of found) {
      const windows =
        conversation < 0 ? (orphans.list ??= [...agent.orphans]) : windowsOf(agent, conversation, conversations);
      const window = windows[at];
      const patched = window === undefined ? undefined : patchWindow(window, before, after);
      if (patched === undefined) {
        exact = false;
        continue;
      }
      // Lists are sorted by the last sign of life, the current window of a conversation aside.
      const mayMove = patched.window.lastAt !== window?.lastAt && (conversation < 0 || at > 0);
      exact &&= patched.exact && !mayMove;
      windows[at] = patched.window;
    }
  }

  if (conversations.size === 0 && orphans.list === undefined && otherFiles === agent.otherFiles)
    return { agent, exact };
  const next: Agent = {
    ...agent,
    conversations: conversations.size === 0 ? agent.conversations : patchConversations(agent, conversations),
    orphans: orphans.list ?? agent.orphans,
    otherFiles,
    indexed: done === agent.indexed.done && total === agent.indexed.total ? agent.indexed : { done, total },
  };
  // Nothing moved: what was found once is found again after the next append.
  knownPlaces.set(next, places);
  return { agent: next, exact };
}

/** Locks and temporaries come and go with every turn, and say nothing about conversations. */
function isPassing({ before, after }: FileChange): boolean {
  const name = (after ?? before)?.name;
  return name?.kind === "side" && (name.role === "lock" || name.role === "temporary");
}

function exchange(files: readonly SessionFile[], { before, after }: FileChange): readonly SessionFile[] {
  const path = (after ?? before)?.path;
  const others = files.filter((file) => file.path !== path);
  return after === undefined ? others : [...others, after].sort((one, other) => compareText(one.path, other.path));
}

const knownPlaces = new WeakMap<Agent, ReadonlyMap<string, readonly Place[]>>();

function placesOf(agent: Agent): ReadonlyMap<string, readonly Place[]> {
  const known = knownPlaces.get(agent);
  if (known !== undefined) return known;
  const places = new Map<string, Place[]>();
  const add = (file: SessionFile, place: Place): void => {
    const others = places.get(file.path);
    if (others === undefined) places.set(file.path, [place]);
    else others.push(place);
  };
  const addAll = (windows: readonly Window[], conversation: number): void => {
    windows.forEach(({ primary, copies }, window) => {
      if (primary !== undefined) add(primary, { conversation, window });
      for (const copy of copies) add(copy, { conversation, window });
    });
  };
  agent.conversations.forEach(({ windows }, at) => {
    addAll(windows, at);
  });
  addAll(agent.orphans, -1);
  knownPlaces.set(agent, places);
  return places;
}

function windowsOf(agent: Agent, at: number, made: Map<number, Window[]>): Window[] {
  const windows = made.get(at) ?? [...(agent.conversations[at]?.windows ?? [])];
  made.set(at, windows);
  return windows;
}

function patchWindow(
  window: Window,
  before: SessionFile,
  after: SessionFile,
): { readonly window: Window; readonly exact: boolean } | undefined {
  const { primary, copies, join } = window;
  const isPrimary = primary === before;
  if (!isPrimary && !copies.includes(before)) return undefined;
  const exact =
    isPrimary &&
    copies.length === 0 &&
    before.problem === after.problem &&
    sameBeginning(before, after) &&
    isFlawless(before) &&
    isFlawless(after) &&
    sameEvidence(before, after) &&
    // A window that is joined to nothing, or by what its index counts, may be joined otherwise now.
    join !== undefined &&
    join.rung !== "heartbeat-prompt";
  return {
    exact,
    window: {
      ...window,
      primary: isPrimary ? after : primary,
      copies: isPrimary ? copies : copies.map((copy) => (copy === before ? after : copy)),
      firstAt: copies.length > 0 ? window.firstAt : (firstAtOf(after) ?? headerAtOf(after) ?? window.firstAt),
      lastAt:
        copies.length > 0
          ? latest(window.lastAt, lastAtOf(after))
          : (lastAtOf(after) ?? headerAtOf(after) ?? window.lastAt),
    },
  };
}

function patchConversations(agent: Agent, made: ReadonlyMap<number, readonly Window[]>): readonly Conversation[] {
  const conversations = [...agent.conversations];
  for (const [at, windows] of made) {
    const before = conversations[at];
    if (before === undefined) continue;
    let lastActivityAt: number | undefined;
    for (const { lastAt } of windows) lastActivityAt = latest(lastActivityAt, lastAt);
    conversations[at] = { ...before, windows, lastActivityAt: lastActivityAt ?? before.row?.updatedAt };
  }
  return conversations;
}

function isCounted({ index, problem }: SessionFile): boolean {
  return index !== undefined || problem === undefined;
}

function isFlawless({ head, index }: SessionFile): boolean {
  return head?.problem === undefined && (index === undefined || problemsOfIndex(index).length === 0);
}

/** What of an index may lead to a session key. */
function sameEvidence(before: SessionFile, after: SessionFile): boolean {
  if (before.index === after.index) return true;
  const [one, other] = [before.index, after.index];
  return (
    one?.cronJobId === other?.cronJobId &&
    (one?.bootstrapSessionIds ?? []).join("\n") === (other?.bootstrapSessionIds ?? []).join("\n")
  );
}
