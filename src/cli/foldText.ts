import { displayWidth } from "../core/text/displayWidth";

/**
 * A line broken between words where `columns` end; the lines that follow are indented as far as the first. A word that is
 * wider stays whole: it is a path or a command, to be copied, and the terminal breaks it without a line end.
 */
export function foldLine(line: string, columns: number | undefined): string {
  if (columns === undefined || displayWidth(line) <= columns) return line;
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(" ")) {
    const isFirst = current === indent;
    if (!isFirst && displayWidth(current) + 1 + displayWidth(word) > columns) {
      lines.push(current);
      current = indent + word;
    } else current += isFirst ? word : ` ${word}`;
  }
  return [...lines, current].join("\n");
}

/** The same of many lines. */
export function foldLines(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split("\n")
    .map((line) => foldLine(line, columns))
    .join("\n");
}

/** The lines of one cell of a table. Words that are wider than the cell are broken: nothing may stand beside its column. */
export function foldCell(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => [...pieces(each, Math.max(1, columns))])) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (line === "" || displayWidth(joined) <= columns) line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function* pieces(word: string, columns: number): Generator<string> {
  if (displayWidth(word) <= columns) {
    yield word;
    return;
  }
  let piece = "";
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== "" && displayWidth(piece + segment) > columns) {
      yield piece;
      piece = "";
    }
    piece += segment;
  }
  yield piece;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
