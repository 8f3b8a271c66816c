import { posix, win32 } from "node:path";

/** Where this user's caches live, by the customs of the platform; undefined when there is no such place. */
export function cacheDirectory(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
): string | undefined {
  const name = "openclaw-sessions";
  if (platform === "win32") {
    const base = env["LOCALAPPDATA"] ?? (homeDir === "" ? undefined : win32.join(homeDir, "AppData", "Local"));
    return base === undefined || !win32.isAbsolute(base) ? undefined : win32.join(base, name, "Cache");
  }
  // By the XDG specification a relative path is to be ignored.
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && posix.isAbsolute(xdg)) return posix.join(xdg, name);
  if (!posix.isAbsolute(homeDir)) return undefined;
  return platform === "darwin" ? posix.join(homeDir, "Library", "Caches", name) : posix.join(homeDir, ".cache", name);
}
