import type { Agent, Conversation, SessionFile, Window } from "../conversation/model";
import { lastEntryAt } from "./lastEntry";
import { currentWindow, isOfPeople } from "./peopleConversations";

/** An archive without a key, and the one conversation that can have lost it. */
export interface Adopted {
  readonly conversation: Conversation;
  readonly window: Window;
  readonly archive: SessionFile;
  /** Epoch ms of the stamp in its name. */
  readonly at: number;
}

/** A row is written after the archive it belongs to; two clocks may differ by that. */
const SLACK_MS = 5_000;

/**
 * Up to 2026.4.24 an archive is connected with its key by the transcript that followed. Where that was never written, the
 * archive looks like nobody's. When exactly one conversation names a transcript that is not there, and its row was written at or
 * after the reset, then the newest such archive is most likely its own.
 */
export function adoptedArchive(agent: Agent): Adopted | undefined {
  let newest: Omit<Adopted, "conversation"> | undefined;
  for (const window of agent.orphans) {
    const archive = window.primary;
    if (window.kind !== "reset" || archive?.name.kind !== "archive" || archive.name.at === undefined) continue;
    if (newest === undefined || archive.name.at > newest.at) newest = { window, archive, at: archive.name.at };
  }
  if (newest === undefined) return undefined;
  const [candidate, ...others] = agent.conversations.filter(isBereft);
  if (candidate === undefined || others.length > 0) return undefined;
  const { updatedAt } = candidate.row ?? {};
  if (updatedAt === undefined || updatedAt < newest.at - SLACK_MS) return undefined;
  return candidate.windows.every((window) => (lastEntryAt(window) ?? -Infinity) <= (newest.window.firstAt ?? newest.at))
    ? { ...newest, conversation: candidate }
    : undefined;
}

/** Its row means a session of which nothing was ever written. */
function isBereft(conversation: Conversation): boolean {
  return isOfPeople(conversation) && currentWindow(conversation)?.kind === "missing";
}
