import * as l10n from "@vscode/l10n";
import type { Snapshot, StateDir } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Inspector } from "../core/inspectorPort";
import type { RenderedReport } from "../core/report/renderedReport";
import { findingsAbout, renderExplanation, type WordsAround } from "../core/report/renderExplanation";
import type { Problem } from "../core/problem";
import { reportJson } from "../core/report/reportJson";
import { isUnexpected, type Rotation } from "../core/rotation/rotation";
import { formatNumber } from "../core/text/formatSize";
import { kindName } from "../core/text/kindName";
import { visibleLine } from "../core/text/visibleText";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { type ExplainSubject, explainSubject } from "./explainSubject";
import { explainTable, findingList } from "./explainTable";
import { sqliteNotice } from "./listedProblems";
import { isNamedInVain, nothingFound } from "./locationProblems";
import { withReadingProgress } from "./readingProgress";
import type { Style, Terminal } from "./terminal";
import { wordsAround } from "./wordsAround";

export interface ExplainOptions {
  readonly all: boolean;
  readonly json: boolean;
  readonly withText: boolean;
  readonly stateDir?: readonly string[];
  readonly workingDirectory: string;
  /** IANA name; the user's own zone when undefined. */
  readonly timeZone: string | undefined;
}

/** Says why conversations were cut: all of them in a table, or those that `what` names in full. */
export async function explain(
  inspector: Inspector,
  what: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  await inspector.refresh();
  const nothing = nothingFound(inspector.snapshot);
  if (nothing && !options.json) throw new Failure(nothing.message);
  const found = await withReadingProgress(inspector, terminal, () => inspector.whenExplained());
  const { snapshot } = inspector;
  const explanations = { ...found, problems: [...found.problems, ...unreadSessions(snapshot)] };
  const subject =
    what === undefined ? undefined : explainSubject(snapshot, explanations, what, options.workingDirectory);
  const told: Explanations = subject ? { ...explanations, ...subject } : explanations;
  const words = options.withText && subject ? await wordsOf(inspector, shownRotations(subject, options)) : undefined;

  if (options.json) {
    const problems = nothing ? [...told.problems, nothing] : told.problems;
    const json = reportJson(
      { ...told, problems },
      {
        stateDirs: snapshot.stateDirs,
        withText: options.withText,
        ...(words ? { wordsAround: (rotation: Rotation) => words.get(rotation) } : {}),
      },
    );
    await terminal.write(`${escapedJson(json)}\n`);
  } else if (subject) await printReports(snapshot, explanations, { subject, words, options }, terminal);
  else await printTable(snapshot, explanations, options, terminal);

  if (nothing || (options.stateDir && isNamedInVain(snapshot))) return exitCodes.failed;
  return exitCodeOf(told);
}

/** Nothing is said about resets in tables; an empty list would say that there were none. */
function unreadSessions({ stateDirs }: Snapshot): readonly Problem[] {
  return stateDirs.flatMap(({ agents }) => agents.flatMap(({ sqlite }) => (sqlite ? [sqliteNotice(sqlite)] : [])));
}

/** Reports of one conversation that are printed without `--all`: the newest ones. */
const REPORTS_SHOWN = 20;

function shownRotations({ rotations }: ExplainSubject, { all, json }: ExplainOptions): readonly Rotation[] {
  return all || json ? rotations : rotations.slice(0, REPORTS_SHOWN);
}

async function wordsOf(
  inspector: Inspector,
  rotations: readonly Rotation[],
): Promise<ReadonlyMap<Rotation, WordsAround>> {
  const words = new Map<Rotation, WordsAround>();
  for (const rotation of rotations) words.set(rotation, await wordsAround(inspector, rotation));
  return words;
}

function exitCodeOf({ rotations, findings, problems }: Explanations): ExitCode {
  const isFine =
    problems.length === 0 && !rotations.some(isUnexpected) && findings.every(({ severity }) => severity === "info");
  return isFine ? exitCodes.fine : exitCodes.problems;
}

async function printTable(
  snapshot: Snapshot,
  explanations: Explanations,
  { all, withText, timeZone }: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const options = { all, withText, width: terminal.width, style: terminal.style, timeZone };
  for (const piece of explainTable(snapshot, explanations, options)) await terminal.write(piece);
  if (explanations.rotations.length > 0 && terminal.width !== undefined) {
    terminal.hint(l10n.t("`openclaw-sessions explain <id>` prints the evidence of one reset."));
  }
}

interface Asked {
  readonly subject: ExplainSubject;
  readonly words: ReadonlyMap<Rotation, WordsAround> | undefined;
  readonly options: ExplainOptions;
}

async function printReports(
  snapshot: Snapshot,
  explanations: Explanations,
  { subject, words, options }: Asked,
  terminal: Terminal,
): Promise<void> {
  const { style } = terminal;
  const shown = shownRotations(subject, options);
  if (shown.length === 0) await terminal.write(`${noRotation(subject)}\n`);
  for (const [index, rotation] of shown.entries()) {
    if (index > 0) await terminal.write("\n\n");
    const report = renderExplanation({
      rotation,
      conversation: rotation.conversation,
      explanations,
      stateDir: stateDirOf(snapshot, rotation.stateDir),
      options: {
        timeZone: options.timeZone,
        now: Date.now(),
        width: Math.min(terminal.width ?? 100, 110),
        withText: options.withText,
        words: words?.get(rotation),
      },
    });
    await terminal.write(withBoldHeadings(report, style));
  }
  const older = subject.rotations.length - shown.length;
  if (older > 0) {
    await terminal.write(`\n${style.dim(l10n.t("… {0} earlier resets: --all shows them.", formatNumber(older)))}\n`);
  }
  const printed = new Set(shown.flatMap((rotation) => findingsAbout(rotation, explanations.findings)));
  const others = subject.findings.filter((finding) => !printed.has(finding));
  for (const piece of findingList(snapshot, others, { ...options, style, width: terminal.width }))
    await terminal.write(piece);
}

function noRotation({ conversation, window }: ExplainSubject): string {
  if (conversation) return l10n.t("Nothing tells of a reset of this conversation.");
  return window
    ? l10n.t("Nothing tells of a reset that began or ended this window ({0}).", kindName(window.kind))
    : l10n.t("Nothing tells of a reset.");
}

function withBoldHeadings({ text, sections }: RenderedReport, style: Style): string {
  const headings = new Set(sections.map(({ firstLine }) => firstLine));
  return text
    .split("\n")
    .map((line, number) => (headings.has(number) ? style.bold(line) : line))
    .join("\n");
}

function stateDirOf({ stateDirs }: Snapshot, path: string): StateDir {
  const found = stateDirs.find((stateDir) => stateDir.path === path);
  if (found) return found;
  throw new Failure(l10n.t("The state directory {0} has gone meanwhile.", visibleLine(path, 500)));
}
