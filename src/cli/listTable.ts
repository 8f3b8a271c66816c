import * as l10n from "@vscode/l10n";
import Table from "cli-table3";
import { byLastActivity } from "../core/conversation/conversation";
import type { Agent, Conversation, Snapshot, StateDir, Window } from "../core/conversation/model";
import { problemCountOfWindow, problemsOfWindow } from "../core/conversation/problemsOfWindow";
import { messageCount } from "../core/index/transcriptIndex";
import type { Problem } from "../core/problem";
import { displayWidth, fitWidth } from "../core/text/displayWidth";
import { formatBytes, formatNumber } from "../core/text/formatSize";
import { formatTime } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import { visibleLine } from "../core/text/visibleText";
import { foldLine } from "./foldText";
import { SQLITE_NOTICE, surroundingProblems, windowsOf } from "./listedProblems";
import type { Style } from "./terminal";
import { distinctWindows, type ShortNames, shortNames } from "./windowNames";

export interface TableOptions {
  /** Heartbeats, cron runs, sub-agents, every earlier and every left-behind window too. */
  readonly all: boolean;
  /** Columns of the terminal; undefined: as wide as it gets. */
  readonly width: number | undefined;
  readonly style: Style;
  /** IANA name; the user's own zone when undefined. */
  readonly timeZone: string | undefined;
  /** Base names of archives that a restore made (`ownArchives`): nobody has reset those. */
  readonly setAside?: ReadonlySet<string> | undefined;
}

/** What `list` prints for people: per agent the conversations, beneath each its windows, newest first. Piece by piece. */
export function* listTable(snapshot: Snapshot, options: TableOptions): Generator<string> {
  const names = shortNames(windowsOf(snapshot));
  let first = true;
  for (const stateDir of snapshot.stateDirs) {
    if (!first) yield "\n";
    first = false;
    yield stateDirHeading(stateDir, options);
    for (const agent of stateDir.agents) yield* agentTable(agent, names, options);
    if (stateDir.agents.length === 0) yield `${l10n.t("No agents in this directory.")}\n`;
  }
  yield* problemList(snapshot, options);
}

/** Windows of one conversation, and left-behind ones, that are listed without `--all`: the newest ones. */
const WINDOWS_SHOWN = 20;
const ORPHANS_SHOWN = 10;
const PROBLEMS_SHOWN = 20;

function stateDirHeading({ path, version, era }: StateDir, { style, width }: TableOptions): string {
  const facts = [
    // `--json` says where exactly it stands.
    ...(version ? [versionName(version)] : []),
    ...(era === "files" ? [] : [eraName(era)]),
  ];
  const name = visibleLine(path, 1000);
  if (facts.length === 0) return `${style.bold(name)}\n`;
  const beside = ` · ${facts.join(" · ")}`;
  return displayWidth(name + beside) <= (width ?? Infinity)
    ? `${style.bold(name)}${style.dim(beside)}\n`
    : `${style.bold(name)}\n${style.dim(foldLine(`  ${facts.join(" · ")}`, width))}\n`;
}

function versionName({ value, inRunTrace }: NonNullable<StateDir["version"]>): string {
  const version = visibleLine(value, 40);
  return inRunTrace
    ? l10n.t("OpenClaw {0} (named by a run trace)", version)
    : l10n.t("OpenClaw {0} (last wrote the config)", version);
}

function eraName(era: Exclude<StateDir["era"], "files">): string {
  switch (era) {
    case "sqlite":
      return l10n.t("sessions in SQLite");
    case "mixed":
      return l10n.t("sessions in files and in SQLite");
    case "empty":
      return l10n.t("no sessions");
    case "unknown":
      return l10n.t("unknown layout");
  }
}

