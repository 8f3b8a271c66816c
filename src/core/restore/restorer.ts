import type { GatewayFact } from "./gatewayFact";
import type { RestoreReceipt } from "./restoreJournal";
import type { CheckedPlan, RestorePlan } from "./restorePlan";
import type { RestoreRequest } from "./restoreRequest";

/**
 * Giving back: everything that writes into a state directory goes through here, for the editor and for the command line alike.
 * Sentences for people are in the errors.
 */
export interface Restorer {
  /** Where journals, backups and receipts of a state directory are; absolute. */
  vaultOf(stateDir: string): Promise<string>;

  /** Looks at everything and changes nothing. Throws ReadError only when the state directory or the window is not there at all. */
  plan(request: RestoreRequest, progress?: RestoreProgress, signal?: AbortSignal): Promise<CheckedPlan>;

  /**
   * Applies what `plan` gave (this very value, from this restorer). Checks again first. Throws RestoreRefused when something stops
   * it, with the state directory as it was; RestoreFailed when it could neither be finished nor taken back.
   */
  apply(planned: CheckedPlan, progress?: RestoreProgress, signal?: AbortSignal): Promise<RestoreReceipt>;

  /** Every restore, undo and switch ever made here, newest first. */
  list(stateDir: string): Promise<readonly RestoreReceipt[]>;

  /** The way back, when nothing changed since; otherwise blockers that say what did. */
  planUndo(stateDir: string, id: string, gatewayIsStopped?: boolean): Promise<CheckedPlan>;

  /** After something changed: keeps what was said since as a window of its own and points the key to what it pointed to before. */
  planSwitchBack(stateDir: string, id: string, gatewayIsStopped: boolean): Promise<CheckedPlan>;

  /** Restores that were begun and not ended, here or by a process that has gone. */
  unfinished(stateDir: string): Promise<readonly RestoreReceipt[]>;

  /**
   * Ends an unfinished one. Throws RestoreRefused while the process that began it lives or a gateway works here, and where that cannot
   * be told without the user's word for it.
   */
  recover(
    stateDir: string,
    id: string,
    how: "finish" | "take-back",
    gatewayIsStopped?: boolean,
  ): Promise<RestoreReceipt>;

  /** The plan applied to a copy of the state directory's sessions: the copy's path. Nothing in the original changes. */
  rehearse(
    planned: CheckedPlan,
    progress?: RestoreProgress,
    signal?: AbortSignal,
  ): Promise<{ readonly stateDir: string; readonly receipt: RestoreReceipt }>;

  gateway(stateDir: string): Promise<GatewayFact>;

  /** Of one content in the vault, for showing it: absolute path. */
  contentPath(plan: RestorePlan, sha256: string): Promise<string>;
}

/** `done` of `total` bytes; `step` is a sentence for people. */
export type RestoreProgress = (report: {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}) => void;

/** Nothing was changed, or everything was taken back. The message is for people. */
export class RestoreRefused extends Error {
  override readonly name = "RestoreRefused";
}

/** Neither done nor taken back: the message names the journal, what is where, and `recover`. */
export class RestoreFailed extends Error {
  override readonly name = "RestoreFailed";
  constructor(
    message: string,
    readonly id: string,
  ) {
    super(message);
  }
}
