import { isoTime } from "../../text/formatTime";
import { mergedAdvice } from "../configAdvice";
import type { FileRole, FileState } from "../fileChange";
import { type CheckCode, type CheckLevel, type RestoreCheck, stoppers } from "../restoreCheck";
import type { RestoreOutcome, RestoreReceipt } from "../restoreJournal";
import type { CheckedPlan, PlanKind, RestorePlan } from "../restorePlan";
import { shownLine } from "./entryLine";
import { type PlanDiscretion, planDiscretion } from "./planDiscretion";

/** What `restore --dry-run --json` prints. Documented in docs/cli.md; a change that breaks a reader gets a new `schema` number. */
export interface PlanJson {
  readonly schema: 1;
  /** Nothing stops it. */
  readonly applicable: boolean;
  readonly plan: PlanDetailsJson | null;
  readonly checks: readonly CheckJson[];
}

/** What `restore --json` and `undo --json` print once something was done. */
export interface ReceiptJson {
  readonly schema: 1;
  readonly outcome: RestoreOutcome;
  readonly endedAt: string | null;
  readonly verified: readonly string[];
  readonly notes: readonly string[];
  readonly undoneBy: string | null;
  /** Absolute path of the journal's directory. */
  readonly directory: string;
  readonly plan: PlanDetailsJson;
}

/** What `restores --json` prints. */
export interface ReceiptsJson {
  readonly schema: 1;
  readonly restores: readonly Omit<ReceiptJson, "schema">[];
}

/** Times are ISO 8601 in UTC; what is not known is null. */
export interface PlanDetailsJson {
  readonly id: string;
  readonly kind: PlanKind;
  readonly of: string | null;
  readonly createdAt: string | null;
  readonly stateDir: string;
  readonly agentId: string;
  readonly key: string;
  /** Session ids. */
  readonly from: string | null;
  readonly to: string | null;
  readonly source: string | null;
  readonly sentences: readonly string[];
  readonly changes: readonly {
    readonly path: string;
    readonly role: FileRole;
    readonly before: FileJson | null;
    readonly after: FileJson | null;
  }[];
  readonly backups: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
  /** JSON as text, bulky fields left out. */
  readonly entries: readonly { readonly key: string; readonly before: string | null; readonly after: string | null }[];
  readonly advice: readonly {
    readonly file: string | null;
    readonly path: readonly string[];
    readonly value: unknown;
    readonly why: string;
    readonly text: string;
  }[];
  /** All advice as one text for the config; null without any. */
  readonly adviceText: string | null;
}

export interface FileJson {
  readonly bytes: number;
  readonly sha256: string;
  /** Octal digits: `0600`. */
  readonly mode: string;
  readonly changedAt: string | null;
}

export interface CheckJson {
  readonly code: CheckCode;
  readonly level: CheckLevel;
  readonly text: string;
  readonly remedy: string | null;
}

export interface PlanJsonOptions {
  /** Keys and the fields of entries unredacted. */
  readonly withText?: boolean | undefined;
}

export function planJson({ plan, checks }: CheckedPlan, { withText = false }: PlanJsonOptions = {}): PlanJson {
  const discretion = planDiscretion(plan, undefined, withText);
  return {
    schema: 1,
    applicable: plan !== undefined && stoppers(checks).length === 0,
    plan: plan === undefined ? null : detailsJson(plan, discretion),
    checks: checks.map((check) => checkJson(check, discretion)),
  };
}

export function receiptJson(receipt: RestoreReceipt, options: PlanJsonOptions = {}): ReceiptJson {
  return { schema: 1, ...partsJson(receipt, options) };
}

export function receiptsJson(receipts: readonly RestoreReceipt[], options: PlanJsonOptions = {}): ReceiptsJson {
  return { schema: 1, restores: receipts.map((receipt) => partsJson(receipt, options)) };
}

function partsJson(receipt: RestoreReceipt, { withText = false }: PlanJsonOptions): Omit<ReceiptJson, "schema"> {
  const { plan, outcome, endedAt, verified, notes, undoneBy, directory } = receipt;
  const discretion = planDiscretion(plan, undefined, withText);
  return {
    outcome,
    endedAt: isoTime(endedAt) ?? null,
    verified: verified.map(discretion.text),
    notes: notes.map(discretion.text),
    undoneBy: undoneBy ?? null,
    directory,
    plan: detailsJson(plan, discretion),
  };
}

function checkJson({ code, level, text, remedy }: RestoreCheck, discretion: PlanDiscretion): CheckJson {
  return { code, level, text: discretion.text(text), remedy: remedy === undefined ? null : discretion.text(remedy) };
}

function detailsJson(plan: RestorePlan, discretion: PlanDiscretion): PlanDetailsJson {
  const { key, text } = discretion;
  return {
    id: plan.id,
    kind: plan.kind,
    of: plan.of ?? null,
    createdAt: isoTime(plan.createdAt) ?? null,
    stateDir: plan.stateDir.path,
    agentId: plan.agentId,
    key: key(plan.key),
    from: plan.from ?? null,
    to: plan.to ?? null,
    source: plan.source ?? null,
    sentences: plan.sentences.map(text),
    changes: plan.changes.map(({ path, role, before, after }) => ({
      path,
      role,
      before: fileJson(before),
      after: fileJson(after),
    })),
    backups: plan.backups.map(({ path, sha256, bytes }) => ({ path, sha256, bytes })),
    entries: plan.entries.map((entry) => ({
      key: key(entry.key),
      before: entry.before === undefined ? null : entryText(entry.before, discretion),
      after: entry.after === undefined ? null : entryText(entry.after, discretion),
    })),
    advice: plan.advice.map((advice) => ({ ...advice, file: advice.file ?? null, why: text(advice.why) })),
    adviceText: mergedAdvice(plan.advice) ?? null,
  };
}

/** Line by line: a rule for numbers must not join two of them. */
function entryText(entry: string, discretion: PlanDiscretion): string {
  return entry
    .split("\n")
    .map((line) => shownLine(line, discretion))
    .join("\n");
}

function fileJson(state: FileState): FileJson | null {
  if (state.kind === "absent") return null;
  const { bytes, sha256, mode, mtimeMs } = state;
  return {
    bytes,
    sha256,
    mode: (mode & 0o7777).toString(8).padStart(4, "0"),
    changedAt: isoTime(Math.floor(mtimeMs)) ?? null,
  };
}
