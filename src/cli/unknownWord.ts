import * as l10n from "@vscode/l10n";
import type { Conversation, Snapshot } from "../core/conversation/model";
import { parseSessionKey } from "../core/names/sessionKey";
import { discretionFor } from "../core/report/discretion";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { sqliteNotices, windowsOf } from "./listedProblems";
import { MIN_PREFIX } from "./windowNames";

/** Why a word means nothing, in sentences for whoever typed it, with what could be typed instead. */
export function unknownWord(snapshot: Snapshot, word: string): string {
  // The reason before what follows from it: what is in SQLite is not among what is known.
  return [...sqliteNotices(snapshot).map(({ message }) => visibleLine(message, 500)), reason(snapshot, word)].join(
    "\n",
  );
}

function reason(snapshot: Snapshot, word: string): string {
  const shown = visibleLine(word, 200);
  const conversations = snapshot.stateDirs.flatMap(({ agents }) => agents.flatMap((agent) => agent.conversations));
  const named = keysOf(conversations.filter((conversation) => isNamed(conversation, word)));
  if (named.length === 1) {
    return l10n.t('"{0}" is the name of a conversation. Its session key is {1}', shown, named.join(""));
  }
  if (named.length > 1) {
    return `${l10n.t('"{0}" is the name of {1} conversations. Their session keys are:', shown, formatNumber(named.length))}\n${listed(named)}`;
  }
  if (
    word !== "" &&
    word.length < MIN_PREFIX &&
    windowsOf(snapshot).some(({ sessionId }) => sessionId.startsWith(word))
  ) {
    return l10n.t(
      '"{0}" is too short: session ids begin so, and at least {1} characters of one are needed.',
      shown,
      formatNumber(MIN_PREFIX),
    );
  }
  if (isPath(word)) return notListed(snapshot, shown);
  const near = keysOf(nearest(conversations, word));
  const all = l10n.t("`openclaw-sessions list --all` shows what there is.");
  if (near.length === 0) return `${l10n.t('Nothing is known as "{0}".', shown)} ${all}`;
  return near.length === 1
    ? l10n.t('Nothing is known as "{0}". Did you mean {1}?', shown, near.join(""))
    : `${l10n.t('Nothing is known as "{0}". Did you mean one of these?', shown)}\n${listed(near)}`;
}

/** As it is listed, or as it is listed without `--with-text`. */
function isNamed(conversation: Conversation, word: string): boolean {
  const wanted = word.toLocaleLowerCase();
  return [conversation.label, discretionFor(conversation, false).label(conversation)].some(
    (label) => label.toLocaleLowerCase() === wanted,
  );
}

/** A window id has slashes too, and is no path. */
function isPath(word: string): boolean {
  return /^[./~\\]|^[a-z]:[\\/]|\.jsonl(?:\.|$)/i.test(word);
}

function notListed({ stateDirs }: Snapshot, shown: string): string {
  const places = new Set(
    stateDirs.flatMap(({ path, agents }) => {
      const roots = agents.flatMap((agent) => agent.roots.map((root) => root.path));
      return roots.length > 0 ? roots : [path];
    }),
  );
  const sentence = l10n.t(
    "{0} is no transcript of a known conversation. A file must lie in the sessions directory of an agent; `--state-dir` names another state directory. These are known:",
    shown,
  );
  return `${sentence}\n${listed([...places])}`;
}

/** Keys that differ from the word by a slip or two; the nearest only. */
function nearest(conversations: readonly Conversation[], word: string): readonly Conversation[] {
  if (word.length < 3 || word.length > LONGEST_WORD) return [];
  const allowed = Math.min(3, Math.floor(word.length / 3));
  let best = allowed + 1;
  let found: Conversation[] = [];
  for (const conversation of conversations) {
    const { rest } = parseSessionKey(conversation.key);
    const names = [conversation.key, rest];
    const distance = Math.min(...names.map((name) => distanceOf(name.toLowerCase(), word.toLowerCase(), allowed)));
    if (distance > allowed || distance > best) continue;
    if (distance < best) found = [];
    best = distance;
    found.push(conversation);
  }
  return found;
}

/** Characters; longer words are pasted, not mistyped. */
const LONGEST_WORD = 100;

/** Characters to insert, remove, replace or exchange with their neighbour; above `most` where it is more than that. */
function distanceOf(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let at = 0; at < one.length; at++) {
    const next = [at + 1];
    for (let column = 0; column < other.length; column++) {
      const isExchanged = at > 0 && column > 0 && one[at] === other[column - 1] && one[at - 1] === other[column];
      next.push(
        Math.min(
          (row[column] ?? 0) + (one[at] === other[column] ? 0 : 1),
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          isExchanged ? (before[column - 1] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}

function keysOf(conversations: readonly Conversation[]): readonly string[] {
  return [...new Set(conversations.map(({ key }) => visibleLine(key, 200)))];
}

const KEYS_SHOWN = 10;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, KEYS_SHOWN).map((name) => `  ${visibleLine(name, 500)}`);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`  ${l10n.t("… and {0} more", formatNumber(more))}`] : [])].join("\n");
}
