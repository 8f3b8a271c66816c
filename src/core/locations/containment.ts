import type { PlatformPath } from "node:path";

/**
 * Whether `target` lies inside `directory` (and is not that directory). Both absolute; compare real paths where links may be
 * in play. On Windows letters of either case are equal: `path.win32.relative` sees to that.
 *
 *     isInside(path.posix, "/a/b", "/a/b/c")   true
 *     isInside(path.posix, "/a/b", "/a/bc")    false
 *     isInside(path.posix, "/a/b", "/a/b/..c") true
 */
export function isInside(path: PlatformPath, directory: string, target: string): boolean {
  const relative = path.relative(directory, target);
  if (relative === "" || relative === ".." || path.isAbsolute(relative)) return false;
  return !relative.startsWith(`..${path.sep}`);
}

/** Whether `target` is `directory` or lies inside it. */
export function isInsideOrEqual(path: PlatformPath, directory: string, target: string): boolean {
  return path.relative(directory, target) === "" || isInside(path, directory, target);
}
