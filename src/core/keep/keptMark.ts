import type { JoinRung } from "../conversation/model";
import type { Problem } from "../problem";
import type { KeptRecord } from "./keptCopy";
import { originalOf } from "./keptName";

/** What marks a file as a copy that was kept out of OpenClaw's reach, with what its record says. */
export interface KeptMark {
  /** Epoch ms; undefined where the record is missing or damaged. */
  readonly at: number | undefined;
  /** Of the content when it was kept; hex, lower case. */
  readonly sha256: string | undefined;
  /** Base name of the original. */
  readonly originalName: string;
  /** Absolute. */
  readonly originalPath: string | undefined;
  /** The conversation it was joined to when it was kept, by which evidence. */
  readonly key: string | undefined;
  readonly joinEvidence: string | undefined;
  readonly joinRung: JoinRung | undefined;
  /** What is wrong with the record. */
  readonly problem: Problem | undefined;
}

export function markOf({ copy }: KeptRecord): KeptMark {
  const { keptAt, sha256, originalName, originalPath, key, joinEvidence, joinRung } = copy;
  return { at: keptAt, sha256, originalName, originalPath, key, joinEvidence, joinRung, problem: undefined };
}

/** A copy of which only its name tells. */
export function markWithoutRecord(base: string, problem: Problem): KeptMark {
  return {
    at: undefined,
    sha256: undefined,
    originalName: originalOf(base),
    originalPath: undefined,
    key: undefined,
    joinEvidence: undefined,
    joinRung: undefined,
    problem,
  };
}
