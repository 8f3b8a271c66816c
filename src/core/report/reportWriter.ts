import type { Place } from "../evidence/evidence";
import { cut } from "../render/lineWriter";
import { maxLineLength, ruleWidth } from "../render/marks";
import type { Section, SectionKind } from "../render/rendered";
import { displayWidth } from "../text/displayWidth";
import { visibleLine } from "../text/visibleText";
import { shortFileName } from "./shortId";
import type { RenderedReport, ReportLink, ReportTarget } from "./renderedReport";

/** A piece of a line; what has a target is a link. */
export interface Piece {
  readonly text: string;
  readonly target?: ReportTarget | undefined;
  readonly tooltip?: string;
  /** Never broken in two: a command, which is copied. */
  readonly whole?: boolean;
}

/** Characters of one sentence of a report. Evidence is shorter; a hostile key or log line is not. */
const maxSentence = 1_500;

/** Collects the lines of a report with their links, so that both always agree. Breaks lines between words. */
export class ReportWriter {
  readonly #lines: string[] = [];
  readonly #links: ReportLink[] = [];
  readonly #sections: (Omit<Section, "lastLine"> & { lastLine: number })[] = [];
  readonly #width: number;

  /** Columns; at least 40, since narrower ones cannot be read anyway. */
  constructor(width: number) {
    this.#width = Math.min(Math.max(width, 40), 400);
  }

  /** Begins a section whose heading is the line itself: one line, however long. */
  title(text: string, detail: string): void {
    this.#begin("reset", text, detail);
    this.#lines.push(visibleLine(text, maxSentence));
  }

  heading(title: string): void {
    this.blank();
    this.#begin("state", title, "");
    const shown = `── ${visibleLine(title, 60)} `;
    this.#lines.push(shown.padEnd(Math.min(ruleWidth, this.#width), "─"));
  }

  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** A paragraph; `first` stands before its first line, and the others are indented as far. */
  text(first: string, text: string): void {
    this.pieces(first, [{ text }]);
  }

  /** The same of pieces that follow one another with a blank between them. Links are never broken in two. */
  pieces(first: string, pieces: readonly Piece[]): void {
    const indent = " ".repeat(displayWidth(first));
    let line = first;
    let used = displayWidth(first);
    let isFresh = true;
    const put = (word: string): { from: number; to: number } => {
      const width = displayWidth(word);
      if (!isFresh && used + 1 + width > this.#width) {
        this.#lines.push(line);
        line = indent;
        used = indent.length;
        isFresh = true;
      }
      if (!isFresh) {
        line += " ";
        used++;
      }
      isFresh = false;
      const from = line.length;
      line += cut(word, Math.max(0, maxLineLength - line.length));
      used += width;
      return { from, to: line.length };
    };
    for (const { text, target, tooltip, whole } of pieces) {
      const shown = visibleLine(text, maxSentence);
      if (shown === "") continue;
      if (target) {
        const { from, to } = put(shown);
        this.#links.push({
          line: this.#lines.length,
          startCharacter: from,
          endCharacter: to,
          target,
          tooltip: visibleLine(tooltip ?? shown),
        });
      } else if (whole) put(shown);
      else for (const word of shown.split(" ")) for (const part of broken(word, this.#width - indent.length)) put(part);
    }
    this.#lines.push(line.trimEnd());
  }

  finished(): RenderedReport {
    this.#close();
    return { text: `${this.#lines.join("\n")}\n`, sections: this.#sections, links: this.#links };
  }

  #begin(kind: SectionKind, title: string, detail: string): void {
    this.#close();
    const line = this.#lines.length;
    this.#sections.push({
      kind,
      title: visibleLine(title, 120),
      detail: visibleLine(detail, 60),
      firstLine: line,
      lastLine: line,
      children: [],
    });
  }

  #close(): void {
    const open = this.#sections.at(-1);
    if (!open) return;
    let last = this.#lines.length - 1;
    while (last > open.firstLine && this.#lines[last] === "") last--;
    open.lastLine = last;
  }
}

/** Words that fit into no line (keys, text without blanks) are broken where the columns end. Links are not: they are copied. */
function* broken(word: string, columns: number): Generator<string> {
  if (displayWidth(word) <= columns) {
    yield word;
    return;
  }
  let part = "";
  let width = 0;
  for (const { segment } of graphemes.segment(word)) {
    const more = displayWidth(segment);
    if (width + more > columns && part !== "") {
      yield part;
      part = "";
      width = 0;
    }
    part += segment;
    width += more;
  }
  yield part;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** `openclaw.json:12`, `3df90563….jsonl:9`: short, since a report names many; the tooltip has the whole path. */
export function placePiece(place: Place, stateDir: string): Piece {
  const path = shortFileName(
    relativeTo(stateDir, place.file).replace(/^agents[\\/][^\\/]+[\\/]sessions[\\/](?=[^\\/]+$)/, ""),
  );
  return {
    text: place.line === undefined ? path : `${path}:${String(place.line)}`,
    target: { kind: "place", place },
    tooltip: place.file,
  };
}

/** The whole path from the state directory on, to be copied. */
export function pathPiece(file: string, stateDir: string): Piece {
  return { text: relativeTo(stateDir, file), target: { kind: "place", place: { file } }, tooltip: file };
}

/** Both separators: a report may be about a directory of another machine. */
function relativeTo(directory: string, file: string): string {
  const base = directory.replace(/[\\/]+$/, "");
  const separator = file.charAt(base.length);
  return file.startsWith(base) && (separator === "/" || separator === "\\") ? file.slice(base.length + 1) : file;
}
