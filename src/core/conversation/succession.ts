import { chainFrom, isOneChat, type Link } from "./resetChain";
import { canBeReset, hasManySenders } from "./resettableKey";
import { byTime, type Moment, sharesKey, Timeline } from "./timeline";
import { nothing, type WindowDraft } from "./windowDraft";

/** One window was set aside and another began, as far as the clock alone can tell. */
export interface Succession {
  readonly from: WindowDraft;
  readonly to: WindowDraft;
  /** The stamp in the archive's name: when the reset was executed. Epoch ms. */
  readonly resetAt: number;
  /** Header time of the next transcript, or the start that its store row records. Epoch ms. */
  readonly startedAt: number;
  readonly how: How;
}

/**
 * - `known`: both are known to belong to one key
 * - `at-once`: within 50 ms; one operation wrote both times (`sessions.reset` 2026.3.28+, the row's start 2026.4.25+)
 * - `nearest`: within two seconds, and all other starts and resets are ten seconds away or more
 * - `in-a-row`: one chat was reset several times within seconds, and everything else is ten seconds away or more (resetChain.ts)
 * - `only`: within a minute, and neither has another partner
 * - `same-sender`: within a minute, the nearest of several and the only one opened by the same sender
 * - `later`: nothing within a minute; the next transcript at all, opened by the same sender (`sessions.reset` up to
 *   2026.3.24 writes the next file only with the next answered turn)
 */
export type How = "known" | "at-once" | "nearest" | "in-a-row" | "only" | "same-sender" | "later";

/** Between the rename and the next header OpenClaw takes 0–1.1 s, with a slow first turn up to 21 s (2026.5.18, recorded). */
const ADJACENT_MS = 60_000;
/** The row's start is taken a few milliseconds before the rename. */
const AT_ONCE_MS = 50;
/** What follows this soon and has this much room around it is no coincidence. */
const NEAR_MS = 2000;
const ROOM_MS = 10_000;
/**
 * Pairs resets with the transcripts that followed them. A pair that could be another one is none: a wrong join is worse than
 * an orphan. `.deleted.` archives have no successor, and `.bak.` copies end nothing.
 */
export function findSuccessions(windows: readonly WindowDraft[]): readonly Succession[] {
  const pairing = new Pairing(windows);
  pairing.pairKnown();
  pairing.pairInARow();
  // What is paired narrows what is left, so another round may find more. Bounded: four rounds settle every real case.
  for (let round = 0, before = -1; round < 4 && before !== pairing.found.length; round++) {
    before = pairing.found.length;
    pairing.pairAdjacent();
  }
  pairing.pairLater();
  return pairing.found;
}

interface Pair {
  readonly reset: Moment;
  readonly start: Moment;
  readonly how: How;
}

class Pairing {
  readonly found: Succession[] = [];
  readonly #starts: Timeline;
  readonly #resets: Timeline;
  readonly #hasOneKey: boolean;
  /** Resets that have no successor yet. */
  #open: readonly Moment[];

  constructor(windows: readonly WindowDraft[]) {
    const starts: Moment[] = [];
    const resets: Moment[] = [];
    const keys = new Set<string>();
    const isResettable = remembering(canBeReset);
    for (const window of windows) {
      if (window.joins.length > 0 && !window.joins.some(({ key }) => isResettable(key))) continue;
      collectStarts(window, starts);
      collectResets(window, resets);
      for (const { key } of window.former === undefined ? window.joins : [window.former]) {
        if (isResettable(key)) keys.add(key);
      }
    }
    this.#hasOneKey = keys.size === 1;
    this.#open = resets.sort(byTime);
    this.#starts = new Timeline(starts.sort(byTime));
    this.#resets = new Timeline(resets);
  }

  /** Both ends known: nothing new about them, but such a successor is no candidate for anything else. */
  pairKnown(): void {
    for (const reset of this.#open) {
      if (reset.window.joins.length === 0) continue;
      const [nearest] = this.#candidates(reset) ?? nothing;
      if (nearest !== undefined && sharesKey(reset.window, nearest.window)) {
        this.#pair({ reset, start: nearest, how: "known" });
      }
    }
    this.#close();
  }

