import * as l10n from "@vscode/l10n";
import { causeInShort } from "../core/report/storySection";
import { type CauseKind, firstCause, type Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import { isRemoval } from "./explainName";

/** `Reset on 2026-03-31 04:00: daily reset (likely), by a heartbeat`: short, for a line that says more than that. */
export function endedInShort(rotation: Rotation, timeZone: string | undefined): string {
  const why = causeInShort(rotation);
  const { at } = rotation;
  if (at === undefined) return l10n.t("The window before ended: {0}", why);
  const when = formatTime(at, { timeZone, precision: "minute" });
  const cause = firstCause(rotation);
  if (cause !== "unknown" && resets.has(cause)) return l10n.t("Reset on {0}: {1}", when, why);
  if (isRemoval(rotation)) return l10n.t("Deleted on {0}: {1}", when, why);
  return l10n.t("The window before ended on {0}: {1}", when, why);
}

/** What people call a reset. */
const resets: ReadonlySet<CauseKind> = new Set([
  "command",
  "rpc",
  "daily",
  "idle",
  "ended-row",
  "compaction-failure",
  "role-conflict",
  "history-corruption",
  "memory-flush",
]);
