import type { TranscriptPage } from "../../../src/core/inspectorPort";
import type { RenderOptions, TranscriptTitle } from "../../../src/core/render/rendered";
import type { TranscriptItem } from "../../../src/core/transcript/entry";
import { itemsOf, type Line } from "../transcript/records";

export function pageOf(...lines: readonly Line[]): TranscriptPage {
  return pageOfItems(itemsOf(...lines));
}

export function pageOfItems(items: readonly TranscriptItem[], extra: Partial<TranscriptPage> = {}): TranscriptPage {
  return {
    path: "/state/agents/main/sessions/s-1.jsonl",
    range: { kind: "tail", from: 0 },
    size: items.at(-1)?.position.offset ?? 0,
    items,
    header: items.find(({ kind }) => kind === "header"),
    previousPage: undefined,
    nextPage: undefined,
    pageCount: 1,
    index: undefined,
    ...extra,
  };
}

export const title: TranscriptTitle = {
  label: "main",
  key: "agent:main:main",
  kind: "live",
  archivedAt: undefined,
  file: "s-1.jsonl",
};

export function options(extra: Partial<RenderOptions> = {}): RenderOptions {
  return { timeZone: "UTC", expanded: new Set(), title, live: false, ...extra };
}

/** Only what is between header and footer. */
export const bare: Partial<RenderOptions> = { without: { header: true, footer: true } };
