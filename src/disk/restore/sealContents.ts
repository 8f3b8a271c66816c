import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { ReadError } from "../../core/inspectorPort";
import type { ContentRecipe, SealedContent } from "../../core/restore/contentRecipe";
import type { RestoreProgress } from "../../core/restore/restorer";
import { closeFile, openRegularFile, readInto, type Within } from "../regularFile";
import { openBytes } from "../byteSource";

const PIECE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

export interface SealedContents {
  /** By the recipe's name. */
  readonly sealed: ReadonlyMap<string, SealedContent>;
  /** The recipe that makes a content, by its hash. */
  readonly recipes: ReadonlyMap<string, ContentRecipe>;
}

/** Reads everything that recipes make once, in pieces of 1 MB, and tells its hash. Throws ReadError. */
export async function sealContents(
  recipes: Readonly<Record<string, ContentRecipe>>,
  within: Within,
  progress: RestoreProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<SealedContents> {
  const sealed = new Map<string, SealedContent>();
  const byHash = new Map<string, ContentRecipe>();
  const total = await bytesToRead(Object.values(recipes));
  let done = 0;
  for (const [name, recipe] of Object.entries(recipes)) {
    const hash = createHash("sha256");
    let bytes = 0;
    const step = stepOf(recipe);
    for await (const piece of contentOf(recipe, within, signal)) {
      hash.update(piece);
      bytes += piece.length;
      done += piece.length;
      progress?.({ step, done, total: Math.max(total, done) });
    }
    const sha256 = hash.digest("hex");
    sealed.set(name, { sha256, bytes });
    byHash.set(sha256, recipe);
  }
  return { sealed, recipes: byHash };
}

/** The bytes that a recipe makes, in pieces. Throws ReadError, also for an archive that cannot be unpacked to its end. */
export async function* contentOf(
  recipe: ContentRecipe,
  within: Within,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  switch (recipe.kind) {
    case "bytes":
      yield recipe.bytes;
      return;
    case "file":
      yield* rawBytes(recipe.path, within, signal);
      return;
    case "transcript":
      yield* transcriptBytes(recipe, within, signal);
      return;
  }
}

/** A file as it is, `.zst` packed. */
async function* rawBytes(path: string, within: Within, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const { descriptor } = await openRegularFile(path, within);
  try {
    for (let at = 0; ;) {
      signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafe(PIECE_BYTES);
      const bytes = await readInto(descriptor, buffer, 0, PIECE_BYTES, at);
      if (bytes === 0) return;
      at += bytes;
      yield buffer.subarray(0, bytes);
    }
  } finally {
    await closeFile(descriptor);
  }
}

async function* transcriptBytes(
  { path, firstLine, endsLine }: Extract<ContentRecipe, { readonly kind: "transcript" }>,
  within: Within,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const source = await openBytes(path, { within, signal });
  try {
    if (source.problem !== undefined) throw new ReadError("unsupported", path, source.problem.message);
    if (firstLine !== undefined) yield Buffer.from(firstLine.text, "utf8");
    let last: number | undefined;
    for (let at = firstLine?.replaces ?? 0; ;) {
      const piece = await source.read(at, PIECE_BYTES, signal);
      if (piece.length === 0) break;
      at += piece.length;
      last = piece.at(-1);
      yield piece;
    }
    if (endsLine === true && last !== NEWLINE) yield Buffer.of(NEWLINE);
  } finally {
    await source.close();
  }
}

/** Packed archives count as they are. */
async function bytesToRead(recipes: readonly ContentRecipe[]): Promise<number> {
  let total = 0;
  for (const recipe of recipes) {
    if (recipe.kind === "bytes") total += recipe.bytes.length;
    else
      total += await lstat(recipe.path).then(
        ({ size }) => size,
        () => 0,
      ); // reading it says why
  }
  return total;
}

function stepOf(recipe: ContentRecipe): string {
  return recipe.kind === "bytes" ? l10n.t("Reading the new index") : l10n.t("Reading {0}", recipe.path);
}
