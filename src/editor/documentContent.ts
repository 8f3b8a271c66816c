import type { ReportTarget } from "../core/report/renderedReport";
import type { Rotation } from "../core/rotation/rotation";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import type { HoverSpan, LinkSpan, RenderedEntry, Section } from "../core/render/rendered";
import type { Planned } from "./restorePlans";

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
  /** Of a transcript: the sentence that says why its window ended. */
  readonly cause?: string | undefined;
  /** Of a current window: the sentence that says how the one before it ended. */
  readonly before?: string | undefined;
  /** Who has this in front of him has been told of these. */
  readonly told?: readonly Rotation[];
  /** Of a plan: what its buttons apply. */
  readonly planned?: Planned;
  /** Of a receipt. */
  readonly receipt?: RestoreReceipt;
  /** Of an explanation whose rotation is not known any more: what was known last, and when that was lost (epoch ms). */
  readonly lastKnown?: { readonly content: DocumentContent; readonly since: number } | undefined;
}

/** A link that leads out of the file the document shows. */
export interface OwnLink extends Omit<LinkSpan, "target"> {
  readonly target: OwnTarget;
}

export type OwnTarget =
  | ReportTarget
  /** From a notice of the editor's own to another window of the conversation. */
  | { readonly kind: "current-window"; readonly file: string; readonly windowId: string };

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
