import type { WindowKind } from "../conversation/model";
import type { BranchMap } from "../transcript/branches";
import type { PartId } from "./partId";

/** What a document of ours consists of: text, and everything an editor hangs on it. Lines and characters count from 0. */
export interface RenderedTranscript {
  /** Lines end in `\n`, the last one too. Characters are UTF-16 units, as in VS Code. */
  readonly text: string;
  /** Ordered and nested; for outline, folding and sticky scroll. */
  readonly sections: readonly Section[];
  /** Ordered, not overlapping. Made from positions and ids only, never from what a transcript says. */
  readonly links: readonly LinkSpan[];
  /** Ordered, not overlapping. */
  readonly hovers: readonly HoverSpan[];
  /** Every item of the page, in file order. */
  readonly entries: readonly RenderedEntry[];
}

export type SectionKind =
  | "user"
  | "assistant"
  | "mirror"
  | "tool"
  | "machine"
  | "context"
  | "compaction"
  | "reset"
  | "state"
  | "branch"
  | "damage"
  | "unknown";

export interface Section {
  readonly kind: SectionKind;
  /** One line for the outline: who, or the first words. */
  readonly title: string;
  /** What stands dimmed beside it: the time. */
  readonly detail: string;
  readonly firstLine: number;
  /** Inclusive. Blank lines behind a section are not part of it. */
  readonly lastLine: number;
  readonly children: readonly Section[];
}

export interface LinkSpan {
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  readonly target: LinkTarget;
  readonly tooltip: string;
}

export type LinkTarget =
  /** An elided part of the entry at `offset`, as a document of its own; very long ones have pages (from 0). */
  | { readonly kind: "part"; readonly offset: number; readonly part: PartId; readonly page?: number }
  | { readonly kind: "page"; readonly page: number }
  /** The document that opens at the end and grows. */
  | { readonly kind: "end" }
  | { readonly kind: "raw-line"; readonly offset: number }
  /** The image numbered `block` (from 0) of the entry at `offset`; see imageAt. */
  | { readonly kind: "image"; readonly offset: number; readonly block: number }
  | { readonly kind: "entry"; readonly id: string }
  | WindowTarget
  | RotationTarget;

/** Another window of the conversation, as a transcript. */
export interface WindowTarget {
  readonly kind: "window";
  readonly stateDir: string;
  readonly windowId: string;
  readonly file: string;
}

/** The report about how a window ended. */
export interface RotationTarget {
  readonly kind: "rotation";
  readonly stateDir: string;
  readonly rotationId: string;
}

export interface HoverSpan {
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  readonly text: string;
}

export interface RenderedEntry {
  /** Byte offset in the file. */
  readonly offset: number;
  /** Line in the file, from 1, where known. */
  readonly line: number | undefined;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly id: string | undefined;
}

export interface RenderOptions {
  /** IANA name, `Europe/Berlin`. The system's zone when undefined. */
  readonly timeZone: string | undefined;
  /** Parts that are shown in place: `partKey(offset, part)`; or all of them, for a terminal. */
  readonly expanded: ReadonlySet<string> | "all";
  readonly title: TranscriptTitle;
  /** Computed from the page when absent. */
  readonly branches?: BranchMap;
  /** The file may still grow. */
  readonly live: boolean;
  /** Parts of the frame to leave out, for output that is put together from many pages. */
  readonly without?: { readonly header?: boolean; readonly footer?: boolean };
}

export interface TranscriptTitle {
  /** What people call the conversation: `main`. */
  readonly label: string;
  /** Its session key; undefined for an orphan. */
  readonly key: string | undefined;
  readonly kind: WindowKind;
  /** When the window was set aside, epoch ms. */
  readonly archivedAt: number | undefined;
  /** Base name of the file. */
  readonly file: string;
  /** Why it was set aside: a whole sentence, when it is known. */
  readonly cause?: string;
  /** Of a current window: how the one before it ended. */
  readonly before?: WindowBefore;
}

/** Whoever opens "my chat" after a reset must see that it was one, and where the rest is. */
export interface WindowBefore {
  /** `Reset on 2026-03-31 04:00: daily reset (likely), by a heartbeat`. */
  readonly sentence: string;
  /** Somebody wanted it: then it needs no attention. */
  readonly isPlain: boolean;
  /** `5 earlier messages`; a way to them where their transcript is still on disk. */
  readonly earlier: { readonly text: string; readonly target: WindowTarget | undefined };
  /** `Explain`. */
  readonly explain: { readonly text: string; readonly target: RotationTarget };
}
