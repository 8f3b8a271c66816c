import * as l10n from "@vscode/l10n";
import { ReadError } from "../core/inspectorPort";
import type { Problem, ProblemCode } from "../core/problem";
import { shortened } from "../core/text/shortened";

/**
 * The error of a file operation as what it means for people. Anything else (an abort, an error of ours, a defect) passes
 * through unchanged: only the system's errors have a code in words.
 */
export function toReadError(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof ReadError) return error;
  const name = nameOf(path);
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new ReadError("vanished", path, l10n.t("{0} is no longer there.", name));
    case "EACCES":
    case "EPERM":
      return new ReadError("no-permission", path, l10n.t("There is no permission to read {0}.", name));
    case "EISDIR":
    case "ENXIO":
      return new ReadError("not-regular", path, l10n.t("{0} is not a regular file; it was not opened.", name));
    case "ELOOP":
      return new ReadError("not-regular", path, l10n.t("{0} is a link that leads nowhere; it was not followed.", name));
    default:
      return new ReadError("io", path, l10n.t("{0} could not be read ({1}).", name, code));
  }
}

/** Paths that can exist are shown whole; what a config makes up may be of any length. */
function nameOf(path: string): string {
  return shortened(path, 1000);
}

/** The same for a directory, as a problem that stands beside what could be read. */
export function directoryProblem(error: unknown, path: string): Problem {
  const code = errorCode(error);
  const message =
    code === "EACCES" || code === "EPERM"
      ? l10n.t("There is no permission to read the directory {0}.", nameOf(path))
      : l10n.t("The directory {0} could not be read ({1}).", nameOf(path), code ?? String(error));
  return { code: "directory.unreadable", message, file: path };
}

const problemCodes: Readonly<Record<ReadError["code"], ProblemCode>> = {
  vanished: "file.vanished",
  "no-permission": "file.unreadable",
  "not-regular": "file.not-regular",
  outside: "file.outside",
  unsupported: "file.unreadable",
  io: "file.unreadable",
};

export function problemOf(error: ReadError): Problem {
  return { code: problemCodes[error.code], message: error.message, file: error.path };
}

/** `ENOENT` and its like. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  // A ReadError's code is ours, an AbortError's is "ABORT_ERR" or a number.
  return typeof code === "string" && code !== "ABORT_ERR" ? code : undefined;
}

/** Neither the file nor a directory above it exists. */
export function isAbsent(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
