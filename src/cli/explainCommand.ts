import * as l10n from "@vscode/l10n";
import type { Snapshot, StateDir } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Inspector } from "../core/inspectorPort";
import type { RenderedReport } from "../core/report/renderedReport";
import { findingsAbout, renderExplanation, type WordsAround } from "../core/report/renderExplanation";
import { reportJson } from "../core/report/reportJson";
import { isUnexpected, type Rotation } from "../core/rotation/rotation";
import { formatNumber } from "../core/text/formatSize";
import { kindName } from "../core/text/kindName";
import { visibleLine } from "../core/text/visibleText";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { choicesOf, type ExplainSubject, explainSubject } from "./explainSubject";
import { explainTable, findingList, olderRotations, problemList } from "./explainTable";
import { foldLine } from "./foldText";
import { unreadPlaces } from "./listedProblems";
import { emptyDirectories, isEverythingEmpty, isNamedInVain, nothingFound } from "./locationProblems";
import { withReadingProgress } from "./readingProgress";
import { resetTable } from "./resetTable";
import { shellWord } from "./shellWord";
import type { Terminal } from "./terminal";
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
  const unread = [...unreadPlaces(snapshot), ...emptyDirectories(snapshot, options)];
  const explanations = { ...found, problems: [...unread, ...found.problems] };
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
  } else if (subject && what !== undefined) {
    const asked = { what, subject, words, options };
    if (choicesOf(subject).length > 0) await printChoices(snapshot, explanations, asked, terminal);
    else await printReports(snapshot, explanations, asked, terminal);
  } else await printTable(snapshot, explanations, options, terminal);

  if (nothing || isEverythingEmpty(snapshot) || (options.stateDir && isNamedInVain(snapshot))) return exitCodes.failed;
  return exitCodeOf(told);
}

/** Reports of one conversation that are printed without `--all`: the newest ones. A report is a hundred lines. */
const REPORTS_SHOWN = 3;

/** Those that are told in full. */
function shownRotations(subject: ExplainSubject, { all, json }: ExplainOptions): readonly Rotation[] {
  if (json) return subject.rotations;
  if (choicesOf(subject).length > 0) return [];
  return all ? subject.rotations : subject.rotations.slice(0, REPORTS_SHOWN);
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
  /** The word that means the subject. */
  readonly what: string;
  readonly subject: ExplainSubject;
  readonly words: ReadonlyMap<Rotation, WordsAround> | undefined;
  readonly options: ExplainOptions;
}

/** Several conversations go by the name: their resets, and what to type for the reports of one. */
async function printChoices(
  snapshot: Snapshot,
  explanations: Explanations,
  { what, subject, options }: Asked,
  terminal: Terminal,
): Promise<void> {
  const { style, width } = terminal;
  const choices = choicesOf(subject);
  const name = visibleLine(what, 200);
  const heading = l10n.t('"{0}" means {1} conversations that were reset', name, formatNumber(choices.length));
  await terminal.write(`${style.bold(foldLine(heading, width))}\n`);
  await printRotations(snapshot, subject.rotations, { ...options, shown: CHOICE_ROWS }, terminal);
  await terminal.write(`\n${style.bold(l10n.t("Why, in full"))}\n`);
  const places = new Set(choices.map(({ stateDir }) => stateDir));
  for (const { stateDir, key } of choices) {
    const words = [key ?? what, ...(places.size > 1 ? ["--state-dir", stateDir] : [])];
    await terminal.write(`  openclaw-sessions explain ${words.map(shellWord).join(" ")}\n`);
  }
  for (const piece of problemList(explanations.problems, terminal)) await terminal.write(piece);
}

/** Resets in the table that answers a name with several meanings, without `--all`. */
const CHOICE_ROWS = 30;

async function printRotations(
  snapshot: Snapshot,
  rotations: readonly Rotation[],
  { all, withText, timeZone, shown }: ExplainOptions & { readonly shown: number },
  terminal: Terminal,
): Promise<void> {
  const { width, style } = terminal;
  const rows = all ? rotations : rotations.slice(0, shown);
  for (const piece of resetTable(snapshot, rows, { withText, timeZone, width, style })) await terminal.write(piece);
  const older = rotations.length - rows.length;
  if (older > 0) await terminal.write(`${style.dim(foldLine(`  ${olderRotations(older)}`, width))}\n`);
}

async function printReports(
  snapshot: Snapshot,
  explanations: Explanations,
  { subject, words, options }: Asked,
  terminal: Terminal,
): Promise<void> {
  const { style, width } = terminal;
  const shown = shownRotations(subject, options);
  const [newest] = shown;
  if (newest === undefined) await terminal.write(`${foldLine(noRotation(subject), width)}\n`);
  else if (snapshot.stateDirs.length > 1) {
    const place = l10n.t("State directory: {0}", visibleLine(newest.stateDir, 1000));
    await terminal.write(`${style.dim(foldLine(place, width))}\n`);
  }
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
        width: Math.min(width ?? 100, 110),
        withText: options.withText,
        showHint: options.stateDir ? "command-with-directory" : "command",
        words: words?.get(rotation),
      },
    });
    await terminal.write(withBoldHeadings(report, terminal));
  }
  const older = subject.rotations.slice(shown.length);
  if (older.length > 0) {
    await terminal.write(`\n${style.bold(l10n.t("Earlier resets"))}\n`);
    await printRotations(snapshot, older, { ...options, shown: CHOICE_ROWS }, terminal);
    await terminal.write(`  ${style.dim(l10n.t("--all prints their reports too."))}\n`);
  }
  const printed = new Set(shown.flatMap((rotation) => findingsAbout(rotation, explanations.findings)));
  const others = subject.findings.filter((finding) => !printed.has(finding));
  for (const piece of findingList(snapshot, others, { ...options, style, width })) await terminal.write(piece);
  for (const piece of problemList(explanations.problems, terminal)) await terminal.write(piece);
}

function noRotation({ conversation, window }: ExplainSubject): string {
  if (conversation) return l10n.t("Nothing tells of a reset of this conversation.");
  return window
    ? l10n.t("Nothing tells of a reset that began or ended this window ({0}).", kindName(window.kind))
    : l10n.t("Nothing tells of a reset.");
}

/** The report folds what it may; titles, and links among words, are left to us. */
function withBoldHeadings({ text, sections }: RenderedReport, { style, width }: Terminal): string {
  const headings = new Set(sections.map(({ firstLine }) => firstLine));
  return text
    .split("\n")
    .map((line, number) => {
      const folded = foldLine(line, width);
      return headings.has(number) ? style.bold(folded) : folded;
    })
    .join("\n");
}

function stateDirOf({ stateDirs }: Snapshot, path: string): StateDir {
  const found = stateDirs.find((stateDir) => stateDir.path === path);
  if (found) return found;
  throw new Failure(l10n.t("The state directory {0} has gone meanwhile.", visibleLine(path, 500)));
}