  /** Before what goes by distance: within seconds the nearest may be the second next. */
  pairInARow(): void {
    const resetsOf = groupByWindow(this.#open);
    const chained = new Set<Moment>();
    for (const reset of this.#open) {
      if (chained.has(reset)) continue;
      const links = chainFrom(
        reset,
        (each) => this.#rightAfter(each),
        (window) => resetsOf.get(window) ?? nothing,
      );
      for (const link of links) chained.add(link.reset);
      if (links.length < 2 || !this.#isAlone(links) || !isOneChat(links, this.#hasOneKey)) continue;
      for (const link of links) this.#pair({ ...link, how: "in-a-row" });
    }
    this.#close();
  }

  pairAdjacent(): void {
    const pairs: Pair[] = [];
    for (const reset of this.#open) {
      const pair = this.#adjacentPair(reset);
      if (pair !== undefined && this.#isOnlyReset(pair)) pairs.push(pair);
    }
    // Chosen before any is paired, so that the order in which resets are looked at does not matter; the surest first.
    for (const sure of ["at-once", "nearest", "only", "same-sender"]) {
      for (const pair of pairs) if (pair.how === sure) this.#pair(pair);
    }
    this.#close();
  }

  pairLater(): void {
    const pairs: Pair[] = [];
    for (const reset of this.#open) {
      const start = this.#nextOfSender(reset);
      if (start !== undefined) pairs.push({ reset, start, how: "later" });
    }
    for (const pair of pairs) this.#pair(pair);
  }

  #rightAfter(reset: Moment): readonly Moment[] {
    const near = this.#starts.between(reset.at - AT_ONCE_MS, reset.at + NEAR_MS) ?? nothing;
    return near.filter((start) => isFree(start) && mayFollow(reset, start));
  }

  /** Nothing else began or was reset around these. */
  #isAlone(links: readonly Link[]): boolean {
    const [first, last] = [links[0], links.at(-1)];
    if (first === undefined || last === undefined) return false;
    const own = new Set([first.reset.window, ...links.map(({ start }) => start.window)]);
    return [this.#starts, this.#resets].every((moments) => {
      const around = moments.between(first.reset.at - ROOM_MS, last.start.at + ROOM_MS);
      return around?.every(({ window }) => own.has(window)) === true;
    });
  }

  #adjacentPair(reset: Moment): Pair | undefined {
    const candidates = this.#candidates(reset);
    const [nearest, ...others] = candidates ?? nothing;
    if (nearest === undefined) return undefined;
    const away = (start: Moment): number => Math.abs(start.at - reset.at);
    const isAlone = (reach: number): boolean => others.every((other) => away(other) > reach);
    if (away(nearest) <= AT_ONCE_MS && isAlone(AT_ONCE_MS)) return { reset, start: nearest, how: "at-once" };
    if (others.length > 0 && away(nearest) <= NEAR_MS && isAlone(ROOM_MS)) {
      return { reset, start: nearest, how: "nearest" };
    }

