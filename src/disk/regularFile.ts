import * as l10n from "@vscode/l10n";
import { close, constants, fstat, lstat, open, read, realpath, type Stats } from "node:fs";
import * as path from "node:path";
import { ReadError } from "../core/inspectorPort";
import { isInsideOrEqual } from "../core/locations/containment";
import { toReadError } from "./readErrors";

/** The directory or directories a file must lie in by its real path. */
export type Within = string | readonly string[];

/** A regular file, open for reading only. Close it. */
export interface RegularFile {
  readonly descriptor: number;
  readonly realPath: string;
  /** Bytes when it was opened. */
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Flags that keep opening harmless: a link put in place of the file meanwhile is not followed, and a pipe put there does not
 * make us wait for a writer. Windows has neither flag and neither problem.
 */
const READ_FLAGS = constants.O_RDONLY | flag("O_NOFOLLOW") | flag("O_NONBLOCK");

/**
 * Opens a regular file that by its real path lies inside `within`. A link from inside to inside is fine; nothing is ever
 * followed out, and nothing but a regular file is ever opened: a named pipe would block, a device could do worse.
 *
 * Throws ReadError.
 */
export async function openRegularFile(file: string, within: Within): Promise<RegularFile> {
  try {
    const real = await findRegularFile(file, within);
    const descriptor = await openDescriptor(real.path);
    try {
      const stats = await statDescriptor(descriptor);
      // Looked at once more now that it is open: between the look and the opening it may have been replaced.
      if (!stats.isFile()) throw notRegular(file, stats);
      if (process.platform !== "win32" && (stats.ino !== real.stats.ino || stats.dev !== real.stats.dev)) {
        if (!isInside(await realPathOf(real.path), await realPathsOf(within))) throw outside(file);
      }
      return { descriptor, realPath: real.path, size: stats.size, mtimeMs: stats.mtimeMs };
    } catch (error) {
      await closeFile(descriptor);
      throw error;
    }
  } catch (error) {
    throw toReadError(error, file);
  }
}

/** The same look without opening: where the file really is, and its facts. Throws ReadError. */
export async function findRegularFile(
  file: string,
  within: Within,
): Promise<{ readonly path: string; readonly stats: Stats }> {
  try {
    const own = await statLink(file);
    if (!own.isFile() && !own.isSymbolicLink()) throw notRegular(file, own);
    const real = await realPathOf(file).catch((error: unknown) => {
      if (own.isSymbolicLink() && (error as NodeJS.ErrnoException).code === "ENOENT") throw brokenLink(file);
      throw error;
    });
    if (!isInside(real, await realPathsOf(within))) throw outside(file);
    if (own.isFile()) return { path: real, stats: own };
    const target = await statLink(real);
    if (!target.isFile()) throw notRegular(file, target);
    return { path: real, stats: target };
  } catch (error) {
    throw toReadError(error, file);
  }
}

/** Reads into `buffer` at a byte of the file; fewer bytes than asked for only at the end. Callbacks: half the cost of promises. */
export function readInto(
  descriptor: number,
  buffer: Uint8Array,
  start: number,
  length: number,
  position: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let done = 0;
    const next = (): void => {
      read(descriptor, buffer, start + done, length - done, position + done, (error, bytes) => {
        if (error) {
          reject(error);
          return;
        }
        done += bytes;
        if (bytes === 0 || done === length) resolve(done);
        else next();
      });
    };
    next();
  });
}

export function closeFile(descriptor: number): Promise<void> {
  return new Promise((resolve) => {
    close(descriptor, () => {
      resolve(); // nothing was written: a failure to close loses nothing
    });
  });
}

export function realPathOf(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    realpath.native(file, (error, real) => {
      if (error) reject(error);
      else resolve(real);
    });
  });
}

/** The directories' real paths; one that does not exist is no place a file can lie in. */
async function realPathsOf(within: Within): Promise<readonly string[]> {
  const directories = typeof within === "string" ? [within] : within;
  const found = await Promise.all(directories.map((directory) => realPathOf(directory).catch(() => undefined)));
  return found.filter((directory) => directory !== undefined);
}

function isInside(real: string, directories: readonly string[]): boolean {
  return directories.some((directory) => isInsideOrEqual(path, directory, real));
}

function notRegular(file: string, stats: Stats): ReadError {
  const message = stats.isDirectory()
    ? l10n.t("{0} is a directory, not a file.", file)
    : stats.isFIFO()
      ? l10n.t("{0} is a named pipe, not a file; it was not opened.", file)
      : l10n.t("{0} is not a regular file; it was not opened.", file);
  return new ReadError("not-regular", file, message);
}

function outside(file: string): ReadError {
  return new ReadError(
    "outside",
    file,
    l10n.t("{0} leads out of the state directory through a link; it was not followed.", file),
  );
}

function brokenLink(file: string): ReadError {
  return new ReadError("vanished", file, l10n.t("{0} is a link to something that does not exist.", file));
}

function openDescriptor(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(file, READ_FLAGS, (error, descriptor) => {
      if (error) reject(error);
      else resolve(descriptor);
    });
  });
}

function statDescriptor(descriptor: number): Promise<Stats> {
  return new Promise((resolve, reject) => {
    fstat(descriptor, (error, stats) => {
      if (error) reject(error);
      else resolve(stats);
    });
  });
}

function statLink(file: string): Promise<Stats> {
  return new Promise((resolve, reject) => {
    lstat(file, (error, stats) => {
      if (error) reject(error);
      else resolve(stats);
    });
  });
}

function flag(name: "O_NOFOLLOW" | "O_NONBLOCK"): number {
  return (constants as Partial<Record<string, number>>)[name] ?? 0;
}
