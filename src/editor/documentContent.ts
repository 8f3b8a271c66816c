import type { HoverSpan, LinkSpan, RenderedEntry, Section } from "../core/render/rendered";

/** What a text document of ours shows, and what the language features say about it. One parse feeds all of it. */
export interface DocumentContent {
  readonly text: string;
  readonly sections: readonly Section[];
  readonly links: readonly (LinkSpan | OwnLink)[];
  readonly hovers: readonly HoverSpan[];
  readonly entries: readonly RenderedEntry[];
  /** The file it was read from: not always the one the address names, as a reset renames files. */
  readonly file: string;
  /** Neighbouring pages of the transcript. */
  readonly previousPage: number | undefined;
  readonly nextPage: number | undefined;
  /** False when there was no index yet: then counts, line numbers, and branches that begin on other pages are missing. */
  readonly counted: boolean;
}

/** A link of the editor's own, from one of its notices to another window of the conversation. */
export interface OwnLink extends Omit<LinkSpan, "target"> {
  readonly target: { readonly kind: "current-window"; readonly file: string; readonly windowId: string };
}

/** Words of ours in place of something that cannot be shown. */
export function noticeContent(file: string, notice: string): DocumentContent {
  return {
    text: `${notice}\n`,
    sections: [],
    links: [],
    hovers: [],
    entries: [],
    file,
    previousPage: undefined,
    nextPage: undefined,
    counted: true,
  };
}
