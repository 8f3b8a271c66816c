import type { TranscriptItem } from "../transcript/entry";
import type { PartId } from "./partId";
import type { LinkTarget, SectionKind } from "./rendered";

/**
 * What is to be shown of one item, before it becomes lines: the same view is laid out as text with links, as Markdown, and
 * searched for the part that a document of its own shows. Texts are as in the file; the layout makes them visible and short.
 */
export interface EntryView {
  readonly item: TranscriptItem;
  readonly kind: SectionKind;
  readonly shape: Shape;
  /** One of marks.ts: tells the kind at a glance, and to the grammar. */
  readonly mark: string;
  readonly heading: readonly Run[];
  /** For the outline; the heading's first run when absent. */
  readonly title: string;
  readonly blocks: readonly BlockView[];
}

/**
 * - `turn`: somebody speaks to the agent; what follows belongs to it.
 * - `entry`: a heading of its own inside the turn.
 * - `result`: belongs to the entry before it (tool results).
 * - `line`: one line, stands tight with its like.
 */
export type Shape = "turn" | "entry" | "result" | "line";

/** A stretch of a line of ours. `text` may contain what a file says: it is made visible and cut by the layout. */
export interface Run {
  readonly text: string;
  readonly hover?: string;
  /** Stands before it instead of the dot between runs. */
  readonly before?: string;
  readonly link?: { readonly target: LinkTarget; readonly tooltip: string };
}

export type BlockView =
  /** Shown in place up to a limit; the rest is one line that links to the part. */
  | {
      readonly kind: "text";
      readonly label: string;
      readonly text: string;
      readonly part: PartId;
      readonly limit: TextLimit;
    }
  /** One line that links to the part, unless it is expanded; `inline`: at the end of the heading instead. */
  | {
      readonly kind: "elided";
      readonly label: string;
      readonly text: string;
      readonly part: PartId;
      readonly inline?: true;
    }
  /** A tool call: one line with the beginning of its arguments. */
  | {
      readonly kind: "call";
      readonly name: string;
      /** The arguments as JSON, cut. */
      readonly short: string;
      /** Whether `short` is all there is. */
      readonly whole: boolean;
      readonly text: string;
      readonly part: PartId;
    }
  | { readonly kind: "image"; readonly mimeType: string; readonly bytes: number; readonly number: number }
  /** Words of ours. */
  | { readonly kind: "note"; readonly mark: string; readonly runs: readonly Run[] };

/** Shown in place: at most so many lines and characters. */
export interface TextLimit {
  readonly lines: number;
  readonly characters: number;
}
