import type { ResolvedRow } from "./agentInput";
import type { Former } from "./formerKey";
import type { Join, SessionFile } from "./model";
import type { Succession } from "./succession";

/**
 * A window while it is being told: what its files say, then, filled in step by step, which rows mean it and which keys it
 * belongs to. Known by the header's id and the first entry, never by a name.
 *
 * The steps write into the draft instead of keeping maps beside it: ten thousand windows are built before the first tree
 * is shown, in code that has not run before.
 */
export interface WindowDraft {
  readonly sessionId: string;
  /**
   * The last part of the window's id: first entry id, `-` where there is none, `~<name>` where no head was read (`~` where
   * there is no file, but an archive of the session that is a bare header).
   */
  readonly identity: string;
  /** Sorted by path. Empty for a window known from other evidence only. */
  readonly files: readonly SessionFile[];
  /** The header's time: when the session began. Epoch ms. */
  readonly headerAt: number | undefined;
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;

  /** Store rows that mean this window (currentWindows.ts). */
  rows: readonly ResolvedRow[];
  /** None: an orphan so far. Several: several store rows mean this window (joinWindows.ts). */
  joins: readonly Join[];
  /** Claims that cannot be decided between. Only where `joins` is empty. */
  undecided: Join["disagreeing"];
  /** Under another key until its row began (formerKey.ts). */
  former: Former | undefined;
  /** Run traces of the session (trajectoryHomes.ts). */
  trajectories: readonly SessionFile[];
  /** What was set aside when this window began, as far as the clock can tell (succession.ts). */
  predecessor: Succession | undefined;
}

/** A window without a file: known from a store row, a trajectory or a list of ids. */
export function draftWithoutFiles(sessionId: string, identity: "-" | "~"): WindowDraft {
  return {
    sessionId,
    identity,
    files: nothing,
    headerAt: undefined,
    firstAt: undefined,
    lastAt: undefined,
    rows: nothing,
    joins: nothing,
    undecided: nothing,
    former: undefined,
    trajectories: nothing,
    predecessor: undefined,
  };
}

/** The one empty list, so that empty lists are equal by identity. */
export const nothing: readonly never[] = Object.freeze([]);