function* agentTable(agent: Agent, names: ShortNames, options: TableOptions): Generator<string> {
  const { style } = options;
  const isShown = ({ group }: Conversation): boolean => options.all || group === "people" || group === "other";
  const shown = agent.conversations.filter(isShown).sort(byLastActivity);
  const orphans = options.all ? agent.orphans : agent.orphans.slice(0, ORPHANS_SHOWN);

  yield `\n${style.bold(l10n.t("Agent {0}", visibleLine(agent.id, 80)))}\n`;
  const rows: Row[] = [];
  for (const conversation of shown) {
    rows.push({ cells: [conversation.label], kind: "conversation" });
    const windows = options.all ? conversation.windows : conversation.windows.slice(0, WINDOWS_SHOWN);
    rows.push(...windows.map((window) => windowRow(window, names, options)));
    const earlier = conversation.windows.length - windows.length;
    if (earlier > 0) rows.push({ cells: [`  ${earlierWindows(earlier)}`], kind: "note" });
  }
  if (orphans.length > 0) {
    rows.push({ cells: [l10n.t("Not joined to a conversation")], kind: "conversation" });
    rows.push(...orphans.map((window) => windowRow(window, names, options)));
  }
  if (agent.sqlite) {
    const notice = l10n.t(
      "The sessions of this agent are in SQLite (OpenClaw 2026.8 and newer), which cannot be read yet.",
    );
    yield `  ${style.warning("⚠")}${foldLine(`    ${notice}`, options.width).slice(3)}\n`;
  }
  if (rows.length > 0) yield* drawn(rows, options);
  else if (!agent.sqlite) yield `  ${l10n.t("No conversations.")}\n`;

  const machines = agent.conversations.length - shown.length;
  if (machines > 0) {
    const text =
      machines === 1
        ? l10n.t("1 heartbeat, cron or sub-agent conversation more: --all shows it.")
        : l10n.t("{0} heartbeat, cron and sub-agent conversations more: --all shows them.", formatNumber(machines));
    yield `${style.dim(foldLine(`  ${text}`, options.width))}\n`;
  }
  const hidden = agent.orphans.length - orphans.length;
  if (hidden > 0) {
    const text = l10n.t("{0} older windows not joined to a conversation: --all shows them.", formatNumber(hidden));
    yield `${style.dim(foldLine(`  ${text}`, options.width))}\n`;
  }
}

function earlierWindows(count: number): string {
  return count === 1
    ? l10n.t("… 1 earlier window: --all shows it.")
    : l10n.t("… {0} earlier windows: --all shows them.", formatNumber(count));
}

interface Row {
  /** Name, messages, size, last entry, what to show it with. Conversations and notes have the first only, across all columns. */
  readonly cells: readonly string[];
  readonly kind: "conversation" | "window" | "damaged" | "note";
}

function windowRow(window: Window, names: ShortNames, options: TableOptions): Row {
  const { primary } = window;
  const { timeZone } = options;
  const problems = problemCountOfWindow(window);
  const what = isSetAside(window, options) ? l10n.t("set aside") : kindName(window.kind);
  const setAside =
    window.archivedAt === undefined
      ? what
      : l10n.t("{0} {1}", what, formatTime(window.archivedAt, { timeZone, precision: "minute" }));
  const last = window.lastAt ?? window.archivedAt;
  return {
    cells: [
      `  ${problems > 0 ? `${setAside} ⚠` : setAside}`,
      primary?.index ? formatNumber(messageCount(primary.index.roles)) : "–",
      primary ? formatBytes(primary.bytes) : "–",
      last === undefined ? "–" : formatTime(last, { timeZone, precision: "minute" }),
      names.nameOf(window),
    ],
    kind: problems > 0 ? "damaged" : "window",
  };
}

/** By a restore, as its last end. */
function isSetAside({ kind, primary, copies, archivedAt }: Window, { setAside }: TableOptions): boolean {
  if (kind !== "reset" || setAside === undefined) return false;
  return [primary, ...copies].some(
    (file) => file?.name.kind === "archive" && file.name.at === archivedAt && setAside.has(file.name.base),
  );
}

