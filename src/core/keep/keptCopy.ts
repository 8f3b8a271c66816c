import type { JoinRung } from "../conversation/model";

/**
 * A copy that was taken out of OpenClaw's reach: `<keep folder>/<hash of the state directory>/<agent>/<name>`. Written once,
 * verified, never changed. What is known of it stands in a record beside it (KeptRecord).
 */
export interface KeptCopy {
  /** Base name within its agent's folder; the original's own, or with a number before it where two differ (keptName.ts). */
  readonly name: string;
  readonly bytes: number;
  /** Hex, lower case; empty where the record is missing or damaged. */
  readonly sha256: string;
  /** Epoch ms. */
  readonly keptAt: number;
  /** Base name it had in the sessions directory: parsed by the grammar of names. */
  readonly originalName: string;
  /** Absolute path it was copied from. */
  readonly originalPath: string;
  /** Epoch ms. */
  readonly mtimeMs: number;
  readonly agentId: string;
  readonly windowId: string;
  readonly sessionId: string;
  /** How its conversation was known when it was kept; a rung of its own, since the evidence may be gone by now. */
  readonly key: string | undefined;
  readonly joinEvidence: string | undefined;
  readonly joinRung: JoinRung | undefined;
}

/**
 * `<name>.kept.json` beside each copy. One small file per copy, made before the copy gets its name and never changed: however
 * many processes keep copies at once, there is no list that one could write over the other's entry in.
 */
export interface KeptRecord {
  readonly schema: 1;
  /** Real path of the state directory. */
  readonly stateDir: string;
  readonly copy: KeptCopy;
}

export interface KeepRequest {
  /** As found (`StateDir.path`). */
  readonly stateDir: string;
  readonly agentId: string;
  readonly windowId: string;
  /** Absolute path of one of the window's files; the fullest when absent. */
  readonly file?: string | undefined;
}

export interface KeptAt {
  readonly copy: KeptCopy;
  /** Absolute. */
  readonly path: string;
}

/** Keeping copies, for both roofs. */
export interface Keeper {
  /** Absolute path of the folder in use, outside every state directory. Undefined: there is none, and nothing can be kept. */
  readonly folder: string | undefined;
  /**
   * Copies the fullest file of a window (or the one named), verified. Already kept: says so and changes nothing. Throws
   * KeepRefused, or ReadError where the original cannot be read.
   */
  keep(request: KeepRequest, signal?: AbortSignal): Promise<KeptAt & { readonly wasKept: boolean }>;
  /** Newest first. */
  list(stateDir: string): Promise<readonly KeptAt[]>;
}

/** Nothing was kept; what was there is as it was. The message is for people. */
export class KeepRefused extends Error {
  override readonly name = "KeepRefused";
}
