import type { TranscriptIndex } from "../../core/index/transcriptIndex";
import type { RestoreCheck } from "../../core/restore/restoreCheck";
import type { RestoreFacts } from "../../core/restore/restoreFacts";
import type { CheckedPlan } from "../../core/restore/restorePlan";
import type { RestoreRequest } from "../../core/restore/restoreRequest";
import type { Surroundings } from "../../core/surroundings/surroundings";
import type { SealedContents } from "./sealContents";

/** A plan and what it was made from: what carrying it out needs. */
export interface Drawn {
  readonly checked: CheckedPlan;
  /** Absolute. */
  readonly vault: string;
  /** Directories that contents may be read from. */
  readonly within: readonly string[];
  /** Real paths of the directories that files may be changed in. */
  readonly directories: readonly string[];
  readonly contents: SealedContents;
  /** Of what comes back, as it was indexed. */
  readonly source: TranscriptIndex | undefined;
  /** Of a restore: what was asked for, and what was known. */
  readonly restore: { readonly request: RestoreRequest; readonly facts: RestoreFacts } | undefined;
  /** The same look at the disk, now. Throws ReadError. */
  readonly lookAgain: (signal: AbortSignal | undefined) => Promise<SecondLook>;
}

export interface SecondLook {
  readonly checks: readonly RestoreCheck[];
  readonly surroundings: Surroundings;
  /** What is another than when it was planned, by name. */
  readonly changed: string | undefined;
}

export const noContents: SealedContents = { sealed: new Map(), recipes: new Map() };
