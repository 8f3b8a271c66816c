import type { TextLimit } from "./view";

export interface Excerpt {
  readonly shown: string;
  /** What is not shown; empty when all is. */
  readonly rest: string;
}

/** Cutting off less than this is not worth a line that says so. */
const slackLines = 3;

/**
 * The beginning of a text, within a limit. Cuts at the end of a line where it can, never inside a character.
 *
 *     excerpt("a\nb\nc\nd\ne\nf", { lines: 2, characters: 100 })  →  shown "a\nb", rest "\nc\nd\ne\nf"
 */
export function excerpt(text: string, limit: TextLimit): Excerpt {
  const all = endOfWords(text);
  const end = lineEnd(text, limit.lines + slackLines) >= all ? all : lineEnd(text, limit.lines);
  if (end <= limit.characters) return { shown: text.slice(0, end), rest: text.slice(end) };
  const newline = text.lastIndexOf("\n", limit.characters);
  const cutAt = newline > limit.characters / 2 ? newline : wholeCharacter(text, limit.characters);
  return { shown: text.slice(0, cutAt), rest: text.slice(cutAt) };
}

/** Number of lines of a text; a last `\n` ends a line and does not begin one. */
export function countLines(text: string): number {
  if (text === "") return 0;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Offset of the `\n` that ends line `lines`; the end of the text when it has fewer. */
function lineEnd(text: string, lines: number): number {
  let end = -1;
  for (let line = 0; line < lines; line++) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) return text.length;
  }
  return end;
}

/** Blank lines at the end are not worth showing. */
function endOfWords(text: string): number {
  let end = text.length;
  while (end > 0 && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return end;
}

function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}
