import type { Join } from "./model";
import type { WindowDraft } from "./windowDraft";

/** The key that a window belonged to before its row, and since when (epoch ms) it is the row's. */
export interface Former {
  readonly key: string;
  readonly since: number;
}

/** A row that OpenClaw begins for a new session is at most so much younger than the header (2026.5.18: 21 s, recorded). */
const SAME_BEGINNING_MS = 60_000;

/**
 * A row that began long after the session it means has it from elsewhere: a restore gives what it displaces a key of its own. What
 * names one other key and was written before that then tells of the past, and does not speak against the row.
 */
export function formerKeyOf(
  { rows, headerAt, trajectories }: WindowDraft,
  disagreeing: Join["disagreeing"],
): Former | undefined {
  const [resolved, another] = rows;
  const since = resolved?.row.sessionStartedAt;
  const [first] = disagreeing;
  if (since === undefined || another !== undefined || headerAt === undefined || first === undefined) return undefined;
  if (since - headerAt <= SAME_BEGINNING_MS || disagreeing.some(({ key }) => key !== first.key)) return undefined;
  const isNewer = trajectories.some(
    ({ head }) => head?.sessionKey === first.key && (head.headerAt ?? head.firstAt ?? Infinity) >= since,
  );
  return isNewer ? undefined : { key: first.key, since };
}

/** The key of a window at a moment of its life. */
export function keyAt({ former, joins }: WindowDraft, at: number): string | undefined {
  return former !== undefined && at < former.since ? former.key : joins[0]?.key;
}
