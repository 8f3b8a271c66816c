import type { PlatformPath } from "node:path";
import type { VersionRange } from "./versionRange";

/** The surroundings that OpenClaw's own search depends on, as values. */
export interface Surroundings {
  /** `path.posix` or `path.win32`: the rules are the same, the separators are not. */
  readonly path: PlatformPath;
  /** On Windows pass `process.env` itself: its names ignore case, those of a copy do not. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the operating system says (`os.homedir()`); the last resort. */
  readonly homeDirectory: string;
  /** Absolute. Relative values are taken against it. */
  readonly workingDirectory: string;
}

export interface HomeDirectory {
  readonly path: string;
  /** Where its path was learned: a variable's name, or undefined for the operating system. */
  readonly variable: string | undefined;
  readonly versions: VersionRange;
}

/** First match wins in OpenClaw (2026.1.29–2026.9.6: resolveRequiredHomeDir). */
const homeVariables: readonly { readonly variable: string; readonly versions: VersionRange }[] = [
  { variable: "OPENCLAW_HOME", versions: { from: "2026.3.13", until: undefined } },
  { variable: "HOME", versions: { from: "2026.1.29", until: undefined } },
  { variable: "USERPROFILE", versions: { from: "2026.1.29", until: undefined } },
];

/**
 * Every directory that OpenClaw may have taken for the home directory, in its own order. It stops at the first; a tool must
 * not, because the gateway often runs as a service whose environment differs from ours.
 */
export function homeDirectories(surroundings: Surroundings): readonly HomeDirectory[] {
  const found: HomeDirectory[] = [];
  for (const { variable, versions } of homeVariables) {
    const value = valueOf(surroundings, variable);
    if (value === undefined) continue;
    // Only OPENCLAW_HOME may itself start with "~"; expanding the others would be circular.
    const path =
      variable === "OPENCLAW_HOME"
        ? expand(surroundings, value, plainHome(surroundings))
        : absolute(surroundings, value);
    found.push({ path, variable, versions });
  }
  found.push({
    path: absolute(surroundings, surroundings.homeDirectory),
    variable: undefined,
    versions: { from: "2026.1.29", until: undefined },
  });
  return found.filter((home, at) => found.findIndex((other) => other.path === home.path) === at);
}

/** The home directory that OpenClaw would use if it were started from this environment. */
export function effectiveHome(surroundings: Surroundings): string {
  return homeDirectories(surroundings)[0]?.path ?? surroundings.homeDirectory;
}

/** `~/x` → `<home>/x`, then absolute. `~other/x` is left as it is: OpenClaw expands only its own home. */
export function absolutePath(surroundings: Surroundings, value: string): string {
  return expand(surroundings, value, effectiveHome(surroundings));
}

/** `~/x` with the given home; anything else unchanged. */
export function expandTilde(path: PlatformPath, value: string, home: string): string {
  return /^~(?=$|[\\/])/.test(value) ? path.join(home, value.slice(1)) : value;
}

/** The variable's value without surrounding blanks; empty counts as unset, as in OpenClaw. */
export function valueOf(surroundings: Surroundings, variable: string): string | undefined {
  const value = surroundings.env[variable]?.trim();
  return value === "" ? undefined : value;
}

function expand(surroundings: Surroundings, value: string, home: string): string {
  return absolute(surroundings, expandTilde(surroundings.path, value, home));
}

function absolute({ path, workingDirectory }: Surroundings, value: string): string {
  return path.resolve(workingDirectory, value);
}

function plainHome(surroundings: Surroundings): string {
  return valueOf(surroundings, "HOME") ?? valueOf(surroundings, "USERPROFILE") ?? surroundings.homeDirectory;
}
