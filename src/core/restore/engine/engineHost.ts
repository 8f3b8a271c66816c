import type { RestoreProgress } from "../restorer";

/** What the engine needs of the machine besides files (restoreFiles.ts). */
export interface EngineHost {
  /** A new SHA-256. */
  readonly hash: () => StreamingHash;
  /** Epoch ms. */
  readonly now: () => number;
  readonly process: EngineProcess;
}

export interface StreamingHash {
  update(bytes: Uint8Array): void;
  /** Hex, lower case. */
  digest(): string;
}

/** Who we are, and whether somebody who left a lock behind still lives. */
export interface EngineProcess {
  readonly pid: number;
  /** Our own start, clock ticks since the machine was started; Linux only. */
  startTicks(): Promise<number | undefined>;
  /** False only when it is certain that this process has gone. */
  mayLive(holder: LockHolder): Promise<boolean>;
}

export interface LockHolder {
  readonly pid: number;
  readonly startTicks: number | undefined;
  /** Epoch ms at which the lock was made. */
  readonly createdAt: number | undefined;
}

/** Where files may be changed, whatever a plan or a journal says. */
export interface EnginePlaces {
  /** Real paths of the directories that hold sessions and their index. */
  readonly directories: readonly string[];
}

export interface ApplyOptions extends EngineHost, EnginePlaces {
  /** Who applies, for the journal: `OpenClaw Session Inspector 0.4.0 (command line)`. */
  readonly tool: string;
  /** The bytes that are not in the vault yet. They are copied into it, and checked, before anything is changed. */
  readonly provide: Provide;
  /** Reads the result with the product's own readers: what was seen, whole sentences. Throws when it is not as it should be. */
  readonly verify?: (() => Promise<readonly string[]>) | undefined;
  /** Takes `sessions.json.lock` as OpenClaw up to 2026.4.29 does while it writes the index. */
  readonly lockIndex?: boolean | undefined;
  readonly progress?: RestoreProgress | undefined;
  /** Heeded until the first change. After that things are finished or taken back. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of one content that a plan names by its hash, in pieces of at most 1 MB. What comes is hashed again: a source may
 * change meanwhile.
 */
export type Provide = (sha256: string, signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>;

export interface RecoverOptions extends EngineHost, EnginePlaces {
  readonly verify?: (() => Promise<readonly string[]>) | undefined;
  readonly progress?: RestoreProgress | undefined;
}
