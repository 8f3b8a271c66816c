import * as l10n from "@vscode/l10n";
import { parseSessionKey } from "../../names/sessionKey";
import type { KnownFacts } from "../knownFacts";
import type { WindowDraft } from "../windowDraft";
import { Claim, type Sentence } from "./claim";

/** The heartbeat key of the agent, when it has exactly one. */
export function onlyHeartbeatKey({ rowKeys }: KnownFacts): string | undefined {
  let found: string | undefined;
  for (const key of rowKeys) {
    if (!key.endsWith(":heartbeat") || parseSessionKey(key).about.kind !== "heartbeat") continue;
    if (found !== undefined) return undefined;
    found = key;
  }
  return found;
}

/**
 * A heartbeat with a session of its own (2026.3.22–7.35) takes a new one at every tick and leaves the old transcript behind
 * under its plain name: one user message, which is the heartbeat's prompt, and in no row. A heartbeat in a shared session
 * leaves an archive, or a transcript with more in it.
 */
export function heartbeatPromptClaim(key: string, { files, rows }: WindowDraft): Claim | undefined {
  const [only, ...others] = files;
  if (only === undefined || others.length > 0 || rows.length > 0) return undefined;
  const { name, head, index } = only;
  if (name.kind !== "transcript" || head?.opening?.heartbeat !== true || index?.roles.user !== 1) return undefined;
  return new Claim("heartbeat-prompt", key, isLeftBehind, key);
}

const isLeftBehind: Sentence = (key) =>
  l10n.t(
    "Its one user message is a heartbeat's prompt and no store row points to it: what a heartbeat with its own session leaves behind at every tick. {0} is the only heartbeat key here.",
    key,
  );
