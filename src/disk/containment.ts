import { lstat } from "node:fs/promises";
import * as path from "node:path";
import { isInside } from "../core/locations/containment";
import {
  outsideProblem,
  placeSessionFile,
  type SessionFileRow,
  type SessionsDirectory,
} from "../core/locations/sessionFilePlace";
import type { Problem } from "../core/problem";
import { realPathOf } from "./regularFile";

export interface ResolvedSessionFile {
  /** The transcript, there or missing; undefined when the row names no session that could have one. */
  readonly path: string | undefined;
  readonly exists: boolean;
  readonly problem: Problem | undefined;
}

/** What is known of paths without looking at them; a path may be neither shown nor lacking. */
export interface Listings {
  /** It was listed. */
  show(file: string): boolean;
  /** Its directory was listed, and it is not there. */
  lack(file: string): boolean;
}

const nothingListed: Listings = { show: () => false, lack: () => false };

/**
 * The transcript a store row means, by the rule of `placeSessionFile` and with real paths on both sides. `listings` tells of
 * paths what a listing of these directories has shown already; it saves looking at each.
 */
export async function resolveSessionFile(
  row: SessionFileRow,
  root: SessionsDirectory & { readonly storePath: string },
  others: readonly SessionsDirectory[],
  listings: Listings = nothingListed,
): Promise<ResolvedSessionFile> {
  const place = placeSessionFile(path, row, root, others);
  const { candidates, problem } = place.problem === undefined ? place : await placeByRealPath(row, root, others, place);
  for (const { path: file } of candidates) {
    if (listings.show(file)) return { path: file, exists: true, problem };
    if (listings.lack(file)) continue;
    const there = await whereReally(file, [root, ...others]);
    if (there === "inside") return { path: file, exists: true, problem };
    if (there === "outside") {
      return {
        path: file,
        exists: false,
        problem: problem ?? outsideProblem(row, row.sessionFile ?? file, root.storePath),
      };
    }
  }
  return { path: candidates[0]?.path, exists: false, problem };
}

/** A stored path that looks foreign may lead here through a link: its directory's real path decides. */
async function placeByRealPath(
  row: SessionFileRow,
  root: SessionsDirectory & { readonly storePath: string },
  others: readonly SessionsDirectory[],
  place: ReturnType<typeof placeSessionFile>,
): Promise<ReturnType<typeof placeSessionFile>> {
  const stored = row.sessionFile?.trim() ?? "";
  // Merely looking at \\server\share would send credentials to a server that somebody else chose.
  if (!path.isAbsolute(stored) || stored.includes("\0") || /^[\\/]{2}/.test(stored)) return place;
  const directory = await realPathOf(path.dirname(stored)).catch(() => undefined);
  if (directory === undefined) return place;
  const real = placeSessionFile(
    path,
    { ...row, sessionFile: path.join(directory, path.basename(stored)) },
    root,
    others,
  );
  return real.problem === undefined ? real : place;
}

async function whereReally(
  file: string,
  directories: readonly SessionsDirectory[],
): Promise<"inside" | "outside" | "nowhere"> {
  try {
    await lstat(file);
    const real = await realPathOf(file);
    return directories.some(({ realPath }) => isInside(path, realPath, real)) ? "inside" : "outside";
  } catch {
    return "nowhere"; // opening it later says why, if it is there at all
  }
}
