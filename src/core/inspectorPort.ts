import type { Snapshot } from "./conversation/model";
import type { Explanations } from "./explanations";
import type { Keeper } from "./keep/keptCopy";
import type { NoticeMemory } from "./noticeMemory";
import type { Restorer } from "./restore/restorer";
import type { TranscriptIndex } from "./index/transcriptIndex";
import type { TranscriptItem } from "./transcript/entry";
import type { PageRange } from "./transcript/page";

/** What `createInspector` (src/inspector.ts) gives: the only thing the editor and the command line know of disk. */
export interface Inspector {
  /** The latest known state of everything. Empty before the first `refresh`. Never mutated. */
  readonly snapshot: Snapshot;

  /** How changes are noticed, and why not by events where that failed. */
  readonly watching: WatchState;

  /** Called with what changed, after `snapshot` was replaced. Calls are never nested and never overlap. */
  onDidChange(listener: (change: InspectorChange) => void): Disposable;

  /**
   * Looks for state directories, lists them and reads heads; unchanged files come from the cache. Resolves when every
   * conversation can be listed; counts arrive afterwards with change events, in the background. Concurrent calls share a run.
   */
  refresh(): Promise<Snapshot>;

  /** Resolves when every transcript of the current snapshot is indexed (or cannot be). */
  whenIndexed(signal?: AbortSignal): Promise<Snapshot>;

  /**
   * Why windows ended and what else is worth attention, as last found out. Empty before the first snapshot was explained;
   * then it follows the snapshot, a moment behind it, with a change event that says `explained`.
   */
  readonly explanations: Explanations;

  /** Resolves when everything in the current snapshot is indexed and explained. */
  whenExplained(signal?: AbortSignal): Promise<Explanations>;

  /** What was announced already, shared by all that use the same storage. */
  readonly notices: NoticeMemory;

  /** Gives conversations back. The only thing that writes into a state directory. */
  readonly restorer: Restorer;

  /** Keeps copies out of OpenClaw's reach. */
  readonly keeper: Keeper;

  /** Starts watching. The first tree never waits for it. */
  watch(): void;

  /**
   * Reads and parses one page. Works for every file shown in the snapshot, `.zst` archives included, and for what was
   * admitted.
   * Throws ReadError when the file cannot be read; damage inside the file is items, not errors.
   */
  readPage(path: string, range: PageRange, signal?: AbortSignal): Promise<TranscriptPage>;

  /** The items of the one line that starts at byte `offset`. */
  readLineAt(path: string, offset: number, signal?: AbortSignal): Promise<readonly TranscriptItem[]>;

  /** Line number (from 1) of the line at byte `offset`; counts newlines where no index is at hand. */
  lineNumberAt(path: string, offset: number, signal?: AbortSignal): Promise<number>;

  /** The index of a file, made now when it is not there yet. */
  index(path: string, signal?: AbortSignal): Promise<TranscriptIndex>;

  /**
   * Lets a file be read that no state directory shows, because the user pointed at it: a copy, a download. It has no
   * index, and nobody watches it.
   */
  admit(path: string): void;

  dispose(): void;
}

export interface Disposable {
  dispose(): void;
}

export interface WatchState {
  readonly mode: "off" | "events" | "polling";
  /** For people: why polling ("the system's limit of file watches is reached", …). */
  readonly reason: string | undefined;
  /** OS watches held at the moment. */
  readonly watches: number;
}

/** What is different in the snapshot now. With nothing named below, counts arrived. */
export interface InspectorChange {
  /** True when conversations, windows or files came, went or moved (redraw the tree from the top). */
  readonly structure: boolean;
  /** Absolute paths of transcripts whose content changed (grew, was replaced, vanished). */
  readonly files: readonly string[];
  /** Conversations whose current window was replaced by another just now, and is not the first one. */
  readonly rotations: readonly { readonly agentId: string; readonly key: string; readonly stateDir: string }[];
  /** True when `explanations` was replaced. */
  readonly explained?: boolean;
}

/** A stretch of a transcript, parsed. */
export interface TranscriptPage {
  readonly path: string;
  readonly range: PageRange;
  /** Size of the file (decompressed, for `.zst`) when it was read, bytes. */
  readonly size: number;
  readonly items: readonly TranscriptItem[];
  /** The header of the file, also when the page does not begin at the first line. */
  readonly header: TranscriptItem | undefined;
  /** Neighbouring pages that are not empty. */
  readonly previousPage: number | undefined;
  readonly nextPage: number | undefined;
  /** Number of pages on the grid, empty ones included. */
  readonly pageCount: number;
  /** The index when it is at hand; line numbers in `items` are then known. */
  readonly index: TranscriptIndex | undefined;
}

/** Something on disk could not be read. The message is a sentence for people. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  constructor(
    readonly code: "vanished" | "no-permission" | "not-regular" | "outside" | "unsupported" | "io",
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}
