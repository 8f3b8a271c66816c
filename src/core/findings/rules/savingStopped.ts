import * as l10n from "@vscode/l10n";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import { type Gap, gapsOf } from "../gap";
import { gapFinding, hasSign } from "./gapFinding";

/** Something moves and the transcript stands still, right now: every further message is lost. */
export function* savingStopped(input: FindingInput): Generator<Finding> {
  const stops = stopsOf(input);
  for (const gap of gapsOf(input)) {
    if (!isStillStopped(gap, stops)) continue;
    yield gapFinding(input, gap, {
      code: "saving.stopped",
      severity: isMoving(gap) ? "error" : "warning",
      title: l10n.t("{0}: nothing is being saved", gap.conversation.label),
    });
  }
}

/**
 * A living process holds the transcript, or the gateway began to compact and never came back (recorded with 2026.5.18), and it
 * was not stopped since.
 */
export function isStillStopped(gap: Gap, lastStop: number | undefined): boolean {
  if (!gap.isOpen) return false;
  if (hasSign(gap, "lock-held")) return true;
  const compaction = gap.signs.find(({ kind }) => kind === "compaction-unfinished");
  return compaction !== undefined && !(lastStop !== undefined && lastStop > compaction.at);
}

/** When the gateway was last stopped or started, as far as the logs reach. Epoch ms. */
export function stopsOf({ evidence: { logs } }: FindingInput): number | undefined {
  let last: number | undefined;
  for (const { event, at } of logs) {
    if (event.kind !== "gateway-stop" && event.kind !== "gateway-start") continue;
    if (last === undefined || at > last) last = at;
  }
  return last;
}

/** A lock alone may belong to a very long run. */
function isMoving(gap: Gap): boolean {
  return gap.signs.some(({ kind, weight }) => kind !== "lock-held" && weight !== "beside");
}
