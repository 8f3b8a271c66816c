import * as l10n from "@vscode/l10n";
import type { Agent, Conversation } from "../core/conversation/model";
import { parseSessionKey } from "../core/names/sessionKey";
import type { RestoreTarget } from "../core/restore/restoreRequest";
import { visibleLine } from "../core/text/visibleText";
import { Failure } from "./exitCode";
import type { RestoreSubject } from "./restoreSubject";
import { shellWord } from "./shellWord";

export interface TargetOptions {
  readonly key?: string;
  readonly intoNewKey: boolean;
}

/** Which key gets the conversation; ends the command with the keys there are when nothing tells. */
export function restoreTarget({ agent, conversations }: RestoreSubject, options: TargetOptions): RestoreTarget {
  const { intoNewKey, key } = options;
  if (intoNewKey) return { kind: "new-key", ...(key === undefined ? {} : { key: checkedKey(agent, key) }) };
  if (key !== undefined) return { kind: "in-place", key: checkedKey(agent, key), keyIsNamed: true };
  const [only, ...others] = conversations;
  if (only && others.length === 0) return { kind: "in-place", key: only.key };
  throw new Failure(only ? severalKeys(conversations) : noKey(agent));
}

/** The whole key; `main` alone is meant as in other commands, where it is the end of one key of the agent. */
function checkedKey({ id, conversations }: Agent, word: string): string {
  const keys = conversations.map(({ key }) => key);
  if (keys.includes(word)) return word;
  const meant = keys.filter((key) => parseSessionKey(key).rest === word);
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  // A conversation that was deleted has no row any more; its key can be made again.
  if (parseSessionKey(word).agentId === id) return word;
  throw new Failure(
    `${l10n.t("{0} is no session key of agent {1}. Its keys begin with {2}; these are in use:", visibleLine(word, 200), visibleLine(id, 80), visibleLine(`agent:${id}:`, 100))}\n${keyList(conversations)}`,
  );
}

function severalKeys(conversations: readonly Conversation[]): string {
  return `${l10n.t("This window stands in several conversations. Name the one that gets it with --key:")}\n${keyList(conversations)}`;
}

function noKey({ conversations }: Agent): string {
  const explanation = l10n.t(
    "Nothing on disk tells to which conversation this window belonged. --into-new-key gives it back beside the others, under a key of its own, and displaces nothing.",
  );
  if (conversations.length === 0) return explanation;
  return `${explanation} ${l10n.t("--key puts it into one of these conversations, whose current window is kept:")}\n${keyList(conversations)}`;
}

/** People's conversations first: it is theirs that somebody misses. */
function keyList(conversations: readonly Conversation[]): string {
  const sorted = [...conversations].sort(
    (one, other) => Number(one.group !== "people") - Number(other.group !== "people"),
  );
  const lines = sorted
    .slice(0, KEYS_SHOWN)
    .map(({ key, label }) => `  --key ${shellWord(key)}${label === key ? "" : `   ${visibleLine(label, 80)}`}`);
  const more = sorted.length - lines.length;
  return [...lines, ...(more > 0 ? [`  ${l10n.t("… and {0} more", more)}`] : [])].join("\n");
}

const KEYS_SHOWN = 20;
