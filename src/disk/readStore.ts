import * as l10n from "@vscode/l10n";
import { ReadError } from "../core/inspectorPort";
import type { Problem } from "../core/problem";
import { StoreReader } from "../core/store/storeReader";
import type { StoreRow } from "../core/store/storeRow";
import { problemOf } from "./readErrors";
import type { Within } from "./regularFile";
import { streamBytes } from "./streamBytes";

export interface StoreReading {
  /** `absent` is no problem by itself: a new agent has no store, and in SQLite there is none. See `missingStore`. */
  readonly outcome: "read" | "absent" | "unreadable";
  readonly rows: readonly StoreRow[];
  readonly problems: readonly Problem[];
}

/** One piece takes the reader a few milliseconds. */
const CHUNK_BYTES = 128 * 1024;

/** Reads OpenClaw's index, `sessions.json`, in bounded memory. Damage is problems, and the rows around it are given. */
export async function readStore(
  storePath: string,
  options: { readonly within: Within; readonly signal?: AbortSignal | undefined },
): Promise<StoreReading> {
  const reader = new StoreReader(storePath);
  try {
    await streamBytes(storePath, { ...options, chunkBytes: CHUNK_BYTES }, (chunk) => {
      reader.push(chunk);
    });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    if (error.code === "vanished") return { outcome: "absent", rows: [], problems: [] };
    return { outcome: "unreadable", rows: [], problems: [problemOf(error)] };
  }
  return { outcome: "read", ...reader.end() };
}

/** For an agent that has transcripts in files, but no store and no sessions in SQLite. */
export function missingStore(storePath: string): Problem {
  return {
    code: "store.missing",
    message: l10n.t(
      "The session index {0} is missing. The transcripts beside it are listed, but which of them are current cannot be told; OpenClaw starts every conversation anew.",
      storePath,
    ),
    file: storePath,
  };
}
