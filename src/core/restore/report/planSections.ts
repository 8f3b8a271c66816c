import * as l10n from "@vscode/l10n";
import { momentText } from "../../report/moment";
import { pathPiece, type ReportWriter } from "../../report/reportWriter";
import { formatBytes, formatNumber } from "../../text/formatSize";
import { mergedAdvice } from "../configAdvice";
import { pathsLike } from "../places";
import type { FileChange, FileContent } from "../fileChange";
import type { RestoreCheck } from "../restoreCheck";
import type { RestorePlan } from "../restorePlan";
import { lineDiff } from "./entryDiff";
import { shownLine, timeInLine } from "./entryLine";
import type { PlanDiscretion } from "./planDiscretion";
import type { PlanReportOptions } from "./planReportOptions";

/** What every section of a plan is made from. */
export interface PlanReport {
  readonly plan: RestorePlan;
  readonly discretion: PlanDiscretion;
  readonly options: PlanReportOptions;
}

export function writeNumbered(writer: ReportWriter, sentences: readonly string[], { text }: PlanDiscretion): void {
  for (const [index, sentence] of sentences.entries()) writer.text(`  ${String(index + 1)}. `, text(sentence));
}

/** What stood there before: size, hash, mode and time, and where its backup is. */
export function writeDisplaced(writer: ReportWriter, { plan, options }: PlanReport): void {
  const displaced = plan.changes.filter(({ before }) => before.kind === "file");
  if (displaced.length === 0) writer.text("  ", l10n.t("Nothing: no file is replaced and none loses its name."));
  for (const change of displaced) {
    if (change.before.kind !== "file") continue;
    const said = change.after.kind === "file" ? l10n.t("This file is replaced:") : l10n.t("This name is given up:");
    writer.pieces("  • ", [{ text: said }, pathOf(change, plan)]);
    writeContent(writer, change.before, options);
    writeBackup(writer, change.before, options);
  }
  for (const { path, sha256, bytes } of plan.backups) {
    if (displaced.some((change) => change.path === path)) continue;
    const copied = l10n.t("This file stays as it is and is copied among the backups, {0}:", formatBytes(bytes));
    writer.pieces("  • ", [{ text: copied }, pathPiece(path, plan.stateDir.realPath)]);
    writer.text("    ", l10n.t("Content: sha256 {0}.", shortHash(sha256)));
  }
}

export function writeAdded(writer: ReportWriter, { plan, options }: PlanReport): void {
  for (const change of plan.changes) {
    if (change.before.kind === "file" || change.after.kind !== "file") continue;
    writer.pieces("  • ", [{ text: addedAs(change) }, pathOf(change, plan)]);
    writeContent(writer, change.after, options);
  }
}

function addedAs({ role }: FileChange): string {
  switch (role) {
    case "restored":
      return l10n.t("The conversation that comes back:");
    case "set-aside":
      return l10n.t("The conversation that was current, set aside:");
    case "given-up":
      return l10n.t("The transcript under its own name again:");
    case "index":
      return l10n.t("The index:");
  }
}

/** Real paths, so the real path of the state directory is what they begin with. */
function pathOf({ path }: FileChange, { stateDir }: RestorePlan): ReturnType<typeof pathPiece> {
  return pathPiece(path, stateDir.realPath);
}

function writeContent(
  writer: ReportWriter,
  { bytes, sha256, mode, mtimeMs }: FileContent,
  { timeZone }: PlanReportOptions,
): void {
  writer.text(
    "    ",
    l10n.t(
      "{0}, sha256 {1}, mode {2}, time of the file {3}.",
      formatBytes(bytes),
      shortHash(sha256),
      (mode & 0o777).toString(8).padStart(4, "0"),
      momentText(Math.floor(mtimeMs), timeZone),
    ),
  );
}

function writeBackup(writer: ReportWriter, { sha256 }: FileContent, { vault }: PlanReportOptions): void {
  if (vault === undefined) {
    writer.text("    ", l10n.t("Its content is kept among the backups under its hash."));
    return;
  }
  const path = pathsLike(vault).join(vault, "objects", sha256);
  writer.pieces("    ", [{ text: l10n.t("Its content is kept in") }, { text: path, whole: true }]);
}

function shortHash(sha256: string): string {
  return /^[\da-f]{64}$/.test(sha256) ? `${sha256.slice(0, HASH)}…` : l10n.t("not known yet");
}

const HASH = 16;

const order = ["blocker", "confirm", "warning"] as const;

const marks: Readonly<Record<RestoreCheck["level"], string>> = {
  blocker: "  ✗ ",
  confirm: "  ? ",
  warning: "  ⚠ ",
  ok: "  ✓ ",
};

/** What stops it first. */
export function writeChecks(writer: ReportWriter, checks: readonly RestoreCheck[], { text }: PlanDiscretion): void {
  const isFine = checks.every(({ level }) => level === "ok");
  if (isFine) writer.text("  ", l10n.t("Nothing stands against it."));
  for (const level of order) {
    for (const check of checks) {
      if (check.level !== level) continue;
      writer.text(marks[level], text(check.text));
      if (check.remedy !== undefined) writer.text("    → ", text(check.remedy));
    }
  }
}

/** The entries before and after, line by line; of what stays only what is near a change. */
export function writeEntries(writer: ReportWriter, { plan, discretion }: PlanReport): void {
  if (plan.entries.length === 0) writer.text("  ", l10n.t("Nothing changes in it."));
  for (const { key, before, after } of plan.entries) {
    writer.text("  ", entryHeading(discretion.key(key), before, after));
    const lines = lineDiff(before, after);
    let passed = 0;
    for (const [index, { mark, text }] of lines.entries()) {
      const isNear = lines.slice(Math.max(0, index - NEAR), index + NEAR + 1).some((line) => line.mark !== " ");
      if (!isNear) {
        passed++;
        continue;
      }
      writePassed(writer, passed);
      passed = 0;
      const indent = /^ */.exec(text)?.[0] ?? "";
      const shown = shownLine(text.trimStart(), discretion);
      const time = timeInLine(text);
      writer.text(`    ${mark} ${indent.slice(0, MAX_INDENT)}`, time === undefined ? shown : `${shown} ← ${time}`);
    }
    writePassed(writer, passed);
  }
}

function entryHeading(key: string, before: string | undefined, after: string | undefined): string {
  if (before === undefined) return l10n.t("New entry {0}:", key);
  return after === undefined ? l10n.t("The entry {0} goes:", key) : l10n.t("The entry {0}:", key);
}

function writePassed(writer: ReportWriter, count: number): void {
  if (count > 0) writer.text("      ", l10n.t("… unchanged lines: {0}", formatNumber(count)));
}

/** Unchanged lines on either side of a change. */
const NEAR = 2;
/** Columns; a hostile entry could be nested deeper than a screen is wide. */
const MAX_INDENT = 24;

export function writeAdvice(writer: ReportWriter, { plan, discretion }: PlanReport): void {
  const merged = mergedAdvice(plan.advice);
  if (merged === undefined) return;
  for (const { why } of plan.advice) writer.text("  • ", discretion.text(why));
  writer.pieces("    ", [{ text: merged, whole: true }]);
  const file = plan.advice.find((advice) => advice.file !== undefined)?.file;
  if (file !== undefined)
    writer.pieces("    ", [{ text: l10n.t("It goes into") }, pathPiece(file, plan.stateDir.realPath)]);
}
