import type { Conversation, Window } from "../../conversation/model";

export interface PlanReportOptions {
  /** IANA name; the reader's own zone when undefined. */
  readonly timeZone: string | undefined;
  /** Epoch ms. */
  readonly now: number;
  /** Columns at which lines are broken; 100 when absent. */
  readonly width?: number | undefined;
  /** Keys and the fields of entries unredacted; a reader asks for it explicitly. */
  readonly withText?: boolean | undefined;
  /** Under the plan's key, where there is one: gives the name that people know. */
  readonly conversation?: Conversation | undefined;
  /** What is restored: gives its messages and times. */
  readonly window?: Window | undefined;
  /** What is written beside the title, the verdict and the checks that are not fine; everything when absent. */
  readonly sections?: readonly PlanSection[] | undefined;
  /** Absolute path of the vault: where backups are. */
  readonly vault?: string | undefined;
}

/** `files`: what is displaced and added, with hashes and backups · `entries`: the diff of the index. */
export type PlanSection = "sentences" | "files" | "entries" | "advice" | "undo";
