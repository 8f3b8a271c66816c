import { posix, win32, type PlatformPath } from "node:path";
import type { RestoreFacts } from "./restoreFacts";

/** Paths are as the machine has them that they come from; the plan is made without asking which one that is. */
export function pathsLike(directory: string): PlatformPath {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(directory) ? win32 : posix;
}

/** Of a name in the sessions directory: absolute, real. */
export function placeOf({ rootRealPath }: Pick<RestoreFacts, "rootRealPath">, name: string): string {
  return pathsLike(rootRealPath).join(rootRealPath, name);
}

/** The same path with the sessions directory as it really is; what lies elsewhere stays as it is said. */
export function realPlace({ root, rootRealPath }: Pick<RestoreFacts, "root" | "rootRealPath">, file: string): string {
  const paths = pathsLike(rootRealPath);
  return paths.dirname(file) === root.path ? paths.join(rootRealPath, paths.basename(file)) : file;
}

export function baseName(file: string): string {
  return pathsLike(file).basename(file);
}
