/**
 * What a plan does to the disk: files that are one way before and another way after, in order. An edit of the index, a copy that
 * is put beside others, a name that is given up: all are this, so that undo is the same list backwards with the sides exchanged.
 * Contents are not in here; they lie in the vault under their hash (contentRecipe.ts).
 */
export interface FileChange {
  /** Absolute, real. */
  readonly path: string;
  readonly before: FileState;
  readonly after: FileState;
  readonly role: FileRole;
}

export type FileState = FileContent | { readonly kind: "absent" };

export interface FileContent {
  readonly kind: "file";
  readonly bytes: number;
  /** Hex, lower case. Also the name of the content in the vault. */
  readonly sha256: string;
  /** Permission bits (`0o600`). */
  readonly mode: number;
  /** Epoch ms; may have a fraction. */
  readonly mtimeMs: number;
}

/** What a file is in the plan, for sentences and for the order in which things are done. */
export type FileRole =
  /** The transcript that comes back, under a name of its own. */
  | "restored"
  /** The transcript that was current, under the name of an archive. */
  | "set-aside"
  /** The same transcript's old name, given up once nothing points at it. */
  | "given-up"
  /** `sessions.json`. */
  | "index";

/** The way back: the same changes in the opposite order, each the other way round. */
export function inverse(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.map((change) => ({ ...change, before: change.after, after: change.before })).reverse();
}
