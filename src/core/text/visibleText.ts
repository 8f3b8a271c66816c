/**
 * Makes what a terminal or an editor would obey, reorder or hide visible: control characters and ANSI escapes (`␛[31m`),
 * bidirectional controls (`⟨U+202E⟩`), zero-width and other invisible characters, unpaired surrogates. `\n` and `\t` stay,
 * `\r\n` becomes `\n`. Text without any of these is returned as it is.
 */
export function visibleText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(/\r\n/g, "\n").replace(invisible, (found) => {
    let shown = "";
    for (const character of found) shown += visibleCharacter(character);
    return shown;
  });
}

/** The same on one line and at most `limit` characters long, for labels and table cells. */
export function visibleLine(text: string, limit = 200): string {
  // Cut before the dear work: a label may come from a file and be megabytes long.
  const line = visibleText(
    text
      .slice(0, limit * 4)
      .replace(/\s+/g, " ")
      .trim(),
  );
  const characters = Array.from(line.slice(0, limit * 2 + 2));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : line;
}

/** A quick test that may say yes too often; nearly all text answers no and is left alone. */
const suspicious =
  /\u034f|[\ufe00-\ufe0f]|[\u17b4\u17b5\u180b-\u180f\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb]/;

/** Letters of scripts in which a joiner or non-joiner between them is spelling, not hiding. */
const joining =
  "[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Tibetan}]";

const invisible = new RegExp(
  [
    // Spelling and emoji are passed over whole: 👩‍💻, क्‍ष, 🏴󠁧󠁢󠁳󠁣󠁴󠁿.
    "(?!(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic}))",
    `(?!(?<=${joining})[\\u200c\\u200d](?=${joining}|$))`,
    "(?!(?<=\\u{1f3f4}[\\u{e0061}-\\u{e007a}\\u{e0030}-\\u{e0039}]{0,6})[\\u{e0061}-\\u{e007a}\\u{e0030}-\\u{e0039}\\u{e007f}])",
    // A variation selector picks the form of the character before it (❤️, 葛󠄀); behind another one it only hides.
    "(?!(?<=[\\p{Script=Han}])[\\u{e0100}-\\u{e01ef}])",
    "(?!(?<!\\s|[\\ufe00-\\ufe0f]|^)[\\ufe00-\\ufe0f])",
    "(?:\\u034f|[\\ufe00-\\ufe0f]|[\\u{1d173}-\\u{1d17a}]|[\\u17b4\\u17b5\\u180b-\\u180f\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u115f\\u1160\\u200b-\\u200f",
    "\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}]|\\p{Surrogate})",
  ].join(""),
  "gu",
);

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
