import { posix, win32 } from "node:path";

/**
 * Where what cannot be made again is kept, outside every state directory: the way back from restores and, for the command line, what
 * it saw happen. `$XDG_STATE_HOME/openclaw-sessions`,
 * else `~/.local/state/openclaw-sessions`. Undefined when there is no such place.
 */
export function storageDirectory(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
): string | undefined {
  const path = platform === "win32" ? win32 : posix;
  const places = {
    win32: [env["LOCALAPPDATA"], path.join(homeDir, "AppData", "Local")],
    darwin: [path.join(homeDir, "Library", "Application Support")],
    // By the XDG specification a relative path is to be ignored.
    other: [env["XDG_STATE_HOME"], path.join(homeDir, ".local", "state")],
  };
  const candidates = platform === "win32" || platform === "darwin" ? places[platform] : places.other;
  const base = candidates.find((place) => place !== undefined && path.isAbsolute(place));
  return base === undefined ? undefined : path.join(base, "openclaw-sessions");
}
