/**
 * What is wrong with something on disk. Damage is a value like any other: it has a place and a reason, is shown where it
 * stands, and never hides its neighbours.
 *
 * Codes read as sentences with a namespace: what it is about, then what is wrong with it.
 */
export type ProblemCode =
  | "file.unreadable"
  | "file.vanished"
  | "file.not-regular"
  | "file.outside"
  | "file.empty"
  | "file.zst-damaged"
  | "file.zst-too-large"
  | "directory.unreadable"
  | "line.not-json"
  | "line.not-object"
  | "line.half"
  | "line.nul-bytes"
  | "line.invalid-utf8"
  | "line.byte-order-mark"
  | "line.carriage-returns"
  | "line.too-long"
  | "line.unknown-layout"
  | "header.missing"
  | "header.not-first"
  | "header.second"
  | "header.id-differs"
  | "header.version-unknown"
  | "tree.cycle"
  | "tree.unknown-parent"
  | "tree.duplicate-id"
  | "store.missing"
  | "store.empty"
  | "store.not-json"
  | "store.half-written"
  | "store.not-object"
  | "store.row-not-object"
  | "store.row-without-session"
  | "store.duplicate-key"
  | "store.key-too-long"
  | "store.file-outside"
  | "store.file-missing"
  | "store.two-keys-one-file"
  | "join.disagreement"
  | "config.unreadable"
  | "config.not-json5"
  | "config.include"
  | "config.variable-unset"
  | "config.store-relative"
  | "config.store-unusable"
  | "config.too-many-agents"
  | "kept.record-missing"
  | "kept.record-damaged"
  | "kept.copy-differs"
  | "sqlite.not-readable-yet"
  | "sqlite.unreadable"
  | "watch.polling"
  | "state.not-found"
  | "state.unknown-layout"
  | "state.empty"
  | "state.failed";

export interface Problem {
  readonly code: ProblemCode;
  /** A whole sentence for people: names the thing and, where there is one, the remedy. */
  readonly message: string;
  /** Absolute path of the file it is about. */
  readonly file?: string;
  /** Line in that file, counted from 1, where known. */
  readonly line?: number;
  /** Byte offset of that line's first byte. */
  readonly offset?: number;
}

/** Each problem once, in the order given: the same thing may be noticed at two places. */
export function distinctProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map<string, Problem>();
  for (const problem of problems) {
    const identity = [problem.code, problem.file, problem.line, problem.offset, problem.message].join("\n");
    if (!seen.has(identity)) seen.set(identity, problem);
  }
  return [...seen.values()];
}
