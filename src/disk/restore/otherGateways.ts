import { lstat } from "node:fs/promises";
import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { configNames } from "../../core/locations/configCandidates";
import type { LockFact } from "../../core/rotation/rotationFacts";
import { realPathOf } from "../regularFile";

/** Gateways that run on this machine and whose locks do not bear the name of this config. */
export interface OtherGateways {
  /** Their lock names a config of this state directory: it is theirs, however the lock came by its name. */
  readonly own: readonly LockFact[];
  /** Their config lies in a state directory of its own: they work on that one. */
  readonly elsewhere: readonly LockFact[];
  /** Their config lies anywhere: which state directory they work on is not known (`OPENCLAW_CONFIG_PATH`). */
  readonly anywhere: readonly LockFact[];
}

/** Only those that live, or may. */
export async function otherGateways(
  locks: readonly LockFact[],
  stateDir: Pick<StateDir, "realPath" | "configPath">,
): Promise<OtherGateways> {
  const found: Record<keyof OtherGateways, LockFact[]> = { own: [], elsewhere: [], anywhere: [] };
  for (const lock of locks) {
    if (lock.alive !== false) found[await whereabouts(lock.configPath, stateDir)].push(lock);
  }
  return found;
}

async function whereabouts(
  configPath: string | undefined,
  stateDir: Pick<StateDir, "realPath" | "configPath">,
): Promise<keyof OtherGateways> {
  if (configPath === undefined || !path.isAbsolute(configPath) || configPath.includes("\0")) return "anywhere";
  if (configPath === stateDir.configPath) return "own";
  if (!configNames.some(({ name }) => name === path.basename(configPath))) return "anywhere";
  const directory = path.dirname(configPath);
  const real = await realPathOf(directory).catch(() => undefined);
  if (real === undefined) return "anywhere";
  if (real === stateDir.realPath) return "own";
  const agents = await lstat(path.join(real, "agents")).catch(() => undefined);
  return agents?.isDirectory() === true ? "elsewhere" : "anywhere";
}
