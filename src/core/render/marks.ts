/**
 * First characters of our own lines. They tell kinds apart without colour and without knowing the language of the words, so
 * the grammar (syntaxes/openclaw-transcript.tmLanguage.json) goes by them; a test holds the two together.
 *
 * Headings begin in the first column, notes in the third. What a transcript says is always indented by four: no text in
 * it can look like a line of ours.
 */
export const marks = {
  user: "━━",
  machine: "──",
  reset: "══",
  compaction: "┄┄",
  assistant: "◆",
  mirror: "◇",
  context: "○",
  state: "·",
  branch: "⎇",
  damage: "⚠",
  unknown: "?",
  call: "→",
  result: "←",
  elided: "▸",
  expanded: "▾",
  image: "▦",
  /** How the window before this one ended, where nobody asked for it. */
  before: "◂",
  earlier: "‹",
  later: "›",
  /** At the end of a line that was too long and goes on in the next one. */
  wrapped: "↩",
} as const;

export const noteIndent = "  ";
export const bodyIndent = "    ";
/** Rules behind the headings of turns end here: early enough for an editor in half of a laptop's screen. */
export const ruleWidth = 56;
/** The longest line of any document of ours, indentation included. VS Code stops colouring and wrapping well far beyond. */
export const maxLineLength = 2_000;
