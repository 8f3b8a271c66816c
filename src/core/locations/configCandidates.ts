import { absolutePath, effectiveHome, valueOf, type Surroundings } from "./homeDirectories";
import { stateDirName } from "./stateDirCandidates";
import type { VersionRange } from "./versionRange";

export interface ConfigCandidate {
  readonly path: string;
  readonly versions: VersionRange;
}

const always: VersionRange = { from: "2026.1.29", until: undefined };
const early: VersionRange = { from: "2026.1.29", until: "2026.3.13" };

/** Names of the config file, the current one first. */
export const configNames: readonly { readonly name: string; readonly versions: VersionRange }[] = [
  { name: "openclaw.json", versions: always },
  { name: "clawdbot.json", versions: always },
  { name: "moltbot.json", versions: early },
  { name: "moldbot.json", versions: early },
];

const configVariables: readonly { readonly variable: string; readonly versions: VersionRange }[] = [
  { variable: "OPENCLAW_CONFIG_PATH", versions: always },
  { variable: "CLAWDBOT_CONFIG_PATH", versions: { from: "2026.1.29", until: "2026.3.31" } },
];

const otherStateDirNames: readonly { readonly name: string; readonly versions: VersionRange }[] = [
  { name: stateDirName, versions: always },
  { name: ".clawdbot", versions: always },
  { name: ".moltbot", versions: early },
  { name: ".moldbot", versions: early },
];

/**
 * Where the config of a state directory may be, first match wins (2026.1.29–2026.9.6: resolveConfigPathCandidate).
 *
 * `effective` tells whether a gateway started from this environment would use this state directory. Only then do the
 * variable and the fallback to other directories apply: a profile or a copied directory has its config in itself or nowhere.
 */
export function configCandidates(
  surroundings: Surroundings,
  stateDir: string,
  { effective }: { readonly effective: boolean },
): readonly ConfigCandidate[] {
  const own = namesIn(surroundings, stateDir, always);
  if (!effective) return own;
  for (const { variable, versions } of configVariables) {
    const value = valueOf(surroundings, variable);
    if (value !== undefined) return [{ path: absolutePath(surroundings, value), versions }, ...own];
  }
  const home = effectiveHome(surroundings);
  const elsewhere = otherStateDirNames
    .map(({ name, versions }) => ({ directory: surroundings.path.join(home, name), versions }))
    .filter(({ directory }) => directory !== stateDir)
    .flatMap(({ directory, versions }) => namesIn(surroundings, directory, versions));
  return [...own, ...elsewhere];
}

function namesIn({ path }: Surroundings, directory: string, range: VersionRange): ConfigCandidate[] {
  return configNames.map(({ name, versions }) => ({
    path: path.join(directory, name),
    versions: range.until === undefined ? versions : range,
  }));
}