    const sender = senderOf(reset.window);
    const nextSender = senderOf(nearest.window);
    if (others.length === 0) {
      // Two people, and no room where several speak: more likely the first words of another chat.
      const isTwoPeople = typeof sender === "string" && typeof nextSender === "string" && sender !== nextSender;
      if (isTwoPeople && !nearest.window.joins.some(({ key }) => hasManySenders(key))) return undefined;
      return { reset, start: nearest, how: "only" };
    }
    if (typeof sender !== "string" || nextSender !== sender) return undefined;
    const isOnlyOfSender = others.every(({ window }) => differs(senderOf(window), sender));
    return isOnlyOfSender ? { reset, start: nearest, how: "same-sender" } : undefined;
  }

  #nextOfSender(reset: Moment): Moment | undefined {
    const sender = senderOf(reset.window);
    if (typeof sender !== "string" || this.#candidates(reset)?.length !== 0) return undefined;
    const next = this.#starts.firstFrom(reset.at - AT_ONCE_MS);
    if (next === undefined || next.window.predecessor !== undefined || senderOf(next.window) !== sender)
      return undefined;
    if (!mayFollow(reset, next)) return undefined;
    // 2026.4.25+ keep the moment of the reset in the row; here it would have matched already.
    if (next.window.rows.some(({ row }) => row.sessionStartedAt !== undefined)) return undefined;
    const rivals = this.#resets.between((reset.window.headerAt ?? reset.at) + 1, next.at - 1);
    return rivals?.every((other) => other === reset || other.answered) === true ? next : undefined;
  }

  /** What began around a reset and may be its successor, one start per window, nearest first. Undefined: too many. */
  #candidates(reset: Moment): readonly Moment[] | undefined {
    const near = this.#starts.between(reset.at - AT_ONCE_MS, reset.at + ADJACENT_MS);
    if (near === undefined || near.length === 0) return near;
    const possible = near.filter((start) => isFree(start) && mayFollow(reset, start));
    if (possible.length < 2) return possible;
    possible.sort((a, b) => Math.abs(a.at - reset.at) - Math.abs(b.at - reset.at) || byTime(a, b));
    const seen = new Set<WindowDraft>();
    return possible.filter(({ window }) => !seen.has(window) && seen.add(window));
  }

  /** The other direction: no other reset could have begun this window. */
  #isOnlyReset({ reset, start, how }: Pair): boolean {
    const reach = how === "at-once" ? AT_ONCE_MS : how === "nearest" ? ROOM_MS : ADJACENT_MS;
    const rivals = this.#resets.between(start.at - reach, start.at + AT_ONCE_MS);
    if (rivals === undefined) return false;
    if (how === "at-once" && !this.#areOthersSettled(reset, start)) return false;
    return rivals.every(
      (other) =>
        other === reset ||
        other.answered ||
        other.window === reset.window ||
        !mayFollow(other, start) ||
        (how === "same-sender" && differs(senderOf(other.window), senderOf(start.window))),
    );
  }

  /**
   * Where several chats are reset within a second or two and each goes on a moment later, a beginning may fall upon the reset of
   * another chat: nearness says something only where each reset around it has a beginning as near.
   */
  #areOthersSettled(reset: Moment, start: Moment): boolean {
    const around = this.#resets.between(start.at - NEAR_MS, start.at + AT_ONCE_MS);
    return (
      around?.every(
        (other) =>
          other === reset ||
          other.answered ||
          other.window === reset.window ||
          !mayFollow(other, start) ||
          this.#candidates(other)?.some(
            ({ at, window }) => window !== start.window && Math.abs(at - other.at) <= AT_ONCE_MS,
          ) === true,
      ) === true
    );
  }

  #pair({ reset, start, how }: Pair): void {
    if (!isFree(start)) return;
    const { window, at } = start;
    const succession: Succession = { from: reset.window, to: window, resetAt: reset.at, startedAt: at, how };
    if (isReturn(start)) start.answered = true;
    else window.predecessor = succession;
    reset.answered = true;
    this.found.push(succession);
  }

  #close(): void {
    this.#open = this.#open.filter((reset) => !reset.answered);
  }
}

function groupByWindow(resets: readonly Moment[]): ReadonlyMap<WindowDraft, readonly Moment[]> {
  const groups = new Map<WindowDraft, Moment[]>();
  for (const reset of resets) {
    const others = groups.get(reset.window);
    if (others === undefined) groups.set(reset.window, [reset]);
    else others.push(reset);
  }
  return groups;
}

/** Keys are few, windows many. */
function remembering(ask: (key: string) => boolean): (key: string) => boolean {
  const answers = new Map<string, boolean>();
  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = ask(key)));
    return answer;
  };
}

function collectStarts(window: WindowDraft, starts: Moment[]): void {
  const { headerAt, rows } = window;
  if (headerAt !== undefined) starts.push({ at: headerAt, window, answered: false });
  for (const { row } of rows) {
    const at = row.sessionStartedAt;
    if (at !== undefined && at !== headerAt) starts.push({ at, window, answered: false });
  }
}

function collectResets(window: WindowDraft, resets: Moment[]): void {
  for (const { name } of window.files) {
    if (name.kind === "archive" && name.reason === "reset" && name.at !== undefined)
      resets.push({ at: name.at, window, answered: false });
  }
}

/** A window that was brought back began twice, each time after another one: the first time counts as its beginning. */
function isFree(start: Moment): boolean {
  return isReturn(start) ? !start.answered : start.window.predecessor === undefined;
}

/** The row's start of a window that was set aside before: a restore. */
function isReturn({ at, window: { headerAt, files } }: Moment): boolean {
  if (headerAt === undefined || at <= headerAt) return false;
  return files.some(
    ({ name }) =>
      name.kind === "archive" &&
      name.reason === "reset" &&
      name.at !== undefined &&
      name.at >= headerAt &&
      name.at < at - AT_ONCE_MS,
  );
}

function mayFollow(reset: Moment, { window }: Moment): boolean {
  if (window === reset.window) return false;
  return reset.window.joins.length === 0 || window.joins.length === 0 || sharesKey(reset.window, window);
}

/** Fingerprint of who opened the window; `null` when the opening was looked at and shows none; undefined when unknown. */
function senderOf({ files }: WindowDraft): string | null | undefined {
  for (const { head } of files) {
    if (head?.opening !== undefined) return head.opening.sender ?? null;
  }
  return undefined;
}

/** Known to be different; what is not known might be equal. */
function differs(a: string | null | undefined, b: string | null | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
