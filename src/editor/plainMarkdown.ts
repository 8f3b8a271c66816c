/**
 * Text of others as Markdown that shows it as it is. `MarkdownString.appendText` turns blanks into such as do not break, and
 * then lines break in the middle of words. What stands between backticks is shown as code.
 */
export function plainMarkdown(text: string): string {
  const pieces = text.split("`");
  // A backtick without its partner is one of the text's own.
  const paired = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
  return pieces
    .map((piece, index) => {
      if (index >= paired) return `'${escaped(piece)}`;
      return index % 2 === 0 || piece.trim() === "" ? escaped(piece) : `\`${piece}\``;
    })
    .join("");
}

/** One thing per line; several become a list. */
export function plainList(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 ? lines.map((line) => `- ${plainMarkdown(line)}`).join("\n") : plainMarkdown(lines.join(""));
}

/** Markdown lets every mark of ASCII be escaped; a line break would begin a paragraph or a heading. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
