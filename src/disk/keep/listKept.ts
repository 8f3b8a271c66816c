import * as path from "node:path";
import { readRecord } from "../../core/keep/readKeptRecord";
import type { KeptAt, KeptCopy } from "../../core/keep/keptCopy";
import { originalOf, parseKeptName, recordName } from "../../core/keep/keptName";
import type { RestoreFiles } from "../../core/restore/restoreFiles";
import { concurrently } from "../scanLimit";
import { listDirectory, type ListedName } from "../scanListing";
import { directoryProblem } from "../readErrors";
import { keptAgents, type KeptPlaces } from "./keptPlaces";

/** So many records are read at once. */
const AT_ONCE = 24;

/** Every kept copy of a state directory, the newest first; those without a record by their names. */
export async function listKept(places: KeptPlaces, files: RestoreFiles): Promise<readonly KeptAt[]> {
  const found: KeptAt[] = [];
  for (const agentId of await keptAgents(places)) {
    const directory = places.directoryOf(agentId);
    const listing = await listDirectory(directory);
    if (listing.outcome === "unreadable") throw new Error(directoryProblem(listing.error, directory).message);
    const names = listing.outcome === "listed" ? listing.names.filter(isCopy) : [];
    await concurrently(AT_ONCE, names, async (listed) => {
      const record = await readRecord(files, path.join(directory, recordName(listed.base)));
      const copy = typeof record === "object" ? { ...record.copy, name: listed.base } : byName(listed, agentId);
      found.push({ copy, path: path.join(directory, listed.base) });
    });
  }
  return found.sort((one, other) => other.copy.keptAt - one.copy.keptAt || (one.path < other.path ? -1 : 1));
}

function isCopy({ base, type }: ListedName): boolean {
  const { kind } = parseKeptName(base);
  return type === "file" && kind !== "side" && kind !== "unknown";
}

/** When it was made is the best that the file itself tells. */
function byName({ base, bytes, mtimeMs, ctimeMs }: ListedName, agentId: string): KeptCopy {
  const name = parseKeptName(base);
  return {
    name: base,
    bytes,
    sha256: "",
    keptAt: ctimeMs,
    originalName: originalOf(base),
    originalPath: "",
    mtimeMs,
    agentId,
    windowId: "",
    sessionId: "sessionId" in name ? name.sessionId : "",
    key: undefined,
    joinEvidence: undefined,
    joinRung: undefined,
  };
}
