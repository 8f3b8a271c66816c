import * as l10n from "@vscode/l10n";
import { createHash, randomUUID } from "node:crypto";
import * as path from "node:path";
import type { SessionFile, Snapshot, Window } from "../../core/conversation/model";
import { ReadError } from "../../core/inspectorPort";
import { keepFault } from "../../core/keep/keepFault";
import { type FileToKeep, keepFile } from "../../core/keep/keepFile";
import type { KeepWorld } from "../../core/keep/keptDirectory";
import { type Keeper, KeepRefused, type KeepRequest, type KeptAt } from "../../core/keep/keptCopy";
import { windowOf } from "../../core/keep/windowOf";
import type { StreamingHash } from "../../core/restore/engine/engineHost";
import { withFaults } from "../../core/restore/engine/fileFault";
import type { RestoreFiles } from "../../core/restore/restoreFiles";
import { isAbsent } from "../readErrors";
import { findRegularFile, realPathOf, type Within } from "../regularFile";
import { listKept } from "./listKept";
import { forbiddenBy, keptPlacesOf } from "./keptPlaces";

export interface KeeperOptions {
  /** The folder of kept copies, absolute; undefined: there is none. */
  readonly folder: string | undefined;
  readonly snapshot: () => Snapshot;
  /** Looks at everything again, so that a new copy is shown. */
  readonly refresh: () => Promise<unknown>;
  /** The real paths of all directories that nothing may be written into. */
  readonly places: () => readonly string[];
  /** What a file that is shown must really lie in. Throws ReadError. */
  readonly withinOf: (file: string) => Within;
  readonly files: RestoreFiles;
  readonly log: (message: string) => void;
  /** Epoch ms. */
  readonly now?: () => number;
}

/** Keeps copies in a folder of the user's choosing, and knows which there are. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { folder, files, now = Date.now } = options;
  const world: KeepWorld = {
    files,
    hash: newHash,
    newUuid: randomUUID,
    now,
    join: (...parts) => path.join(...parts),
    dirname: (at) => path.dirname(at),
  };
  return {
    folder,
    keep: async (request, signal) => {
      if (folder === undefined) throw new KeepRefused(noFolder());
      try {
        return await keep(folder, options, world, request, signal);
      } catch (error) {
        throw keepFault(error, folder);
      }
    },
    list: async (stateDir) =>
      folder === undefined ? [] : listKept(await keptPlacesOf(folder, await realPathOrItself(stateDir)), files),
  };
}

async function keep(
  folder: string,
  options: KeeperOptions,
  world: KeepWorld,
  request: KeepRequest,
  signal: AbortSignal | undefined,
): Promise<KeptAt & { readonly wasKept: boolean }> {
  const { stateDir, window } = windowOf(options.snapshot(), request);
  const file = fileOf(window, request);
  const places = await keptPlacesOf(folder, stateDir.realPath);
  const directory = places.directoryOf(request.agentId);
  const forbidden = [...options.places(), stateDir.realPath];
  await refuseInside(folder, directory, forbidden);
  if (file.kept !== undefined) {
    // What is left of it is a kept copy itself.
    const kept = (await listKept(places, world.files)).find((each) => each.path === file.path);
    if (kept !== undefined) return { ...kept, wasKept: true };
  }
  const source = await findRegularFile(file.path, options.withinOf(file.path));
  const { join } = window;
  const about: FileToKeep["about"] = {
    originalName: file.kept?.originalName ?? file.name.base,
    originalPath: file.path,
    agentId: request.agentId,
    windowId: window.windowId,
    sessionId: window.sessionId,
    key: join?.key,
    joinEvidence: join?.evidence,
    joinRung: join?.rung,
  };
  const known = filesOf(window).flatMap((each) => (each.kept === undefined ? [] : [each.name.base]));
  const made = { ...world, files: notInside(world.files, directory, () => refuseInside(folder, directory, forbidden)) };
  const { copy, wasKept } = await keepFile(
    made,
    { source: source.path, directory, known, stateDir: stateDir.realPath, about },
    signal,
  );
  if (!wasKept) {
    // The copy is safe whatever comes of showing it.
    await options.refresh().catch((error: unknown) => {
      options.log(`looking at the disk after a copy was kept failed: ${String(error)}`);
    });
  }
  return { copy, path: path.join(directory, copy.name), wasKept };
}

function fileOf(window: Window, { file }: KeepRequest): SessionFile {
  const found = file === undefined ? window.primary : filesOf(window).find((each) => each.path === file);
  if (found === undefined) {
    throw file === undefined
      ? new KeepRefused(l10n.t("No file holds the session {0} any more: there is nothing to keep.", window.sessionId))
      : new ReadError("vanished", file, l10n.t("{0} is no longer there.", file));
  }
  if (found.problem !== undefined) throw new KeepRefused(l10n.t("Nothing was kept. {0}", found.problem.message));
  return found;
}

function filesOf({ primary, copies }: Window): readonly SessionFile[] {
  return primary === undefined ? copies : [primary, ...copies];
}

/** Also by way of a link: the folder's own real path and that of the agent's directory in it count. */
async function refuseInside(folder: string, directory: string, forbidden: readonly string[]): Promise<void> {
  const place = (await forbiddenBy(folder, forbidden)) ?? (await forbiddenBy(directory, forbidden));
  if (place === undefined) return;
  throw new KeepRefused(
    l10n.t(
      "Nothing was kept: the folder for kept copies, {0}, lies in {1}, where OpenClaw keeps and deletes its own files. Choose a folder elsewhere.",
      folder,
      place,
    ),
  );
}

/** Looked at once more when the directory is there: until then a link could have been put in its place. */
function notInside(files: RestoreFiles, directory: string, check: () => Promise<void>): RestoreFiles {
  return {
    ...withFaults(files),
    makeDirectory: async (made) => {
      await files.makeDirectory(made);
      if (made === directory) await check();
    },
  };
}

async function realPathOrItself(stateDir: string): Promise<string> {
  try {
    return await realPathOf(stateDir);
  } catch (error) {
    // Gone: what was kept of it is still there, if that was its real path.
    if (isAbsent(error)) return stateDir;
    throw error;
  }
}

function newHash(): StreamingHash {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}

function noFolder(): string {
  return l10n.t(
    "There is no folder for kept copies. Name one in the setting openclawSessions.keep.directory, or with --keep-dir.",
  );
}
