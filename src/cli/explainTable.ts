import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Finding } from "../core/findings/finding";
import type { Problem } from "../core/problem";
import { conversationOfFinding } from "../core/report/conversationOfFinding";
import { discretionFor } from "../core/report/discretion";
import { severityName } from "../core/report/findingText";
import { placePiece, ReportWriter } from "../core/report/reportWriter";
import type { Rotation } from "../core/rotation/rotation";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { foldLine } from "./foldText";
import { SQLITE_NOTICE } from "./listedProblems";
import { isEverythingEmpty } from "./locationProblems";
import { type ResetTableOptions, resetTable } from "./resetTable";

export interface ExplainTableOptions extends ResetTableOptions {
  /** Heartbeats, cron runs and sub-agents too, and everything that is not shown for its number. */
  readonly all: boolean;
}

/** What `explain` prints without a name: rotations, newest first, then findings. Piece by piece. */
export function* explainTable(
  snapshot: Snapshot,
  explanations: Explanations,
  options: ExplainTableOptions,
): Generator<string> {
  const { style } = options;
  const people = explanations.rotations.filter((rotation) => options.all || isOfPeople(rotation));
  const shown = options.all ? people : people.slice(0, ROTATIONS_SHOWN);
  // First: who reads that nothing was reset must know what could not be looked at.
  const unread = explanations.problems.filter(({ code }) => code === SQLITE_NOTICE);
  for (const { message } of unread) yield* problemLine(message, options);
  if (unread.length > 0) yield "\n";
  yield `${style.bold(l10n.t("Resets"))}\n`;
  if (shown.length > 0) yield* resetTable(snapshot, shown, options);
  else if (isEverythingEmpty(snapshot)) yield `  ${l10n.t("No sessions were found.")}\n`;
  else yield `${foldLine(`  ${noReset(unread.length > 0)}`, options.width)}\n`;
  const older = people.length - shown.length;
  if (older > 0) yield `${style.dim(foldLine(`  ${olderRotations(older)}`, options.width))}\n`;
  const machines = explanations.rotations.length - people.length;
  if (machines > 0) yield `${style.dim(foldLine(`  ${machineRotations(machines)}`, options.width))}\n`;

  yield* findingList(snapshot, explanations.findings, options);
  yield* problemList(
    explanations.problems.filter(({ code }) => code !== SQLITE_NOTICE),
    options,
  );
}

function noReset(someUnread: boolean): string {
  return someUnread
    ? l10n.t("Nothing can be told of the conversations in SQLite; in the files there is no reset.")
    : l10n.t("No conversation was reset, as far as the files tell.");
}

const ROTATIONS_SHOWN = 30;
const FINDINGS_SHOWN = 20;
const PROBLEMS_SHOWN = 20;

function isOfPeople({ conversation }: Rotation): boolean {
  return conversation === undefined || conversation.group === "people" || conversation.group === "other";
}

export function olderRotations(count: number): string {
  return count === 1
    ? l10n.t("… 1 earlier reset: --all shows it.")
    : l10n.t("… {0} earlier resets: --all shows them.", formatNumber(count));
}

function machineRotations(count: number): string {
  return count === 1
    ? l10n.t("1 reset of a heartbeat, cron job or sub-agent more: --all shows it.")
    : l10n.t("{0} resets of heartbeats, cron jobs and sub-agents more: --all shows them.", formatNumber(count));
}

/** Title, numbers, place and remedy of each; the evidence is in `--json` and in the reports. */
export function* findingList(
  snapshot: Snapshot,
  findings: readonly Finding[],
  { all, withText, style, width }: Pick<ExplainTableOptions, "all" | "withText" | "style" | "width">,
): Generator<string> {
  if (findings.length === 0) return;
  yield `\n${style.bold(l10n.t("Findings"))}\n`;
  const shown = all ? findings : findings.slice(0, FINDINGS_SHOWN);
  for (const finding of shown) {
    const discretion = discretionFor(conversationOfFinding(finding, snapshot.stateDirs), withText);
    const writer = new ReportWriter(width ?? PIPE_WIDTH);
    const title = discretion.text(finding.title);
    // The word too: nothing relies on colour or on a sign alone.
    writer.text(finding.severity === "info" ? "  " : `${MARK} `, `${severityName(finding.severity)}: ${title}`);
    writer.text("    ", discretion.text(finding.detail));
    if (snapshot.stateDirs.length > 1) writer.text("    ", l10n.t("State directory: {0}", finding.subject.stateDir));
    if (finding.place) writer.pieces("    ", [placePiece(finding.place, finding.subject.stateDir)]);
    writer.text("    ", l10n.t("What to do: {0}", discretion.text(finding.next)));
    const { text } = writer.finished();
    yield text.startsWith(MARK) ? style.warning(MARK) + text.slice(MARK.length) : text;
  }
  const more = findings.length - shown.length;
  if (more > 0) yield `  ${style.dim(moreFindings(more))}\n`;
}

const MARK = "⚠";
/** Where the output is no terminal. */
const PIPE_WIDTH = 100;

function moreFindings(count: number): string {
  return count === 1
    ? l10n.t("… 1 finding more: --all shows it.")
    : l10n.t("… {0} findings more: --all shows them.", formatNumber(count));
}

/** What was not looked at, and why. */
export function* problemList(
  problems: readonly Problem[],
  options: Pick<ExplainTableOptions, "style" | "width">,
): Generator<string> {
  if (problems.length === 0) return;
  yield `\n${options.style.bold(l10n.t("Problems"))}\n`;
  for (const { message } of problems.slice(0, PROBLEMS_SHOWN)) yield* problemLine(message, options);
  const more = problems.length - PROBLEMS_SHOWN;
  if (more > 0) yield `  ${options.style.dim(l10n.t("{0} more: --json lists them.", formatNumber(more)))}\n`;
}

function* problemLine(message: string, { style, width }: Pick<ExplainTableOptions, "style" | "width">) {
  const text = foldLine(`    ${visibleLine(message, 1000)}`, width);
  yield `  ${style.warning(MARK)}${text.slice(3)}\n`;
}