function* drawn(rows: readonly Row[], { width, style }: TableOptions): Generator<string> {
  const titles = [
    l10n.t("Conversation"),
    l10n.t("Messages"),
    l10n.t("Size"),
    l10n.t("Last entry"),
    l10n.t("Show with"),
  ];
  const whole = rows.map(({ kind, cells }) => ({ kind, cells: cells.map((cell) => visibleCell(cell)) }));
  const columns = columnsThatFit(titles, whole, width);
  const only = <Cell>(cells: readonly Cell[]): readonly Cell[] => cells.filter((_, column) => columns.includes(column));
  const head = only(titles);
  const lines = whole.map(({ kind, cells }) => ({ kind, cells: only(cells) }));
  const isWhole = ({ kind }: Row): boolean => kind === "conversation" || kind === "note";
  const windows = lines.filter((line) => !isWhole(line));
  const widths = head.map((title, column) => {
    return (
      windows.reduce((widest, { cells }) => Math.max(widest, displayWidth(cells[column] ?? "")), displayWidth(title)) +
      2
    );
  });
  // The first column gives way; the others hold numbers and names that are of no use when cut.
  const others = widths.slice(1).reduce((sum, each) => sum + each, 0);
  const names = lines.filter(isWhole).map(({ cells }) => displayWidth(cells[0] ?? ""));
  const wanted = names.reduce((widest, name) => Math.max(widest, name + 2 - others), widths[0] ?? 0);
  const first = Math.min(wanted, Math.max(16, (width ?? Infinity) - others));

  // Many small tables, one beneath the other: the time for one grows with the square of its rows.
  for (let from = 0; from < lines.length; from += ROWS_PER_TABLE) {
    const table = new Table({
      head: from === 0 ? head.map((title) => style.dim(title)) : [],
      colWidths: [first, ...widths.slice(1)],
      colAligns: columns.map((column) => (column === MESSAGES || column === SIZE ? "right" : "left")),
      style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
      chars: noBorders,
    });
    for (const { kind, cells } of lines.slice(from, from + ROWS_PER_TABLE)) {
      const [name = "", ...rest] = cells;
      // Cut before the colours are put on, so that no escape is cut in two.
      if (kind === "conversation" || kind === "note") {
        const fitting = fitWidth(name, first + others - 2);
        table.push([{ colSpan: head.length, content: kind === "note" ? style.dim(fitting) : style.bold(fitting) }]);
      } else {
        const fitting = fitWidth(name, first - 2);
        table.push([kind === "damaged" ? style.warning(fitting) : fitting, ...rest]);
      }
    }
    yield `${table.toString().replace(/[ \t]+$/gm, "")}\n`;
  }
}

const ROWS_PER_TABLE = 25;

const [NAME, MESSAGES, SIZE, LAST, SHOW] = [0, 1, 2, 3, 4] as const;

/** In a narrow terminal size or time of the last entry go, so that what a window is stays whole. */
function columnsThatFit(titles: readonly string[], rows: readonly Row[], width: number | undefined): readonly number[] {
  const windows = [
    titles,
    ...rows.flatMap(({ kind, cells }) => (kind === "window" || kind === "damaged" ? [cells] : [])),
  ];
  const widths = titles.map((_, column) =>
    windows.reduce((widest, cells) => Math.max(widest, displayWidth(cells[column] ?? "") + 2), 0),
  );
  const sets = [
    [NAME, MESSAGES, SIZE, LAST, SHOW],
    [NAME, MESSAGES, LAST, SHOW],
    [NAME, MESSAGES, SIZE, SHOW],
    [NAME, SHOW],
  ];
  const fits = (columns: readonly number[]): boolean =>
    columns.reduce((sum, column) => sum + (widths[column] ?? 0), 0) <= (width ?? Infinity);
  return sets.find(fits) ?? [NAME, SHOW];
}

/** Leading blanks are ours: they show what belongs beneath what. */
function visibleCell(cell: string): string {
  const indent = /^ */.exec(cell)?.[0] ?? "";
  return indent + visibleLine(cell, 120);
}

const noBorders = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"]
    .flatMap((side) => [side, ...["mid", "left", "right"].map((corner) => `${side}-${corner}`)])
    .concat("middle")
    .map((name) => [name, ""]),
);

function* problemList(snapshot: Snapshot, { style, width }: TableOptions): Generator<string> {
  // What the agents' headings say already is not repeated.
  const surrounding = surroundingProblems(snapshot).filter(({ code }) => code !== SQLITE_NOTICE);
  const windows = distinctWindows(windowsOf(snapshot));
  const problems = [...surrounding, ...windows.flatMap(problemsOfWindow)];
  if (problems.length === 0) return;
  yield `\n${style.bold(l10n.t("Problems"))}\n`;
  for (const problem of problems.slice(0, PROBLEMS_SHOWN))
    yield `  ${style.warning("⚠")}${foldLine(`    ${visibleLine(problem.message, 1000)}`, width).slice(3)}${place(problem, style)}\n`;
  // An index names the first fifty problems of its file, and counts them all.
  const count = windows.reduce((sum, window) => sum + problemCountOfWindow(window), surrounding.length);
  const more = count - Math.min(problems.length, PROBLEMS_SHOWN);
  if (more > 0) yield `  ${style.dim(moreProblems(more))}\n`;
}

function moreProblems(count: number): string {
  return count === 1
    ? l10n.t("1 more: --json lists up to 50 of each file.")
    : l10n.t("{0} more: --json lists up to 50 of each file.", formatNumber(count));
}

function place({ file, line }: Problem, style: Style): string {
  if (file === undefined) return "";
  return `\n    ${style.dim(visibleLine(line === undefined ? file : `${file}:${line}`, 1000))}`;
}
