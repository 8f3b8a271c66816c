import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Finding } from "../core/findings/finding";
import type { Problem } from "../core/problem";
import { conversationOfFinding } from "../core/report/conversationOfFinding";
import { discretionFor } from "../core/report/discretion";
import { severityName } from "../core/report/findingText";
import { minuteText } from "../core/report/moment";
import { placePiece, ReportWriter } from "../core/report/reportWriter";
import { subjectLabel } from "../core/report/rotationSentence";
import { causeInShort } from "../core/report/storySection";
import { isUnexpected, type Rotation } from "../core/rotation/rotation";
import { displayWidth, fitWidth } from "../core/text/displayWidth";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { windowsOf } from "./listedProblems";
import type { Style } from "./terminal";
import { type ShortNames, shortNames } from "./windowNames";

export interface ExplainTableOptions {
  /** Heartbeats, cron runs and sub-agents too, and everything that is not shown for its number. */
  readonly all: boolean;
  readonly withText: boolean;
  /** Columns of the terminal; undefined: as wide as it gets. */
  readonly width: number | undefined;
  readonly style: Style;
  readonly timeZone: string | undefined;
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
  yield `${style.bold(l10n.t("Resets"))}\n`;
  if (shown.length === 0) yield `  ${l10n.t("No conversation was reset, as far as the files tell.")}\n`;
  else yield* rows(shown, shortNames(windowsOf(snapshot)), options);
  const older = people.length - shown.length;
  if (older > 0) yield `  ${style.dim(olderRotations(older))}\n`;
  const machines = explanations.rotations.length - people.length;
  if (machines > 0) yield `  ${style.dim(machineRotations(machines))}\n`;

  yield* findingList(snapshot, explanations.findings, options);
  yield* problemList(explanations.problems, style);
}

const ROTATIONS_SHOWN = 30;
const FINDINGS_SHOWN = 20;
const PROBLEMS_SHOWN = 20;

function isOfPeople({ conversation }: Rotation): boolean {
  return conversation === undefined || conversation.group === "people" || conversation.group === "other";
}

function olderRotations(count: number): string {
  return count === 1
    ? l10n.t("… 1 earlier reset: --all shows it.")
    : l10n.t("… {0} earlier resets: --all shows them.", formatNumber(count));
}

function machineRotations(count: number): string {
  return count === 1
    ? l10n.t("1 reset of a heartbeat, cron job or sub-agent more: --all shows it.")
    : l10n.t("{0} resets of heartbeats, cron jobs and sub-agents more: --all shows them.", formatNumber(count));
}

/** Columns: when, conversation, why, messages, name to explain it with. Conversation and cause give way, in that order. */
function* rows(rotations: readonly Rotation[], names: ShortNames, options: ExplainTableOptions): Generator<string> {
  const { style, timeZone, withText } = options;
  const head = [l10n.t("When"), l10n.t("Conversation"), l10n.t("Why"), l10n.t("Messages"), l10n.t("Explain with")];
  const lines = rotations.map((rotation) => {
    const { conversation, at, cost, from } = rotation;
    const label = conversation ? discretionFor(conversation, withText).label(conversation) : subjectLabel(rotation);
    return {
      unexpected: isUnexpected(rotation),
      cells: [
        at === undefined ? l10n.t("unknown time") : minuteText(at, timeZone),
        visibleLine(label, 80),
        causeInShort(rotation),
        cost.messages === undefined ? "–" : formatNumber(cost.messages),
        visibleLine(names.nameOf(from), 120),
      ],
    };
  });
  const widths = columnWidths([head, ...lines.map(({ cells }) => cells)], options.width);
  yield `  ${style.dim(row(head, widths))}\n`;
  for (const { unexpected, cells } of lines) {
    const text = row(cells, widths);
    yield unexpected ? `${style.warning("⚠")} ${text}\n` : `  ${text}\n`;
  }
}

const GAP = 2;
/** Narrower than this neither a conversation can be recognised nor how sure a cause is; all fit into 80 columns. */
const NARROWEST = [0, 10, 24, 0, 0];

function columnWidths(rows: readonly (readonly string[])[], width: number | undefined): readonly number[] {
  const widths = NARROWEST.map((_, column) =>
    rows.reduce((widest, cells) => Math.max(widest, displayWidth(cells[column] ?? "")), 0),
  );
  if (width === undefined) return widths;
  const used = widths.reduce((sum, each) => sum + each + GAP, 2 - GAP);
  let over = used - width;
  for (const column of [1, 2]) {
    const wide = widths[column] ?? 0;
    const less = Math.max(0, Math.min(over, wide - (NARROWEST[column] ?? 0)));
    widths[column] = wide - less;
    over -= less;
  }
  return widths;
}

function row(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    const fitting = fitWidth(cell, width);
    const blanks = " ".repeat(Math.max(0, width - displayWidth(fitting)));
    return column === 3 ? blanks + fitting : fitting + blanks;
  });
  return padded.join(" ".repeat(GAP)).trimEnd();
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

function* problemList(problems: readonly Problem[], style: Style): Generator<string> {
  if (problems.length === 0) return;
  yield `\n${style.bold(l10n.t("Problems"))}\n`;
  for (const { message } of problems.slice(0, PROBLEMS_SHOWN)) {
    yield `  ${style.warning("⚠")} ${visibleLine(message, 1000)}\n`;
  }
}
