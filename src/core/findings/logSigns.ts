import * as l10n from "@vscode/l10n";
import { evidence } from "../evidence/evidence";
import type { LogRecord } from "../log/logRecord";
import { formatDuration, isoTime } from "../text/formatTime";
import type { Sign } from "./gap";
import type { Silence } from "./gapSigns";

/** What is younger may still be answered. */
export const SETTLED_MS = 10 * 60_000;
/** Around a line of the log that names no conversation. */
export const NEAR_MS = 60_000;
/** Right after the answer that made the history too long. */
export const COMPACTION_AFTER_MS = 5_000;

/** What a line is held against; lines of a log name no conversation. */
export interface LineContext {
  readonly silence: Silence;
  readonly now: number;
  /** Epoch ms at which the row was last spoken to, for a silence that lasts. */
  readonly interaction: number | undefined;
  /** There is no other conversation that it could be about. */
  readonly isOnlyOne: boolean;
  /** How many transcripts end between two times. */
  readonly endsBetween: (from: number, to: number) => number;
}

/** What a line of the log tells about a silence; undefined when it tells nothing, or may be about another conversation. */
export function signOfLine(record: LogRecord, context: LineContext): Sign | undefined {
  const { event, at } = record;
  if (event.kind === "compaction-start") return unfinished(record, context);

  const { window, after, until, isOpen } = context.silence;
  const { now, interaction, isOnlyOne } = context;
  if (at <= after || at >= until || (isOpen && at > now - SETTLED_MS)) return undefined;
  if (!isOnlyOne && !(interaction !== undefined && Math.abs(at - interaction) <= NEAR_MS)) return undefined;

  const when = isoTime(at) ?? "";
  if (event.kind === "lock-released") {
    const { heldMs } = event;
    // Held since the last entry, or since the turn that set the transcript aside: it was this conversation's.
    const begins = [after, window.archivedAt ?? after];
    const isItsLock = heldMs !== undefined && begins.some((begin) => Math.abs(at - heldMs - begin) <= SETTLED_MS);
    return sign("lock-released", isItsLock ? "strong" : "weak", record, () =>
      heldMs === undefined
        ? l10n.t("The gateway took away a lock on a transcript that was held too long, at {0}.", when)
        : l10n.t(
            "The gateway took away a lock on a transcript that had been held for {0}, at {1}.",
            formatDuration(heldMs),
            when,
          ),
    );
  }
  if (event.kind === "rpc") {
    // What precedes the next entry by little is what that entry answers.
    if (at <= after + NEAR_MS || at >= until - NEAR_MS) return undefined;
    return sign("message-sent", "weak", record, () => l10n.t("The gateway accepted a message at {0}.", when));
  }
  if (event.kind !== "connection-closed") return undefined;
  const { code } = event;
  return sign("connection-closed", "beside", record, () =>
    code === undefined
      ? l10n.t("A connection to the gateway was lost at {0}.", when)
      : l10n.t("A connection to the gateway was lost at {0} with code {1}.", when, String(code)),
  );
}

/** It began right after the last entry, somebody spoke after that, and no entry followed (recorded with 2026.5.18). */
function unfinished(record: LogRecord, { silence, now, interaction, endsBetween }: LineContext): Sign | undefined {
  const { at } = record;
  const { after, isOpen } = silence;
  if (!isOpen || now - at < SETTLED_MS || Math.abs(at - after) > COMPACTION_AFTER_MS) return undefined;
  const wentOn = interaction !== undefined && interaction > Math.max(at, after) + 1_000;
  // Another transcript that ended then may be the one that was compacted.
  if (!wentOn || endsBetween(at - COMPACTION_AFTER_MS, at + 500) !== 1) return undefined;
  return sign("compaction-unfinished", "strong", record, () =>
    l10n.t("The gateway began to compact the history at {0}, and nothing tells that it ended.", isoTime(at) ?? ""),
  );
}

/** The lines that `signOfLine` may have something to say about. */
export function mayTell({ event, at }: LogRecord): boolean {
  if (Number.isNaN(at)) return false;
  if (event.kind === "rpc") return event.ok && event.method === "chat.send";
  // 1006: closed without a word, as when the other end died.
  if (event.kind === "connection-closed") return event.code === undefined || event.code === 1006;
  return event.kind === "compaction-start" || event.kind === "lock-released";
}

function sign(kind: Sign["kind"], weight: Sign["weight"], record: LogRecord, say: () => string): Sign {
  return { kind, weight, at: record.at, evidence: evidence("log", say, record.place, record.recordedAt) };
}
