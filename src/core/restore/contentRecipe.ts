/**
 * How bytes that a plan needs come into the vault (`<vault>/objects/<sha256>`), before anything is changed. The state directory
 * is only read for it.
 */
export type ContentRecipe =
  /** A file as it is. */
  | { readonly kind: "file"; readonly path: string }
  /**
   * A transcript, with another first line where it gets an id of its own: a checkpoint, or one whose id is current elsewhere.
   * `text` takes the place of the first `replaces` bytes; both have their `\n`, where there is one. `.zst` archives are unpacked.
   */
  | {
      readonly kind: "transcript";
      readonly path: string;
      readonly firstLine: { readonly text: string; readonly replaces: number } | undefined;
      /** Gets a `\n` at its end, which it lacks: the next entry would be joined to its last line. */
      readonly endsLine?: true;
    }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** What came of it: made by reading everything once. */
export interface SealedContent {
  readonly sha256: string;
  readonly bytes: number;
}
