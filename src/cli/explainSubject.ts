import type { Conversation, Snapshot, StateDir, Window } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Finding } from "../core/findings/finding";
import { parseSessionKey } from "../core/names/sessionKey";
import type { Rotation } from "../core/rotation/rotation";
import { requestedTarget } from "./requestedTarget";
import { findTarget } from "./windowNames";

/** What of all explanations was asked for. */
export interface ExplainSubject {
  /** Newest first. */
  readonly rotations: readonly Rotation[];
  readonly findings: readonly Finding[];
  /** What the word meant, for the answer when nothing is known about it. */
  readonly conversation: Conversation | undefined;
  readonly window: Window | undefined;
}

/** One of several conversations that a word means, by what tells it from the others. */
export interface Choice {
  readonly stateDir: string;
  /** The whole session key, where the state directory alone does not tell. */
  readonly key: string | undefined;
}

/** What a reader has to choose from: all that was reset, of several with one name. Empty when only one of them was. */
export function choicesOf({ rotations, window }: ExplainSubject): readonly Choice[] {
  const keys = new Map<string, Set<string | undefined>>();
  for (const { stateDir, conversation } of rotations) {
    // A window may stand in two conversations, and is one window all the same.
    keys.set(stateDir, (keys.get(stateDir) ?? new Set()).add(window ? undefined : conversation?.key));
  }
  const choices = [...keys].flatMap(([stateDir, of]) =>
    [...of].map((key) => ({ stateDir, key: of.size > 1 ? key : undefined })),
  );
  return choices.length > 1 ? choices : [];
}

/**
 * What `explain` means by a word: a session key gives all rotations of that conversation; a session id, its beginning, a
 * window id or a file the rotation that ended that window, else the one that began it.
 */
export function explainSubject(
  snapshot: Snapshot,
  explanations: Explanations,
  word: string,
  workingDirectory: string,
): ExplainSubject {
  const conversations = conversationsOf(snapshot, word);
  if (conversations.length > 0) return aboutConversations(conversations, explanations);

  const windows = windowsMeant(snapshot, word, workingDirectory);
  const { rotations, findings } = explanations;
  const isMeant = new Set(windows.map(({ stateDir, window }) => nameOf(stateDir, window)));
  const ended = rotations.filter(({ stateDir, from }) => isMeant.has(nameOf(stateDir, from)));
  const began = rotations.filter(({ stateDir, to }) => to && isMeant.has(nameOf(stateDir, to)));
  const found = ended.length > 0 ? ended : began;
  const ids = new Set(found.map(({ stateDir, id }) => `${stateDir}\n${id}`));
  return {
    rotations: found,
    findings: findings.filter(
      ({ subject: { stateDir, windowId, rotationId } }) =>
        (windowId !== undefined && isMeant.has(`${stateDir}\n${windowId}`)) ||
        (rotationId !== undefined && ids.has(`${stateDir}\n${rotationId}`)),
    ),
    conversation: undefined,
    window: windows[0]?.window,
  };
}

interface Meant<T> {
  readonly stateDir: string;
  readonly agentId: string;
  readonly value: T;
}

/** `main` alone is the key of every agent's main conversation. */
function conversationsOf({ stateDirs }: Snapshot, word: string): readonly Meant<Conversation>[] {
  const all = stateDirs.flatMap(({ path, agents }) =>
    agents.flatMap(({ id, conversations }) => conversations.map((value) => ({ stateDir: path, agentId: id, value }))),
  );
  const exact = all.filter(({ value }) => value.key === word);
  return exact.length > 0 ? exact : all.filter(({ value }) => parseSessionKey(value.key).rest === word);
}

function aboutConversations(meant: readonly Meant<Conversation>[], explanations: Explanations): ExplainSubject {
  const named = new Set(meant.map(({ stateDir, agentId, value }) => JSON.stringify([stateDir, agentId, value.key])));
  const windows = new Set(
    meant.flatMap(({ stateDir, value }) => value.windows.map((window) => nameOf(stateDir, window))),
  );
  const isNamed = (stateDir: string, agentId: string | undefined, key: string | undefined): boolean =>
    named.has(JSON.stringify([stateDir, agentId, key])) ||
    (agentId === undefined && meant.some((each) => each.stateDir === stateDir && each.value.key === key));
  return {
    rotations: explanations.rotations.filter(({ stateDir, agentId, conversation }) =>
      isNamed(stateDir, agentId, conversation?.key),
    ),
    findings: explanations.findings.filter(
      ({ subject: { stateDir, agentId, key, windowId } }) =>
        (key !== undefined && isNamed(stateDir, agentId, key)) ||
        (key === undefined && windowId !== undefined && windows.has(`${stateDir}\n${windowId}`)),
    ),
    conversation: meant[0]?.value,
    window: undefined,
  };
}

/** One window; or all that share one session id, when that id is the word. */
function windowsMeant(
  snapshot: Snapshot,
  word: string,
  workingDirectory: string,
): readonly { readonly stateDir: string; readonly window: Window }[] {
  const found = findTarget(snapshot, word, workingDirectory);
  const ids = found.kind === "ambiguous" ? new Set(found.windows.map(({ sessionId }) => sessionId)) : undefined;
  const windows =
    found.kind === "ambiguous" && ids?.size === 1
      ? found.windows
      : [requestedTarget(snapshot, word, workingDirectory).window];
  return windows.flatMap((window) =>
    snapshot.stateDirs.filter((stateDir) => holds(stateDir, window)).map(({ path }) => ({ stateDir: path, window })),
  );
}

function holds({ agents }: StateDir, window: Window): boolean {
  return agents.some(
    ({ conversations, orphans }) =>
      orphans.includes(window) || conversations.some(({ windows }) => windows.includes(window)),
  );
}

function nameOf(stateDir: string, { windowId }: Window): string {
  return `${stateDir}\n${windowId}`;
}
