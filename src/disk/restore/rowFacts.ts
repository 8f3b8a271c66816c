import * as path from "node:path";
import type { SessionRoot, StateDir } from "../../core/conversation/model";
import type { SessionsDirectory } from "../../core/locations/sessionFilePlace";
import type { RowFact } from "../../core/restore/restoreFacts";
import type { StoreRow } from "../../core/store/storeRow";
import { resolveSessionFile, type Listings } from "../containment";
import { readStore } from "../readStore";
import { realPathOf, type Within } from "../regularFile";
import { listDirectory } from "../scanListing";

interface Root extends SessionsDirectory {
  readonly storePath: string;
  readonly listed: ReadonlySet<string> | undefined;
}

/** The rows of every index of a state directory, read now; what a row means follows OpenClaw's rules. */
export async function rowFacts(
  stateDir: StateDir,
  within: Within,
  signal: AbortSignal | undefined,
): Promise<readonly RowFact[]> {
  const roots = await rootsOf(stateDir);
  const listings: Listings = {
    show: (file) => listedIn(roots, file) === true,
    lack: (file) => listedIn(roots, file) === false,
  };
  const found: RowFact[] = [];
  for (const root of roots) {
    signal?.throwIfAborted();
    const others = roots.filter((other) => other !== root);
    const { rows } = await readStore(root.storePath, { within, signal });
    for (const row of rows) found.push(await factOf(row, root, others, listings));
  }
  return found;
}

async function factOf(row: StoreRow, root: Root, others: readonly Root[], listings: Listings): Promise<RowFact> {
  const { path: file } = await resolveSessionFile(row, root, others, listings);
  const { key, sessionId, status, updatedAt } = row;
  return { storePath: root.storePath, key, sessionId, file, status, updatedAt };
}

/** Agents may share a directory: its index is read once. */
async function rootsOf(stateDir: StateDir): Promise<readonly Root[]> {
  const found = new Map<string, Root>();
  for (const agent of stateDir.agents) {
    for (const root of agent.roots) {
      if (!root.read || found.has(root.path)) continue;
      found.set(root.path, { agentId: agent.id, ...(await placeOf(root)) });
    }
  }
  return [...found.values()];
}

async function placeOf({ path: directory, storePath }: SessionRoot): Promise<Omit<Root, "agentId">> {
  const realPath = await realPathOf(directory).catch(() => directory);
  const listing = await listDirectory(directory);
  const listed = listing.outcome === "listed" ? new Set(listing.names.map(({ base }) => base)) : undefined;
  return { path: directory, realPath, storePath, listed };
}

function listedIn(roots: readonly Root[], file: string): boolean | undefined {
  const root = roots.find((each) => each.path === path.dirname(file));
  return root?.listed?.has(path.basename(file));
}
