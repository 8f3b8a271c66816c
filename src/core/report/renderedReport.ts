import type { Place } from "../evidence/evidence";
import type { Section } from "../render/rendered";

/** A report as a document: text, and what an editor hangs on it. Lines and characters count from 0. */
export interface RenderedReport {
  /** Lines end in `\n`, the last one too. */
  readonly text: string;
  /** Ordered, without children; the first line of each is its heading. */
  readonly sections: readonly Section[];
  /** Ordered, not overlapping. Made from places and ids only, never from what a transcript or a log says. */
  readonly links: readonly ReportLink[];
}

export interface ReportLink {
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  readonly target: ReportTarget;
  readonly tooltip: string;
}

export type ReportTarget =
  /** A file, at a line where the place says so. */
  | { readonly kind: "place"; readonly place: Place }
  /** A window of a conversation, as a transcript. */
  | {
      readonly kind: "window";
      readonly stateDir: string;
      readonly windowId: string;
      /** Path of the copy that is shown; undefined when none is left. */
      readonly file: string | undefined;
    }
  /** The report about another rotation. */
  | { readonly kind: "rotation"; readonly stateDir: string; readonly rotationId: string };
