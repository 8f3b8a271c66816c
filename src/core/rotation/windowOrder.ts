import type { Conversation, Window } from "../conversation/model";

/** The start of a window is taken a few milliseconds before the rename of the one before it. */
const BEFORE_RENAME_MS = 50;

/** The windows of one conversation in the order in which they began, and which came after which. */
export class WindowOrder {
  /** Oldest first; those of which no time is known come first. */
  readonly windows: readonly Window[];
  readonly #starts: readonly number[];
  readonly #positions: ReadonlyMap<Window, number>;
  readonly #family: readonly string[];
  /** What the row names, where no time of it is known: nothing was written of it. */
  readonly #unwritten: Window | undefined;
  /** Made when first asked for: few windows are without a time. */
  #bySession: ReadonlyMap<string, Window> | undefined;
  #places: ReadonlyMap<string, number> | undefined;

  constructor({ windows, row }: Conversation) {
    const starts = new Map(windows.map((window) => [window, startOf(window)]));
    this.windows = [...windows].sort((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0));
    this.#starts = this.windows.map((window) => starts.get(window) ?? -Infinity);
    this.#positions = new Map(this.windows.map((window, at) => [window, at]));
    this.#family = row?.usageFamilySessionIds ?? [];
    this.#unwritten =
      row && this.windows.find((each) => each.sessionId === row.sessionId && each.kind === "missing" && !isTimed(each));
  }

  /** The window that began next. Where the window has no time, the list of ids that its key had tells the order. */
  after(window: Window): Window | undefined {
    if (startOf(window) > -Infinity) return this.#next(this.#position(window) + 1);
    this.#places ??= new Map(this.#family.map((id, place) => [id, place]));
    const place = this.#places.get(window.sessionId);
    const next = place === undefined ? undefined : this.#family[place + 1];
    if (next === undefined) return undefined;
    this.#bySession ??= new Map(this.windows.map((each) => [each.sessionId, each]));
    return this.#bySession.get(next);
  }

  /**
   * The window that began first at or after a moment: what followed when this one was set aside then. After the last of them
   * that is what the row names, although nothing was written of it.
   */
  startedFrom(window: Window, at: number): Window | undefined {
    const next = this.#next(Math.max(this.#position(window) + 1, this.#firstFrom(at - BEFORE_RENAME_MS)));
    return next ?? (this.#unwritten === window ? undefined : this.#unwritten);
  }

  #next(from: number): Window | undefined {
    for (let at = from; at < this.windows.length; at++) {
      const next = this.windows[at];
      if (next !== undefined && next.kind !== "bak" && next.kind !== "checkpoint") return next;
    }
    return undefined;
  }

  /** -1 for a window of another conversation. */
  #position(window: Window): number {
    return this.#positions.get(window) ?? -1;
  }

  #firstFrom(at: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isTimed(window: Window): boolean {
  return startOf(window) > -Infinity;
}

/** Epoch ms at which a window began: its header's time, else that of its first entry; `-Infinity` when nothing tells. */
export function startOf({ primary, firstAt }: Window): number {
  const at = primary?.head?.headerAt ?? primary?.index?.header?.at ?? firstAt;
  return at !== undefined && Number.isFinite(at) ? at : -Infinity;
}
