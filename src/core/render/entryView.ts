import * as l10n from "@vscode/l10n";
import type { TranscriptItem } from "../transcript/entry";
import type { Clock } from "./clock";
import { damageView } from "./damageView";
import { marks } from "./marks";
import { customMessageView, messageView } from "./messageView";
import { stateView } from "./stateView";
import { compactionView, branchSummaryView, resetView } from "./summaryViews";
import { isTraceRecord, trajectoryView } from "./trajectoryView";
import type { EntryView } from "./view";

/** What is carried from one entry to the next. */
export interface ViewContext {
  readonly clock: Clock;
  /** Calls that were made together, by call id: their results say which is which. */
  readonly calls: Map<string, string>;
  /** Offset of the item before; a damaged line can be several items. */
  previousOffset?: number;
}

export function entryView(item: TranscriptItem, context: ViewContext): EntryView {
  const view = viewOf(item, context);
  context.previousOffset = item.position.offset;
  return view;
}

function viewOf(item: TranscriptItem, context: ViewContext): EntryView {
  if (item.kind === "damage") return damageView(item, context.previousOffset === item.position.offset);
  if (item.kind === "header") {
    const text = l10n.t("header of session {0}", item.header.id);
    const time = context.clock.run(item.header.at, item.header.timestamp);
    return {
      item,
      kind: "state",
      shape: "line",
      mark: marks.state,
      heading: time ? [{ text }, time] : [{ text }],
      title: text,
      blocks: [],
    };
  }
  const { entry } = item;
  switch (entry.type) {
    case "message":
      return messageView(item, entry, context);
    case "custom_message":
      return customMessageView(item, entry, context);
    case "compaction":
      return compactionView(item, entry, context);
    case "branch_summary":
      return branchSummaryView(item, entry, context);
    case "reset":
      return resetView(item, entry, context);
    case "model_change":
    case "thinking_level_change":
    case "custom":
    case "label":
    case "session_info":
    case "leaf":
      return stateView(item, entry, context);
    case "unknown":
      return isTraceRecord(entry) ? trajectoryView(item, entry, context.clock) : stateView(item, entry, context);
  }
}
