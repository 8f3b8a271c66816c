import * as l10n from "@vscode/l10n";
import { formatNumber } from "../text/formatSize";
import type { BranchSummaryEntry, CompactionEntry, ResetEntry, TranscriptItem } from "../transcript/entry";
import { summaryLimit } from "./blockViews";
import type { ViewContext } from "./entryView";
import { marks } from "./marks";
import type { BlockView, EntryView, Run } from "./view";

/** Where the model's memory was replaced by a summary. */
export function compactionView(item: TranscriptItem, entry: CompactionEntry, { clock }: ViewContext): EntryView {
  const time = clock.run(entry.at, entry.timestamp, undefined, true);
  const tokens =
    entry.tokensBefore === undefined
      ? undefined
      : entry.tokensAfter === undefined
        ? l10n.t("{0} tokens before", formatNumber(entry.tokensBefore))
        : l10n.t("{0} tokens before, {1} after", formatNumber(entry.tokensBefore), formatNumber(entry.tokensAfter));
  return {
    item,
    kind: "compaction",
    shape: "turn",
    mark: marks.compaction,
    heading: [{ text: l10n.t("compaction") }, ...present(time), ...(tokens === undefined ? [] : [{ text: tokens }])],
    title: l10n.t("compaction"),
    blocks: [
      keptNote(l10n.t("from here on the model sees this summary instead of what came before"), entry.firstKeptEntryId),
      ...summaryBlock(entry.summary),
    ],
  };
}

export function branchSummaryView(item: TranscriptItem, entry: BranchSummaryEntry, { clock }: ViewContext): EntryView {
  return {
    item,
    kind: "compaction",
    shape: "entry",
    mark: marks.context,
    heading: [{ text: l10n.t("summary of an abandoned branch") }, ...present(clock.run(entry.at, entry.timestamp))],
    title: l10n.t("summary of an abandoned branch"),
    blocks: summaryBlock(entry.summary),
  };
}

/** A reset of the SQLite era: a row inside the transcript. */
export function resetView(item: TranscriptItem, entry: ResetEntry, { clock }: ViewContext): EntryView {
  const name = entry.reason === undefined ? l10n.t("reset") : l10n.t("reset, reason {0}", entry.reason);
  return {
    item,
    kind: "reset",
    shape: "turn",
    mark: marks.reset,
    heading: [{ text: name }, ...present(clock.run(entry.at, entry.timestamp, undefined, true))],
    title: name,
    blocks: [keptNote(l10n.t("the model no longer sees what came before"), entry.firstKeptEntryId)],
  };
}

function keptNote(text: string, firstKept: string | undefined): BlockView {
  const runs: Run[] = [{ text }];
  if (firstKept !== undefined) {
    runs.push({
      text: l10n.t("entries from {0} on are kept", firstKept),
      link: { target: { kind: "entry", id: firstKept }, tooltip: l10n.t("Go to the first entry that was kept") },
    });
  }
  return { kind: "note", mark: marks.state, runs };
}

function summaryBlock(summary: string): BlockView[] {
  if (summary.trim() === "") return [];
  return [{ kind: "text", label: l10n.t("summary"), text: summary, part: "summary", limit: summaryLimit }];
}

function present(run: Run | undefined): Run[] {
  return run ? [run] : [];
}
