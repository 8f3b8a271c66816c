import { visibleLine } from "../core/text/visibleText";

/** A word as it can be pasted into a POSIX shell; quoted only where that is needed, so that it works in other ones too. */
export function shellWord(word: string): string {
  const shown = visibleLine(word, 1000);
  const isPlain = /^(?:[a-z]:\\[\w.\\-]*|[\w@%+=:,./-]+)$/i.test(shown);
  return isPlain ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
