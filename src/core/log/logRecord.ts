import type { Place } from "../evidence/evidence";

/** One line of a gateway's log that means something to us. Other lines are not kept. */
export interface LogRecord {
  /** Epoch ms. */
  readonly at: number;
  /** Minutes that the log's clock is ahead of UTC, where the line says so. */
  readonly offsetMinutes: number | undefined;
  readonly event: LogEvent;
  /** The message: at most 300 characters, control characters shown, addresses, numbers and tokens redacted. */
  readonly text: string;
  readonly place: Place;
  /** Epoch ms at which the inspector kept it, when the log itself may be gone by now. */
  readonly recordedAt: number | undefined;
}

/** What a line says. Session keys and ids as written. */
export type LogEvent =
  /** `⇄ res ✓ sessions.reset`, `sessions.delete`, `chat.send`, …: a client's call was answered. */
  | { readonly kind: "rpc"; readonly method: string; readonly ok: boolean }
  /** `Auto-compaction failed (…). Restarting session <key> -> <id> and retrying.` (up to 2026.5.20) */
  | { readonly kind: "compaction-failed"; readonly key: string | undefined; readonly newId: string | undefined }
  /** `Role ordering conflict (…). Restarting session <key> -> <id>.` (up to 2026.7.35) */
  | { readonly kind: "role-conflict"; readonly key: string | undefined; readonly newId: string | undefined }
  /** `Session history corrupted (Gemini function call ordering). Resetting session: <key>` (up to 2026.5.7) */
  | { readonly kind: "history-corrupted"; readonly key: string | undefined }
  /** `Memory flush exhausted. Rotating bloated session <key> -> <id>.` (2026.7.1–7.35) */
  | { readonly kind: "memory-flush-exhausted"; readonly key: string | undefined; readonly newId: string | undefined }
  /** `Preserving existing session mapping for <key>` (2026.5.22+): the opposite of a rotation. */
  | { readonly kind: "mapping-preserved"; readonly key: string | undefined }
  /** `cli session reset: provider=… reason=…`: the id of a provider's command line was dropped; no rotation. */
  | { readonly kind: "cli-session-reset"; readonly reason: string | undefined }
  /** `marked interrupted main session failed` (2026.7.x): no rotation. */
  | { readonly kind: "restart-recovery"; readonly key: string | undefined }
  | { readonly kind: "pruned" | "capped"; readonly count: number | undefined }
  | { readonly kind: "gateway-start"; readonly version: string | undefined }
  | { readonly kind: "gateway-stop" }
  | { readonly kind: "heartbeat" }
  /** `[session-write-lock] releasing lock held for …ms` */
  | { readonly kind: "lock-released"; readonly heldMs: number | undefined }
  /** A connection ended with a code (`code=1006`). */
  | { readonly kind: "connection-closed"; readonly code: number | undefined }
  | { readonly kind: "compaction-start" | "overflow" }
  /**
   * `[context-overflow-precheck] … sessionKey=<key> … route=compact_only estimatedPromptTokens=124349
   * promptBudgetBeforeReserve=111616 …`: what was to be sent did not fit. A check that it does (`route=fits`) is no event.
   */
  | {
      readonly kind: "precheck";
      readonly key?: string | undefined;
      readonly estimatedTokens?: number | undefined;
      readonly budgetTokens?: number | undefined;
    }
  | { readonly kind: "config-reload" };

/** Whether a log covers a moment: no line proves nothing when there is no log. */
export interface LogCoverage {
  readonly file: string;
  /** Epoch ms of the first and the last line. */
  readonly from: number;
  readonly to: number;
}
