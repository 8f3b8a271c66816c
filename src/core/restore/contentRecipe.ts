/**
 * How bytes that a plan needs come into the vault (`<vault>/objects/<sha256>`), before anything is changed. The state directory
 * is only read for it.
 */
export type ContentRecipe =
  /** A file as it is. */
  | { readonly kind: "file"; readonly path: string }
  /**
   * A transcript with another first line: a checkpoint that gets an id of its own, or an archive whose name and header differ.
   * `text` takes the place of the first `replaces` bytes; both have their `\n`, where there is one. `.zst` archives are unpacked.
   */
  | {
      readonly kind: "transcript";
      readonly path: string;
      readonly firstLine: { readonly text: string; readonly replaces: number } | undefined;
    }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** What came of it: made by reading everything once. */
export interface SealedContent {
  readonly sha256: string;
  readonly bytes: number;
}
