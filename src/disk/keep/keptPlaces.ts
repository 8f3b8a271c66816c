import { createHash } from "node:crypto";
import * as path from "node:path";
import { keptAgentName, keptFolderOf, isPlainAgentName } from "../../core/keep/keptFolder";
import { isInsideOrEqual } from "../../core/locations/containment";
import { futureRealPath } from "../cacheStore";
import { listKinds } from "../listKinds";

/** The folder of kept copies, seen from one state directory. */
export interface KeptPlaces {
  /** `<keep folder>/<hash>`, absolute; by its real path, as far as that exists. */
  readonly folder: string;
  directoryOf(agentId: string): string;
}

/** @param stateDir its real path */
export async function keptPlacesOf(folder: string, stateDir: string): Promise<KeptPlaces> {
  const own = keptFolderOf(path, await futureRealPath(folder), sha256Of(stateDir));
  return { folder: own, directoryOf: (agentId) => path.join(own, keptAgentName(agentId, sha256Of)) };
}

/** The directory, of these, that the folder lies in: nothing is ever kept there. All by their real paths. */
export async function forbiddenBy(folder: string, directories: readonly string[]): Promise<string | undefined> {
  const real = await futureRealPath(folder);
  return directories.find((directory) => isInsideOrEqual(path, directory, real));
}

/** Agents of which there are kept copies, by the names of their directories. None where there is no such folder. */
export async function keptAgents({ folder }: KeptPlaces): Promise<readonly string[]> {
  try {
    return (await listKinds(folder)).directories.filter(isPlainAgentName);
  } catch {
    return []; // absent mostly; what keeps an agent's own directory from being listed is told with the agent
  }
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
