import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import { discretionFor } from "../core/report/discretion";
import { minuteText } from "../core/report/moment";
import { subjectLabel } from "../core/report/rotationSentence";
import { causeInShort } from "../core/report/storySection";
import { isUnexpected, type Rotation } from "../core/rotation/rotation";
import { displayWidth } from "../core/text/displayWidth";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { foldCell, foldLine } from "./foldText";
import { windowsOf } from "./listedProblems";
import type { Style } from "./terminal";
import { shortNames } from "./windowNames";

export interface ResetTableOptions {
  readonly withText: boolean;
  /** Columns of the terminal; undefined: as wide as it gets. */
  readonly width: number | undefined;
  readonly style: Style;
  readonly timeZone: string | undefined;
}

/**
 * One row per reset: when, conversation, why, messages, and what to explain it with. Where several state directories are
 * known, the rows of each stand beneath its path, the directory with the newest reset first.
 */
export function* resetTable(
  snapshot: Snapshot,
  rotations: readonly Rotation[],
  options: ResetTableOptions,
): Generator<string> {
  const names = shortNames(windowsOf(snapshot));
  const labelOf = labels(snapshot, options.withText);
  const rows = rotations.map((rotation) => ({
    stateDir: rotation.stateDir,
    unexpected: isUnexpected(rotation),
    cells: cellsOf(rotation, labelOf(rotation), visibleLine(names.nameOf(rotation.from), 120), options.timeZone),
  }));
  const head = [l10n.t("When"), l10n.t("Conversation"), l10n.t("Why"), l10n.t("Messages"), l10n.t("Explain with")];
  const layout = layoutOf([head, ...rows.map(({ cells }) => cells)], options.width);
  const { style } = options;
  yield `  ${style.dim(linesOf(head, layout).slice(0, 1).join(""))}\n`;
  for (const path of new Set(rows.map(({ stateDir }) => stateDir))) {
    if (snapshot.stateDirs.length > 1)
      yield `\n${style.bold(foldLine(`  ${visibleLine(path, 1000)}`, options.width))}\n`;
    for (const { unexpected, cells } of rows.filter(({ stateDir }) => stateDir === path)) {
      const [first = "", ...more] = linesOf(cells, layout);
      yield unexpected ? `${style.warning("⚠")} ${first}\n` : `  ${first}\n`;
      for (const line of more) yield `  ${line}\n`;
    }
  }
}

function cellsOf(rotation: Rotation, label: string, name: string, timeZone: string | undefined): readonly string[] {
  const { at, cost } = rotation;
  return [
    at === undefined ? l10n.t("unknown time") : minuteText(at, timeZone),
    visibleLine(label, 80),
    causeInShort(rotation),
    cost.messages === undefined ? "–" : formatNumber(cost.messages),
    name,
  ];
}

/** With the agent behind it where two agents of a state directory have a conversation of that name. */
function labels({ stateDirs }: Snapshot, withText: boolean): (rotation: Rotation) => string {
  const agents = new Map<string, Set<string>>();
  for (const { path, agents: all } of stateDirs) {
    for (const { id, conversations } of all) {
      for (const { label } of conversations) {
        const name = `${path}\n${label}`;
        agents.set(name, (agents.get(name) ?? new Set()).add(id));
      }
    }
  }
  return (rotation) => {
    const { conversation, stateDir, agentId } = rotation;
    if (!conversation) return subjectLabel(rotation);
    const label = discretionFor(conversation, withText).label(conversation);
    const isShared = (agents.get(`${stateDir}\n${conversation.label}`)?.size ?? 0) > 1;
    return isShared ? l10n.t("{0} (agent {1})", label, agentId) : label;
  };
}

const [WHEN, CONVERSATION, WHY, MESSAGES, NAME] = [0, 1, 2, 3, 4] as const;

/** Which columns stand side by side, how wide; and which stand beneath, on lines of their own. */
interface Layout {
  readonly columns: readonly { readonly column: number; readonly width: number }[];
  readonly beneath: readonly number[];
  /** Of a line beneath. */
  readonly width: number;
}

const GAP = 2;
/** Before each row: the mark of an unexpected reset and a blank. */
const MARGIN = 2;
const INDENT = 4;
/** Narrower than this, sentences become ladders. */
const NARROWEST_CONVERSATION = 12;
const NARROWEST_WHY = 22;

/**
 * Nothing is cut: a conversation without its last digits, or a cause without its confidence, is another one. What does not fit
 * is folded in its column; what would be too narrow then stands beneath.
 */
function layoutOf(rows: readonly (readonly string[])[], width: number | undefined): Layout {
  const wanted = [WHEN, CONVERSATION, WHY, MESSAGES, NAME].map((column) =>
    rows.reduce((widest, cells) => Math.max(widest, displayWidth(cells[column] ?? "")), 0),
  );
  const beneath = new Set<number>();
  const available = width ?? Infinity;
  const widthOf = (column: number): number => wanted[column] ?? 0;
  const over = (): number => {
    const used = [...wanted.keys()].filter((column) => !beneath.has(column));
    return MARGIN + used.reduce((sum, column) => sum + widthOf(column) + GAP, -GAP) - available;
  };
  const narrow = (column: number, narrowest: number): void => {
    const spare = Math.max(0, widthOf(column) - narrowest);
    wanted[column] = widthOf(column) - Math.min(spare, Math.max(0, over()));
  };
  const before = [...wanted];
  narrow(CONVERSATION, NARROWEST_CONVERSATION);
  narrow(WHY, NARROWEST_WHY);
  for (const column of [WHY, NAME]) {
    if (over() <= 0) break;
    beneath.add(column);
    wanted[CONVERSATION] = before[CONVERSATION] ?? 0;
    narrow(CONVERSATION, NARROWEST_CONVERSATION);
  }
  const columns = [...wanted.keys()].filter((column) => !beneath.has(column));
  return {
    columns: columns.map((column) => ({ column, width: widthOf(column) })),
    beneath: [...beneath],
    width: Math.max(20, available - MARGIN - INDENT),
  };
}

/** The lines of one row, without the margin. */
function linesOf(cells: readonly string[], { columns, beneath, width }: Layout): readonly string[] {
  const folded = columns.map(({ column, width: columnWidth }) => ({
    width: columnWidth,
    isRight: column === MESSAGES,
    lines: foldCell(cells[column] ?? "", columnWidth),
  }));
  const height = folded.reduce((most, { lines }) => Math.max(most, lines.length), 1);
  const lines = Array.from({ length: height }, (_, number) =>
    folded
      .map((cell) => {
        const text = cell.lines[number] ?? "";
        const blanks = " ".repeat(Math.max(0, cell.width - displayWidth(text)));
        return cell.isRight ? blanks + text : text + blanks;
      })
      .join(" ".repeat(GAP))
      .trimEnd(),
  );
  const more = beneath.flatMap((column) => foldCell(cells[column] ?? "", width));
  return [...lines, ...more.map((line) => " ".repeat(INDENT) + line)];
}
