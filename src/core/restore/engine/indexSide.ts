import type { RestoreFiles } from "../restoreFiles";
import { readText } from "./readContent";

/**
 * An index that somebody else wrote meanwhile is neither what it was nor what we made of it; but the keys of our edit still
 * point to what they pointed to before, or to what we pointed them to, or to something else altogether (undefined). It is by
 * `sessionId` and `sessionFile` that they point; the rest of a row changes with every message.
 */
export async function indexSide(
  files: RestoreFiles,
  path: string,
  beforePath: string,
  afterPath: string,
): Promise<"before" | "after" | undefined> {
  const [now, before, after] = [
    await rowsIn(files, path),
    await rowsIn(files, beforePath),
    await rowsIn(files, afterPath),
  ];
  if (!now || !before || !after) return undefined;
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  if (keys.length === 0) return undefined;
  if (keys.every((key) => now.get(key) === after.get(key))) return "after";
  return keys.every((key) => now.get(key) === before.get(key)) ? "before" : undefined;
}

/** What each key points to. */
async function rowsIn(files: RestoreFiles, path: string): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const value = JSON.parse((await readText(files, path)).replace(/^\uFEFF/, "")) as unknown;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return new Map(
      Object.entries(value).map(([key, row]) => {
        const { sessionId, sessionFile } = (row ?? {}) as Readonly<Record<string, unknown>>;
        return [key, JSON.stringify([sessionId, sessionFile])];
      }),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
