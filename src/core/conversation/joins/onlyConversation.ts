import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { canBeReset, hasManySenders } from "../resettableKey";
import type { WindowDraft } from "../windowDraft";
import { Claim, type Sentence } from "./claim";

/**
 * The last resort, and a guess: where one conversation is all that the agent has, a transcript that nothing else names is
 * taken for an earlier stretch of it, if no other stretch of it overlaps. Up to 2026.2.12 a reset leaves no archive and no
 * other trace, so without this an early install shows no history at all.
 */
export function joinToOnlyConversation(windows: readonly WindowDraft[], facts: KnownFacts): void {
  const key = onlyResettableKey(windows, facts);
  if (key === undefined) return;
  const left = windows.filter(mayBelong);
  if (left.length === 0) return;
  const own = windows.filter(({ joins }) => joins.some((join) => join.key === key));
  const current = own.find(({ rows }) => rows.length > 0);
  const end = current?.headerAt ?? current?.firstAt ?? Number.POSITIVE_INFINITY;
  const senders = hasManySenders(key) ? noSenders : sendersOf(own);
  const contested = overlapping([...new Set([...own, ...left])]);
  for (const window of left) {
    if ((window.lastAt ?? window.headerAt ?? end) >= end || contested.has(window) || window.headerAt === undefined)
      continue;
    // In a chat of two, somebody else's words are another chat.
    if (senders.size > 0 && [...sendersOf([window])].some((sender) => !senders.has(sender))) continue;
    window.joins = [new Claim("only-conversation", key, isOnly, key)];
  }
}

const isOnly: Sentence = (key) =>
  l10n.t(
    "Nothing names the session key of this window. {0} is the only conversation of this agent that can be reset, and no other window of it covers the same time: a guess, weaker than all other kinds of evidence.",
    key,
  );

function onlyResettableKey(windows: readonly WindowDraft[], { rowKeys, storeBackups }: KnownFacts): string | undefined {
  const keys = new Set<string>();
  // A restore makes a key for what it displaces; whatever is older cannot have been that key's.
  const made = new Set(
    windows.flatMap(({ former, joins }) => (former === undefined ? [] : joins.map(({ key }) => key))),
  );
  const add = (key: string): void => {
    if (canBeReset(key) && !made.has(key)) keys.add(key);
  };
  for (const key of rowKeys) add(key);
  for (const { rows } of storeBackups) for (const { key } of rows) add(key);
  for (const { joins, undecided } of windows) for (const { key } of [...joins, ...undecided]) add(key);
  const [only] = keys;
  // A key that only other evidence names may be one of several that are gone.
  return keys.size === 1 && only !== undefined && rowKeys.has(only) ? only : undefined;
}

/** A transcript or the archive of a reset that a person or a shared heartbeat spoke in. What was deleted had a key of its own. */
function mayBelong({ joins, undecided, files, rows }: WindowDraft): boolean {
  if (joins.length > 0 || undecided.length > 0 || rows.length > 0 || files.length === 0) return false;
  return files.every(({ name, head }) => {
    const isTranscript = name.kind === "transcript" || (name.kind === "archive" && name.reason === "reset");
    const speaker = head?.opening?.speaker;
    return isTranscript && speaker !== undefined && speakers.has(speaker);
  });
}

const speakers: ReadonlySet<string> = new Set(["user", "startup", "heartbeat", "exec-notice", "system-event"]);

const noSenders: ReadonlySet<string> = new Set();

function sendersOf(windows: readonly WindowDraft[]): ReadonlySet<string> {
  return new Set(windows.flatMap(({ files }) => files.flatMap(({ head }) => head?.opening?.sender ?? [])));
}

/** Which windows cover a time that another one covers too. */
function overlapping(windows: readonly WindowDraft[]): ReadonlySet<WindowDraft> {
  const stretches: { readonly window: WindowDraft; readonly from: number; readonly to: number }[] = [];
  for (const window of windows) {
    const from = window.headerAt ?? window.firstAt;
    if (from !== undefined) stretches.push({ window, from, to: Math.max(from, window.lastAt ?? from) });
  }
  stretches.sort((one, other) => one.from - other.from);
  const found = new Set<WindowDraft>();
  let longest: (typeof stretches)[number] | undefined;
  for (const stretch of stretches) {
    if (longest !== undefined && stretch.from < longest.to) found.add(stretch.window).add(longest.window);
    if (longest === undefined || stretch.to > longest.to) longest = stretch;
  }
  return found;
}
