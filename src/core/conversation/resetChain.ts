import { type Moment, sharesKey } from "./timeline";
import type { WindowDraft } from "./windowDraft";

/** A reset and the beginning that followed it. */
export interface Link {
  readonly reset: Moment;
  readonly start: Moment;
}

/** More resets in a row than anybody asks for; it also bounds the work. */
const MOST_LINKS = 16;

/**
 * Somebody resets a chat, and again a moment later: reset, beginning, reset of what began, beginning. Each beginning follows
 * its reset at once, so that only one order is possible, if it is one chat at all. Two resets at least.
 *
 * @param followers what began right after a reset, earliest first
 * @param resetsOf resets of a window that have no successor yet
 */
export function chainFrom(
  first: Moment,
  followers: (reset: Moment) => readonly Moment[],
  resetsOf: (window: WindowDraft) => readonly Moment[],
): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set([first.window]);
  for (let reset: Moment | undefined = first; reset !== undefined && links.length < MOST_LINKS;) {
    const start: Moment | undefined = followers(reset).find(({ window }) => !seen.has(window));
    if (start === undefined) break;
    links.push({ reset, start });
    seen.add(start.window);
    const resets = resetsOf(start.window);
    const [next] = resets;
    reset = resets.length === 1 && next !== undefined && next.at >= start.at ? next : undefined;
  }
  return links;
}

/**
 * Whether what the windows tell of themselves makes them one chat: all that is known of their keys, and either no other key
 * can have been reset, or each was opened by the same sender, or by a command, which begins nothing without ending something.
 */
export function isOneChat(links: readonly Link[], isOnlyKey: boolean): boolean {
  const begun = links.map(({ start }) => start.window);
  const known = [...links.map(({ reset }) => reset.window), ...begun].filter(({ joins }) => joins.length > 0);
  const [one] = known;
  if (one !== undefined && !known.every((window) => sharesKey(one, window))) return false;
  const senders = new Set(begun.map(senderOf));
  const isOneSender = senders.size === 1 && !senders.has(undefined);
  senders.delete(undefined);
  return isOneSender || begun.every(isBegunByCommand) || (isOnlyKey && senders.size < 2);
}

function isBegunByCommand({ files }: WindowDraft): boolean {
  return files.some(({ head }) => head?.opening?.speaker === "startup" || head?.announced !== undefined);
}

function senderOf({ files }: WindowDraft): string | undefined {
  return files.find(({ head }) => head?.opening !== undefined)?.head?.opening?.sender;
}
