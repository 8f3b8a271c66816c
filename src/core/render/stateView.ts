import * as l10n from "@vscode/l10n";
import type {
  CustomEntry,
  LabelEntry,
  LeafEntry,
  ModelChangeEntry,
  SessionInfoEntry,
  ThinkingLevelChangeEntry,
  TranscriptItem,
  UnknownEntry,
} from "../transcript/entry";
import type { ViewContext } from "./entryView";
import { compactJson, prettyJson, readableJson } from "./jsonText";
import { marks } from "./marks";
import { modelName } from "./speakerName";
import type { BlockView, EntryView, Run } from "./view";

type StateEntry =
  ModelChangeEntry | ThinkingLevelChangeEntry | CustomEntry | LabelEntry | SessionInfoEntry | LeafEntry | UnknownEntry;

/** Rows that say nothing: one line each. */
export function stateView(item: TranscriptItem, entry: StateEntry, { clock }: ViewContext): EntryView {
  const { runs, blocks } = content(entry);
  const time = clock.run(entry.at, entry.timestamp);
  return {
    item,
    kind: entry.type === "unknown" ? "unknown" : "state",
    shape: "line",
    mark: entry.type === "unknown" ? marks.unknown : marks.state,
    heading: time ? [...runs, time] : runs,
    title: runs[0]?.text ?? "",
    blocks,
  };
}

function content(entry: StateEntry): { readonly runs: readonly Run[]; readonly blocks: readonly BlockView[] } {
  switch (entry.type) {
    case "model_change":
      return line(l10n.t("model {0}", modelName(entry.provider, entry.modelId)[0] ?? "?"));
    case "thinking_level_change":
      return line(l10n.t("thinking level {0}", entry.thinkingLevel ?? "?"));
    case "session_info":
      return line(l10n.t("session is named {0}", entry.name ?? "?"));
    case "label":
      if (entry.label === undefined) return line(l10n.t("label removed"), entryLink(entry.targetId));
      return line(l10n.t("label {0}", entry.label), entryLink(entry.targetId));
    case "leaf":
      return line(l10n.t("the conversation continues elsewhere"), entryLink(entry.targetId));
    case "custom": {
      const runs = [{ text: l10n.t("custom {0}", entry.customType ?? "?") }];
      if (entry.data === undefined || entry.data === null) return { runs, blocks: [] };
      return {
        runs,
        blocks: [{ kind: "elided", label: l10n.t("data"), text: readableJson(entry.data), part: "data", inline: true }],
      };
    }
    case "unknown": {
      const { text, whole } = compactJson(entry.raw, 160);
      const name =
        entry.writtenType === undefined
          ? l10n.t("row without a kind")
          : l10n.t("row of unknown kind {0}", entry.writtenType);
      const raw: BlockView = {
        kind: "elided",
        label: l10n.t("whole row"),
        text: prettyJson(entry.raw),
        part: "row",
        inline: true,
      };
      return { runs: [{ text: name }, { text }], blocks: whole ? [] : [raw] };
    }
  }
}

function line(text: string, more?: Run): { readonly runs: readonly Run[]; readonly blocks: readonly BlockView[] } {
  return { runs: more ? [{ text }, more] : [{ text }], blocks: [] };
}

function entryLink(id: string | undefined): Run | undefined {
  if (id === undefined) return undefined;
  return {
    text: l10n.t("entry {0}", id),
    link: { target: { kind: "entry", id }, tooltip: l10n.t("Go to this entry") },
  };
}
