import * as l10n from "@vscode/l10n";
import { formatNumber } from "../text/formatSize";
import { visibleLine, visibleText } from "../text/visibleText";
import { bodyIndent, marks, maxLineLength, noteIndent } from "./marks";
import type { HoverSpan, LinkSpan } from "./rendered";
import type { Run } from "./view";

/** Characters of one run in a line of ours; longer names and messages are cut. */
const maxRun = 160;
const separator = " · ";

/** Collects the lines of a document together with what hangs on them, so that both always agree. */
export class LineWriter {
  readonly lines: string[] = [];
  readonly links: LinkSpan[] = [];
  readonly hovers: HoverSpan[] = [];

  /** Number of the next line, from 0. */
  get next(): number {
    return this.lines.length;
  }

  get text(): string {
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }

  blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
  }

  /** A line of ours: `prefix`, then the runs with a dot between them, then whatever `end` makes of the line. */
  own(prefix: string, runs: readonly Run[], end: (line: string) => string = (line) => line): void {
    const line = this.next;
    let text = prefix;
    let first = true;
    for (const run of runs) {
      const shown = visibleLine(run.text, maxRun);
      if (shown === "") continue;
      if (!first) text += run.before ?? separator;
      first = false;
      const span = { line, startCharacter: text.length, endCharacter: text.length + shown.length };
      text += shown;
      // A line that is too long in spite of short runs loses its end, spans included.
      if (span.endCharacter > maxLineLength) break;
      if (run.link) this.links.push({ ...span, ...run.link });
      if (run.hover !== undefined) this.hovers.push({ ...span, text: visibleLine(run.hover) });
    }
    this.lines.push(cut(end(text), maxLineLength));
  }

  note(mark: string, runs: readonly Run[]): void {
    this.own(`${noteIndent}${mark} `, runs);
  }

  /**
   * Lines of a transcript's own text, indented. A line that is too long is cut with a note that links to the whole
   * (`link`), or goes on in the next line (`wrap`).
   */
  body(text: string, tooLong: { readonly wrap: true } | { readonly wrap: false; readonly link: Run["link"] }): void {
    const room = maxLineLength - bodyIndent.length;
    for (const line of text.split("\n")) {
      // Making megabytes visible to show two thousand characters would be dear.
      const shown = visibleText(withoutReturn(tooLong.wrap ? line : line.slice(0, 2 * room)));
      if (shown === "") this.lines.push("");
      else if (shown.length <= room && (tooLong.wrap || line.length <= 2 * room)) this.lines.push(bodyIndent + shown);
      else if (tooLong.wrap) for (const piece of wrapped(shown, room)) this.lines.push(bodyIndent + piece);
      else {
        const kept = cut(shown, room);
        this.lines.push(bodyIndent + kept);
        const missing = Math.max(line.length, shown.length) - kept.length;
        const run = { text: l10n.t("{0} more characters on this line", formatNumber(missing)) };
        this.note(marks.elided, [tooLong.link ? { ...run, link: tooLong.link } : run]);
      }
    }
  }
}

/** Pieces of at most `room` characters, each but the last with a mark that says it goes on. */
export function* wrapped(text: string, room: number): Generator<string> {
  let from = 0;
  while (text.length - from > room) {
    const piece = cut(text.slice(from, from + room), room - marks.wrapped.length);
    yield piece + marks.wrapped;
    from += piece.length;
  }
  yield text.slice(from);
}

/** The first `length` UTF-16 units, one fewer where that would split a character in two. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Windows ends lines with a carriage return before the `\n`. */
function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
