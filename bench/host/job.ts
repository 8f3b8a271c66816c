import type { LoopReport } from "./loopBlocks";

/**
 * What is to be measured in one extension host. The workbench has opened the folder that the benchmark prepared. `profile`: where
 * a profile of the processor goes, when one is wanted.
 */
export type Job =
  | { readonly kind: "activation" }
  /** The folder is a state directory with this transcript. */
  | { readonly kind: "firstScreen"; readonly file: string; readonly profile?: string }
  | { readonly kind: "coldOpen"; readonly file: string }
  | { readonly kind: "appends"; readonly files: readonly string[]; readonly count: number }
  | { readonly kind: "scan"; readonly stateDir: string; readonly profile?: string };

/** All in ms. */
export interface Activation {
  readonly loadMs: number;
  /** How much of that this thread computed; undefined where Node cannot tell. */
  readonly loadCpuMs: number | undefined;
  readonly activateMs: number;
}

export interface FirstScreen {
  /** From the command until the text is there. */
  readonly textMs: number;
  /** From the command until VS Code had the text, and no editor that shows it yet. */
  readonly documentMs: number;
  /** From the command until every transcript is counted. */
  readonly indexedMs: number;
  /** From the command until the open document says how many entries there are; undefined when it does not. */
  readonly countsMs: number | undefined;
  readonly loop: LoopReport;
}

export interface Appends {
  readonly file: string;
  readonly ms: readonly number[];
  /** Processor time of the whole host for one entry, ms. */
  readonly cpuMs: readonly number[];
}

export interface Scan {
  readonly treeMs: number;
  readonly indexedMs: number;
  readonly loop: LoopReport;
  /** The same host, as long, with nothing to do: what the machine itself does to the loop. */
  readonly idle: LoopReport;
}
