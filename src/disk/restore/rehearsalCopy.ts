import * as l10n from "@vscode/l10n";
import { constants } from "node:fs";
import { chmod, copyFile, readFile, rm, statfs, utimes, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { ReadError } from "../../core/inspectorPort";
import { isInside } from "../../core/locations/containment";
import { isPlanId } from "../../core/restore/engine/soundPlan";
import { RestoreRefused, type RestoreProgress } from "../../core/restore/restorer";
import { formatBytes } from "../../core/text/formatSize";
import { makeDirectory } from "../evidence/makeDirectory";
import { realPathOf } from "../regularFile";
import { listDirectory } from "../scanListing";
import { MAX_INDEX_BYTES } from "./indexFacts";
import { copiedFile, type FileToCopy } from "./filesToCopy";

/** Room that must be left besides what is copied, bytes. */
const MARGIN_BYTES = 64 * 1024 * 1024;

/** Names what is ours: only such directories are ever removed. */
const MARKER = "rehearsal.json";

export interface CopyRequest {
  /** `<vault>/rehearsals`. */
  readonly directory: string;
  readonly id: string;
  readonly stateDir: { readonly path: string; readonly realPath: string };
  readonly files: readonly FileToCopy[];
  /** Absolute paths of the indexes among the files. */
  readonly indexes: readonly string[];
  readonly progress: RestoreProgress | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A throw-away copy; its paths are absolute. */
export interface Copied {
  /** Holds everything of this rehearsal. */
  readonly base: string;
  readonly stateDir: string;
}

/**
 * Copies files into `<directory>/<id>/state`, and makes absolute paths in the copied indexes lead into the copy. Blocks are shared
 * where the file system can. Throws RestoreRefused where there is no room; what was copied by then is removed.
 */
export async function copyForRehearsal(request: CopyRequest): Promise<Copied> {
  const { directory, id, files, progress, signal } = request;
  await makeDirectory(directory);
  await removeOldRehearsals(directory);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await expectRoom(directory, total);
  const base = path.join(await realPathOf(directory), id);
  const copied: Copied = { base, stateDir: path.join(base, "state") };
  await makeDirectory(copied.stateDir);
  await writeFile(path.join(base, MARKER), JSON.stringify({ of: request.stateDir.realPath, id }), { mode: 0o600 });
  try {
    let done = 0;
    for (const file of files) {
      signal?.throwIfAborted();
      progress?.({ step: l10n.t("Copying {0}", path.basename(file.from)), done, total });
      const to = path.join(copied.stateDir, file.to);
      if (!isInside(path, copied.stateDir, to)) continue;
      await makeDirectory(path.dirname(to));
      const isCopied = await copiedFile(file.from, (from) =>
        copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
      );
      if (!isCopied) continue;
      if (request.indexes.includes(file.from)) await rebase(to, request.stateDir, copied.stateDir);
      await chmod(to, file.mode | 0o600);
      await utimes(to, file.mtimeMs / 1000, file.mtimeMs / 1000);
      done += file.bytes;
    }
    return copied;
  } catch (error) {
    await removeRehearsal(copied);
    throw error;
  }
}

export async function removeRehearsal({ base }: Copied): Promise<void> {
  await rm(base, { recursive: true, force: true });
}

/** Earlier rehearsals, as far as they are ours. */
async function removeOldRehearsals(directory: string): Promise<void> {
  const listing = await listDirectory(directory);
  if (listing.outcome !== "listed") return;
  for (const { base, type } of listing.names) {
    if (type !== "directory" || !isPlanId(base)) continue;
    const inside = await listDirectory(path.join(directory, base));
    const isOurs =
      inside.outcome === "listed" && inside.names.some((name) => name.base === MARKER && name.type === "file");
    if (isOurs) await rm(path.join(directory, base), { recursive: true, force: true });
  }
}

async function expectRoom(directory: string, total: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  // Not every file system tells.
  if (!(free > 0) || free >= total + MARGIN_BYTES) return;
  throw new RestoreRefused(
    l10n.t(
      "A rehearsal copies {0}, and there are {1} left in {2}. Free some space, or name another place with openclawSessions.backupDirectory or --backup-dir.",
      formatBytes(total),
      formatBytes(free),
      directory,
    ),
  );
}

/** Paths in texts that begin with the state directory's begin with the copy's; every other byte stays. */
async function rebase(index: string, from: CopyRequest["stateDir"], to: string): Promise<void> {
  const bytes = await readFile(index);
  if (bytes.length > MAX_INDEX_BYTES) {
    throw new ReadError("unsupported", index, l10n.t("The index is too large for a rehearsal."));
  }
  let text = bytes.toString("latin1"); // every byte stays what it is
  for (const place of new Set([from.path, from.realPath])) {
    text = text.replaceAll(`"${inJson(place + path.sep)}`, () => `"${inJson(to + path.sep)}`);
  }
  await chmod(index, 0o600);
  await writeFile(index, Buffer.from(text, "latin1"));
}

/** As bytes of a JSON text, one character each. */
function inJson(text: string): string {
  return Buffer.from(JSON.stringify(text).slice(1, -1), "utf8").toString("latin1");
}
