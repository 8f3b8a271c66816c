import { shellWord } from "./shellWord";

/** What was named for a command, and has to be named again for the ones that it suggests. */
export interface SuggestingOptions {
  readonly stateDir?: readonly string[];
  readonly backupDir?: string;
}

/** A command to copy. */
export function commandLine(words: readonly string[], { stateDir = [], backupDir }: SuggestingOptions): string {
  const places = [
    ...stateDir.flatMap((directory) => ["--state-dir", directory]),
    ...(backupDir === undefined ? [] : ["--backup-dir", backupDir]),
  ];
  return ["openclaw-sessions", ...[...words, ...places].map(shellWord)].join(" ");
}
