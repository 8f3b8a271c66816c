import * as l10n from "@vscode/l10n";
import type { RestoreFiles, WritableFile } from "../restoreFiles";

/** A call to the disk that failed: which, where, and with what code. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  constructor(
    readonly call: string,
    readonly path: string,
    readonly code: string,
    cause: unknown,
  ) {
    super(`${call} ${path}: ${code}`, { cause });
  }
}

/** The same files, with errors that know what they are about. */
export function withFaults(files: RestoreFiles): RestoreFiles {
  return {
    look: (path) => told("look", path, files.look(path)),
    read: (path) => toldPieces(path, files.read(path)),
    create: async (path, mode) => toldFile(path, await told("create", path, files.create(path, mode))),
    append: async (path) => toldFile(path, await told("append", path, files.append(path))),
    link: (existing, name) => told("link", name, files.link(existing, name)),
    copyExclusive: (from, to) => told("copy", to, files.copyExclusive(from, to)),
    rename: (from, to) => told("rename", to, files.rename(from, to)),
    unlink: (path) => told("unlink", path, files.unlink(path)),
    setTimes: (path, mtimeMs) => told("setTimes", path, files.setTimes(path, mtimeMs)),
    setMode: (path, mode) => told("setMode", path, files.setMode(path, mode)),
    syncFile: (path) => told("sync", path, files.syncFile(path)),
    syncDirectory: (path) => told("syncDirectory", path, files.syncDirectory(path)),
    makeDirectory: (path) => told("makeDirectory", path, files.makeDirectory(path)),
    list: (path) => told("list", path, files.list(path)),
  };
}

/** A whole sentence: what went wrong, at which file, and what helps. */
export function inWords(error: unknown): string {
  if (!(error instanceof FileFault)) return error instanceof Error ? error.message : String(error);
  const { path, code, call } = error;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t("There is no space left for {0}. Free some space and try again.", path);
    case "EACCES":
    case "EPERM":
      return l10n.t(
        "{0} may not be written ({1}). Run this as the user who owns the state directory, or give this user the right to write there.",
        path,
        code,
      );
    case "EROFS":
      return l10n.t("{0} is on a file system that is read-only. Mount it for writing and try again.", path);
    case "EIO":
      return l10n.t("The disk reported an error at {0} (EIO). Check the disk before you try again.", path);
    case "EEXIST":
      return l10n.t(
        "Something else made {0} meanwhile; it was left alone. Stop whatever writes there and try again.",
        path,
      );
    case "ENOENT":
      return l10n.t(
        "{0} or its directory is no longer there. Stop whatever writes there, look again and make a new plan.",
        path,
      );
    case "EMFILE":
    case "ENFILE":
      return l10n.t("Too many files are open to go on with {0} ({1}). Close programs and try again.", path, code);
    default:
      return l10n.t("The call {0} failed for {1} with {2}. Look at this file and try again.", call, path, code);
  }
}

/** How an error of a file system says what it is; `undefined` when it is none. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof FileFault) return error.code;
  const code = error instanceof Error ? (error as { readonly code?: unknown }).code : undefined;
  return typeof code === "string" ? code : undefined;
}

async function told<T>(call: string, path: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw faultOf(call, path, error);
  }
}

async function* toldPieces(path: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw faultOf("read", path, error);
  }
}

function toldFile(path: string, file: WritableFile): WritableFile {
  return {
    write: (bytes) => told("write", path, file.write(bytes)),
    sync: () => told("sync", path, file.sync()),
    close: () => told("close", path, file.close()),
  };
}

/** What is no error of a file system (a crash of a test, a defect) stays what it is. */
function faultOf(call: string, path: string, error: unknown): unknown {
  const code = codeOf(error);
  return code === undefined || error instanceof FileFault ? error : new FileFault(call, path, code, error);
}
