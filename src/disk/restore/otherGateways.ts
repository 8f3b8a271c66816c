import { lstat } from "node:fs/promises";
import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { configNames } from "../../core/locations/configCandidates";
import type { LockFact } from "../../core/rotation/rotationFacts";
import { realPathOf } from "../regularFile";

/** Gateways that run on this machine with other configs. */
export interface OtherGateways {
  /** Their config lies in a state directory of its own: they work on that one. */
  readonly elsewhere: readonly LockFact[];
  /** Their config lies anywhere: which state directory they work on is not known (`OPENCLAW_CONFIG_PATH`). */
  readonly anywhere: readonly LockFact[];
}

/** Only those that live, or may. */
export async function otherGateways(
  locks: readonly LockFact[],
  stateDir: Pick<StateDir, "realPath">,
): Promise<OtherGateways> {
  const elsewhere: LockFact[] = [];
  const anywhere: LockFact[] = [];
  for (const lock of locks) {
    if (lock.alive === false) continue;
    const isElsewhere = await liesInStateDir(lock.configPath, stateDir.realPath);
    (isElsewhere ? elsewhere : anywhere).push(lock);
  }
  return { elsewhere, anywhere };
}

async function liesInStateDir(configPath: string | undefined, own: string): Promise<boolean> {
  if (configPath === undefined || !path.isAbsolute(configPath) || configPath.includes("\0")) return false;
  if (!configNames.some(({ name }) => name === path.basename(configPath))) return false;
  const directory = path.dirname(configPath);
  const real = await realPathOf(directory).catch(() => undefined);
  if (real === undefined || real === own) return false;
  const agents = await lstat(path.join(real, "agents")).catch(() => undefined);
  return agents?.isDirectory() === true;
}
