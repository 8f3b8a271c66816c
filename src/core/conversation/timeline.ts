import { compareText } from "./fileFacts";
import { nothing, type WindowDraft } from "./windowDraft";

/** A window at one moment: it began, or it was reset. */
export interface Moment {
  readonly at: number;
  readonly window: WindowDraft;
  /** A reset whose successor is found; a return (a window that was brought back) whose predecessor is. */
  answered: boolean;
}

export function byTime(a: Moment, b: Moment): number {
  if (a.at !== b.at) return a.at - b.at;
  return compareText(a.window.sessionId, b.window.sessionId) || compareText(a.window.identity, b.window.identity);
}

export function sharesKey(a: WindowDraft, b: WindowDraft): boolean {
  return a.joins.some(({ key }) => b.joins.some((join) => join.key === key));
}

/** More moments than this between two times decide nothing; it also bounds the work. */
const CROWD = 64;

/** Moments in order. Asked mostly for one after the other, so it looks near the place of the last answer. */
export class Timeline {
  #at = 0;

  constructor(private readonly moments: readonly Moment[]) {}

  /** From one time to another, both included; undefined when they are a crowd. */
  between(from: number, to: number): readonly Moment[] | undefined {
    this.#seek(from);
    let end = this.#at;
    while ((this.moments[end]?.at ?? Infinity) <= to) {
      end++;
      if (end - this.#at > CROWD) return undefined;
    }
    return end === this.#at ? nothing : this.moments.slice(this.#at, end);
  }

  firstFrom(time: number): Moment | undefined {
    this.#seek(time);
    return this.moments[this.#at];
  }

  /** Goes to the first moment that is not before a time. */
  #seek(time: number): void {
    const { moments } = this;
    let at = this.#at;
    for (let step = 1; at > 0 && (moments[at - 1]?.at ?? -Infinity) >= time; step *= 2) at = Math.max(0, at - step);
    for (; at < moments.length && (moments[at]?.at ?? Infinity) < time; at++);
    this.#at = at;
  }
}
