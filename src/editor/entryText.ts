import type { EntryEdit } from "../core/restore/restorePlan";
import { timeInLine } from "../core/restore/report/entryLine";

/**
 * One side of the diff of the index, for reading only: JSON with each time in words behind it
 * (`"updatedAt": 1774958400000, // 2026-03-31 12:00:00 UTC`), and a comma after every last member, as otherwise a member that
 * becomes the last one would show as changed.
 */
export function entryText(entries: readonly EntryEdit[], side: "before" | "after"): string {
  const shown = entries.flatMap((edit) => {
    const { key, [side]: text } = edit;
    return text === undefined ? [] : `${JSON.stringify(key)}: ${text},`.split("\n");
  });
  if (shown.length === 0) return "{}";
  return ["{", ...withCommas(shown).map((line) => `  ${withTime(line)}`), "}"].join("\n");
}

/** Strings of JSON have no line breaks: what opens or closes at the end of a line is no text. */
function withCommas(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => {
    const isLast = /^ *[}\]]/.test(lines[index + 1] ?? "");
    return isLast && !/[,{[]$/.test(line) ? `${line},` : line;
  });
}

function withTime(line: string): string {
  const time = timeInLine(line);
  return time === undefined ? line : `${line} // ${time}`;
}
